import { Refusal, type ParsedOf, type salesOperations } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readCompany } from '../../platform/company.ts';
import type { Acting } from '../../platform/http/route.ts';
import { acceptQuote, type Order } from './accept-quote.ts';
import * as acceptances from './acceptance-store.ts';
import { countGuess, verifyCode } from './acceptance-code.ts';
import { contractValuesOf, printContract, type Printed } from './quote-documents.ts';
import { acceptableOffer, openLink } from './quote-link.ts';
import type { Offer } from './quote.ts';
import { writeStep, type QuoteStep, type Whence } from './steps.ts';
import * as store from './store.ts';

export type Signing = ParsedOf<typeof salesOperations.signAcceptance>;

/**
 * Writes down that the page was opened and in which language it is shown now: French first, English only once
 * French has been (Charter of the French language, s. 55). Returns that language.
 */
export async function noteShown(
  tx: Tx,
  { offer, wished, whence }: { offer: Offer; wished: 'fr' | 'en'; whence: Whence },
): Promise<'fr' | 'en'> {
  const steps = await store.stepsOf(tx.db, { id: offer.quoteId, version: offer.version });
  const presented = steps.some(({ step }) => step === 'french_presented');
  const language = wished === 'en' && presented ? 'en' : 'fr';
  await writeStep(tx, { ...offer, step: 'opened', whence });
  await writeStep(tx, { ...offer, step: language === 'fr' ? 'french_presented' : 'english_chosen', whence });
  return language;
}

/**
 * Signs an offer through its link: the code is compared, then everything is made in the same transaction. A wrong
 * code stays counted although the signing is refused. Refused: as the link, `french_first`, `code_not_valid`,
 * `code_attempts_spent`, `too_many_requests`.
 */
export async function signAcceptance(
  { reading, transact }: Pick<Acting, 'reading' | 'transact'>,
  env: Env,
  { signing, whence }: { signing: Signing; whence: Whence },
): Promise<Order & { acceptedAt: Date }> {
  await countGuess(reading, whence);
  const offer = await acceptableOffer(reading, { env, token: signing.token });
  const shown = await languageShown(reading, offer, signing.language);
  const { sha256 } = await unsignedContract(reading, { offer, language: signing.language, shown });
  const outcome = await transact(async (tx) => {
    const verdict = await verifyCode(tx, { offer, code: signing.code, whence });
    if (verdict.is !== 'right') return verdict;
    const order = await acceptQuote(tx, {
      quoteId: offer.quoteId,
      version: offer.version,
      means: 'online',
      name: signing.name,
      signature: signing.signature,
      language: signing.language,
      consents: signing.consents,
      whence,
      codeId: verdict.codeId,
      documentSha256: sha256,
      ...shown,
      note: '',
    });
    return { is: 'accepted', order, at: tx.now } as const;
  });
  switch (outcome.is) {
    case 'accepted':
      return { ...outcome.order, acceptedAt: outcome.at };
    case 'spent':
      throw new Refusal('code_attempts_spent');
    case 'wrong':
      throw new Refusal('code_not_valid');
  }
}

export type LanguageShown = Readonly<{ frenchPresentedAt: string | null; englishChosenAt: string | null }>;

/**
 * When the French version was shown and, for a contract in English, when English was then chosen (Charter of the
 * French language, s. 55): refused `french_first` when that is not what happened.
 */
export async function languageShown(
  reading: Pick<Reading, 'db'>,
  offer: Offer,
  language: 'fr' | 'en',
): Promise<LanguageShown> {
  const shown = await shownSoFar(reading, offer, language);
  if (shown.frenchPresentedAt === null || (language === 'en' && shown.englishChosenAt === null))
    throw new Refusal('french_first');
  return shown;
}

async function shownSoFar(
  { db }: Pick<Reading, 'db'>,
  offer: Offer,
  language: 'fr' | 'en',
): Promise<LanguageShown> {
  const steps = await store.stepsOf(db, { id: offer.quoteId, version: offer.version });
  const at = (step: QuoteStep) => steps.find((one) => one.step === step)?.at ?? null;
  return {
    frenchPresentedAt: at('french_presented'),
    englishChosenAt: language === 'en' ? at('english_chosen') : null,
  };
}

/** The contract as it stands to be signed, with the fingerprint that the evidence cites. */
export async function unsignedContract(
  { db }: Pick<Reading, 'db'>,
  { offer, language, shown }: { offer: Offer; language: 'fr' | 'en'; shown: LanguageShown | null },
): Promise<Printed> {
  const values = contractValuesOf(offer, { company: await readCompany(db), language });
  return printContract({ ...values, languageChoice: choiceOf(shown) }, language);
}

/** For the English contract: French came first, then English was chosen. */
export function choiceOf(shown: LanguageShown | null) {
  return shown?.frenchPresentedAt && shown.englishChosenAt
    ? {
        frenchPresentedAt: new Date(shown.frenchPresentedAt),
        englishChosenAt: new Date(shown.englishChosenAt),
      }
    : undefined;
}

/** The contract behind a link: the sealed one once it is, else as it stands to be signed; refused like the link. */
export async function contractBehindLink(
  reading: Pick<Reading, 'db' | 'now'>,
  { env, token, language }: { env: Pick<Env, 'links'>; token: string; language: 'fr' | 'en' },
): Promise<{ offer: Offer; printed: Printed }> {
  const { offer, refusal } = await openLink(reading, { env, token });
  if (refusal?.code === 'quote_already_accepted') {
    const sealed = await sealedContract(reading, offer);
    if (sealed) return { offer, printed: sealed };
  }
  if (refusal) throw refusal;
  const shown = await shownSoFar(reading, offer, language);
  return { offer, printed: await unsignedContract(reading, { offer, language, shown }) };
}

/** The sealed contract of the version that was accepted; null for another version, or until it is made. */
async function sealedContract(
  { db }: Pick<Reading, 'db'>,
  { quoteId, version }: Offer,
): Promise<Printed | null> {
  const accepted = await acceptances.acceptanceOf(db, quoteId);
  const contract = accepted?.version === version ? await acceptances.contractOf(db, quoteId) : undefined;
  return contract ? { bytes: new Uint8Array(contract.pdf), sha256: contract.sha256 } : null;
}
