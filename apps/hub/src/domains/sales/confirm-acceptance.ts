import { Refusal, type ParsedOf, type salesOperations } from '@gigafibre/contract';
import type { Acting } from '../../platform/http/route.ts';
import { acceptQuote } from './accept-quote.ts';
import type { Quote } from './quote.ts';
import { readOffer, readQuote } from './read-quotes.ts';
import { unsignedContract } from './sign-acceptance.ts';
import type { Whence } from './steps.ts';
import * as store from './store.ts';

export type Confirmation = ParsedOf<typeof salesOperations.confirmAcceptance>;

/**
 * Records an acceptance given in person, on paper, by telephone or through another signing system: somebody of
 * the company answers for it. Refused like any acceptance, and `changed_meanwhile` for another version.
 */
export async function confirmAcceptance(
  { reading, transact }: Pick<Acting, 'reading' | 'transact'>,
  { confirmation, whence }: { confirmation: Confirmation; whence: Whence },
): Promise<Quote> {
  const { quoteId, version } = confirmation;
  const quote = await store.quoteById(reading.db, quoteId);
  if (!quote) throw new Refusal('not_found', { what: quoteId });
  if (quote.version !== version) throw new Refusal('changed_meanwhile', { version: quote.version });
  const offer = await readOffer(reading, { id: quoteId, version });
  const { language } = offer;
  const { sha256 } = await unsignedContract(reading, { offer, language, shown: null });
  return transact(async (tx) => {
    await acceptQuote(tx, {
      quoteId,
      version,
      means: confirmation.means,
      name: confirmation.name,
      signature: confirmation.signature ?? null,
      language,
      consents: {},
      whence,
      codeId: null,
      documentSha256: sha256,
      frenchPresentedAt: null,
      englishChosenAt: null,
      note: confirmation.note,
    });
    return readQuote(tx, { id: quoteId });
  });
}
