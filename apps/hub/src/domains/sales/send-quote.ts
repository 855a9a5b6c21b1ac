import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, salesEvents } from '@gigafibre/contract';
import { formatDate } from '@gigafibre/documents';
import { formatCents } from '@gigafibre/money';
import type { Env } from '../../env.ts';
import type { Tx } from '../../platform/acting.ts';
import { sendMessage } from '../messages/index.ts';
import { quoteUrl } from './quote-link.ts';
import { requireAct, statusOf, type Contact, type Quote } from './quote.ts';
import { readOffer, readQuote } from './read-quotes.ts';
import { writeStep } from './steps.ts';
import * as store from './store.ts';

export type SendingChannel = 'email' | 'sms';

/** Channels a contact can be reached by, e-mail first. */
export const channelsOf = ({
  emailId,
  cellPhone,
}: Pick<Contact, 'emailId' | 'cellPhone'>): SendingChannel[] => [
  ...(emailId === null ? [] : (['email'] as const)),
  ...(cellPhone === null ? [] : (['sms'] as const)),
];

/** Marks a quote as sent; the link goes out as a reaction. Sending again sends again. */
export async function sendQuote(
  tx: Tx,
  {
    id,
    version,
    channels,
  }: { id: string; version: number; channels?: readonly SendingChannel[] | undefined },
): Promise<Quote> {
  const quote = await store.quoteForUpdate(tx.db, id);
  if (!quote) throw new Refusal('not_found', { what: id });
  requireAct('send', statusOf(quote));
  if (quote.version !== version) throw new Refusal('changed_meanwhile', { version: quote.version });
  const offer = await readOffer(tx, { id, version });
  if (offer.validUntil < civilDateOf(tx.now)) throw new Refusal('quote_expired', { quote: id });
  const reachable = channelsOf(offer.contact).filter((channel) => !channels || channels.includes(channel));
  if (reachable.length === 0) throw new Refusal('no_way_to_reach');
  await store.updateQuote(tx.db, { id, fields: { status: 'sent' } });
  await writeStep(tx, { quoteId: id, version, step: 'sent', detail: reachable.join(', ') });
  await tx.tell(salesEvents.quoteSent, {
    subject: id,
    customerId: quote.customer_id,
    data: { version, channels: reachable },
  });
  return readQuote(tx, { id });
}

/** Writes the signing link to the contact; called by the reaction to `quote.sent`. */
export async function mailQuoteLink(
  tx: Tx,
  env: Env,
  {
    id,
    version,
    channels,
    cause,
  }: { id: string; version: number; channels: readonly SendingChannel[]; cause: bigint },
): Promise<void> {
  const offer = await readOffer(tx, { id, version });
  const { language } = offer;
  await sendMessage(tx, env, {
    template: 'quote_signing',
    to: { email: offer.contact.emailId, phone: offer.contact.cellPhone, language },
    variables: {
      name: offer.contact.name,
      quote: id,
      monthly: formatCents(offer.totals.month.totalCents, language === 'fr' ? 'fr-CA' : 'en-CA'),
      validUntil: formatDate(offer.validUntil, language),
      url: await quoteUrl(env, offer),
    },
    channels,
    idempotencyKey: `quote-sent:${cause}`,
  });
}
