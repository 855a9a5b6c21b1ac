import { Refusal } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import type { Reading, Tx } from '../../platform/acting.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { hashOf, oneTimeCode, sameSecret } from '../../platform/chance.ts';
import { sendMessage } from '../messages/index.ts';
import * as acceptances from './acceptance-store.ts';
import { acceptableOffer } from './quote-link.ts';
import type { Offer } from './quote.ts';
import { channelsOf, type SendingChannel } from './send-quote.ts';
import { writeStep, type Whence } from './steps.ts';

export const CODE_MINUTES = 10;
export const CODE_ATTEMPTS_MAX = 5;
const CODES_PER_QUOTE = { hits: 3, windowSeconds: 15 * 60 };
const CODES_PER_ADDRESS = { hits: 10, windowSeconds: 15 * 60 };
const GUESSES_PER_ADDRESS = { hits: 30, windowSeconds: 15 * 60 };

/**
 * Sends a one-time code to the phone or e-mail written on the quote; an earlier code stops working. Refused like
 * the link itself, `no_way_to_reach`, and `too_many_requests` after three codes in a quarter of an hour.
 */
export async function requestAcceptanceCode(
  tx: Tx,
  env: Env,
  asked: { token: string; channel?: SendingChannel | undefined; whence: Whence },
): Promise<{ channel: SendingChannel; hint: string; goodForMinutes: number }> {
  const offer = await acceptableOffer(tx, { env, token: asked.token });
  await countRequest(tx.db, `accept-code:${offer.quoteId}`, CODES_PER_QUOTE, tx.now);
  await countRequest(tx.db, `accept-code-from:${asked.whence.address}`, CODES_PER_ADDRESS, tx.now);
  const channel = chooseChannel(offer, asked.channel);
  const hint = maskedDestination(offer, channel);
  const code = oneTimeCode();
  await acceptances.insertCode(tx.db, {
    quote_id: offer.quoteId,
    version: offer.version,
    code_hash: hashOf(`${offer.quoteId} ${code}`),
    channel,
    masked_destination: hint,
    sent_at: tx.now,
    expires_at: new Date(tx.now.getTime() + CODE_MINUTES * 60_000),
  });
  await sendMessage(tx, env, {
    template: 'acceptance_code',
    to: { email: offer.contact.emailId, phone: offer.contact.cellPhone, language: offer.language },
    variables: { code, quote: offer.quoteId },
    channels: [channel],
    idempotencyKey: `acceptance-code:${offer.quoteId}:${tx.now.toISOString()}:${hashOf(code)}`,
  });
  await writeStep(tx, { ...offer, step: 'code_sent', detail: `${channel} ${hint}`, whence: asked.whence });
  return { channel, hint, goodForMinutes: CODE_MINUTES };
}

/** The channels a code may take, SMS first: a phone in the hand proves more than an open mailbox. */
export const codeChannels = (offer: Offer): SendingChannel[] => channelsOf(offer.contact).toReversed();

function chooseChannel(offer: Offer, wished: SendingChannel | undefined): SendingChannel {
  const possible = codeChannels(offer);
  const channel = wished === undefined ? possible[0] : possible.find((one) => one === wished);
  if (!channel) throw new Refusal('no_way_to_reach');
  return channel;
}

/** `••• ••• 0187`, `ma•••@ex•••`: enough to recognise one's own, nothing to learn from. */
export function maskedDestination({ contact }: Offer, channel: SendingChannel): string {
  return channel === 'sms'
    ? `••• ••• ${contact.cellPhone?.slice(-4) ?? ''}`
    : (contact.emailId ?? '').replace(/^(.{1,2})[^@]*@(.{1,2}).*$/, '$1•••@$2•••');
}

/** Whether this address may guess again; counted outside the signing, so that a wrong guess stays counted. */
export const countGuess = (reading: Pick<Reading, 'db' | 'now'>, { address }: Whence): Promise<void> =>
  countRequest(reading.db, `accept-guess:${address}`, GUESSES_PER_ADDRESS, reading.now);

/** What a typed code turned out to be. `right` uses it up; every other answer leaves or spends a try. */
export type CodeVerdict = Readonly<{ is: 'right'; codeId: bigint } | { is: 'wrong' | 'spent' }>;

/** Compares a typed code with the newest one sent for this version. */
export async function verifyCode(
  tx: Tx,
  { offer, code, whence }: { offer: Offer; code: string; whence: Whence },
): Promise<CodeVerdict> {
  const { quoteId, version } = offer;
  const held = await acceptances.newestCode(tx.db, { quoteId, version });
  if (!held || held.used_at !== null || new Date(held.expires_at) <= tx.now) return { is: 'wrong' };
  if (held.attempts >= CODE_ATTEMPTS_MAX) return { is: 'spent' };
  if (!sameSecret(held.code_hash, hashOf(`${quoteId} ${code}`))) {
    await acceptances.countAttempt(tx.db, held.id);
    await writeStep(tx, { quoteId, version, step: 'code_refused', whence });
    return { is: held.attempts + 1 >= CODE_ATTEMPTS_MAX ? 'spent' : 'wrong' };
  }
  await acceptances.markCodeUsed(tx.db, { id: held.id, now: tx.now });
  await writeStep(tx, { quoteId, version, step: 'code_verified', whence });
  return { is: 'right', codeId: held.id };
}
