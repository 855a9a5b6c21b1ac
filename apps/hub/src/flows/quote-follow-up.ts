import { addDays, endOfDay, instantOf } from '@gigafibre/calendar';
import { formatDate } from '@gigafibre/documents';
import { defineFlow, type Flow, type Json } from '@gigafibre/flow';
import { z } from 'zod';
import { sendMessage } from '../domains/messages/index.ts';
import { expireQuote, quoteUrl, readOffer, readQuote } from '../domains/sales/index.ts';
import type { Env } from '../env.ts';
import type { Tx } from '../platform/acting.ts';
import { watch, type Look, type Looked } from './watch.ts';

/** How long before its last day a quote is called to mind, and at what time, company time. */
const REMIND_DAYS_BEFORE = 3;
const REMIND_TIME = '09:00';
/** A quote sent so late that the reminder would follow within this time is not called to mind. */
const QUIET_MS = 24 * 3_600_000;

const sentQuote = z.object({
  quoteId: z.string(),
  version: z.int(),
  channels: z.array(z.enum(['email', 'sms'])),
});
type SentQuote = z.output<typeof sentQuote>;
type Memory = { readonly reminded: boolean };

/**
 * Follows a version of a quote from when it is sent. Three days before its last day the prospect is reminded, by the
 * channels it was sent by; the day after its last day it expires. Over at once when it is accepted, declined,
 * expired by somebody or revised. A version has one follow-up, however often it is sent.
 */
export const quoteFollowUp = (env: Env): Flow<Tx> =>
  defineFlow({
    name: 'quote-follow-up',
    version: 1,
    input: (stored: Json) => sentQuote.parse(stored),
    run: (f, quote) =>
      watch<Memory>(f, {
        event: 'quote.moved',
        key: quote.quoteId,
        first: { reminded: false },
        look: (tx, look) => lookAtQuote(tx, env, { quote, look, since: f.startedAt }),
      }),
  });

/** Starts the follow-up of a version that was sent. */
export const followQuote = (tx: Tx, env: Env, quote: SentQuote) =>
  env.flows.start(tx, 'quote-follow-up', { key: `${quote.quoteId}:${quote.version}`, input: quote });

/** Tells the follow-up that the quote is no longer what it was. */
export const quoteMoved = (tx: Tx, env: Env, quoteId: string) =>
  env.flows.signal(tx, { event: 'quote.moved', key: quoteId, data: null });

type Visit = Readonly<{ quote: SentQuote; look: Look<Memory>; since: Date }>;

async function lookAtQuote(tx: Tx, env: Env, { quote, look, since }: Visit): Promise<Looked<Memory>> {
  const { quoteId, version } = quote;
  const { status, version: newest, validUntil } = await readQuote(tx, { id: quoteId });
  if (newest !== version) return { over: 'revised' };
  if (status !== 'sent') return { over: status };
  const expiresAt = endOfDay(validUntil);
  if (expiresAt <= look.now) {
    const expired = await expireQuote(tx, { id: quoteId });
    // Revised between the reading and the lock: what was ended is another offer. Undone, and looked at again.
    if (expired.version !== version) throw new Error(`${quoteId} is version ${expired.version} meanwhile`);
    return { over: 'expired' };
  }
  const remindAt = instantOf({ date: addDays(validUntil, -REMIND_DAYS_BEFORE), time: REMIND_TIME });
  if (look.state.reminded || remindAt.getTime() - since.getTime() < QUIET_MS)
    return { state: { reminded: true }, next: expiresAt.toISOString() };
  if (look.now < remindAt) return { state: { reminded: false }, next: remindAt.toISOString() };
  await remind(tx, env, { quote, key: look.key });
  return { state: { reminded: true }, next: expiresAt.toISOString() };
}

async function remind(
  tx: Tx,
  env: Env,
  { quote: { quoteId, version, channels }, key }: { quote: SentQuote; key: string },
): Promise<void> {
  const offer = await readOffer(tx, { id: quoteId, version });
  const { contact, language, validUntil } = offer;
  await sendMessage(tx, env, {
    template: 'quote_reminder',
    to: { email: contact.emailId, phone: contact.cellPhone, language },
    variables: {
      name: contact.name,
      quote: quoteId,
      validUntil: formatDate(validUntil, language),
      url: await quoteUrl(env, offer),
    },
    channels,
    idempotencyKey: key,
  });
}
