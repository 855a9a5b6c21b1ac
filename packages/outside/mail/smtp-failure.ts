import { broken, declined, retry, unknown, type Undone } from '../outcome/index.ts';
import { numberAt, recordOf, textAt } from '../wire/index.ts';

/** Grey-listing wants a pause of minutes; sooner is refused again. */
const TEMPORARY_AFTER_MS = 120_000;
const DOWN_AFTER_MS = 30_000;

/** Before these had passed, no letter was given to anybody. */
const BEFORE_GREETING = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT']);
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What a failed letter came to. The server's own word decides when it gave one: 4xx is later, 5xx is no.
 * A connection that ended without a word is `unknown`, since the letter may have been taken.
 */
export function smtpFailure(error: unknown): Undone {
  if (!(error instanceof Error)) throw error;
  const facts = recordOf(error);
  const code = textAt(facts, 'code');
  const answer = numberAt(facts, 'responseCode');
  const words = textAt(facts, 'response') ?? error.message;
  if (code === 'EAUTH') return broken(`refused our credentials: ${words}`);
  if (answer !== null && answer >= 500) return declined(String(answer), words);
  if (answer !== null && answer >= 400) return retry(TEMPORARY_AFTER_MS, words);
  if (code === 'EENVELOPE' && textAt(facts, 'command') === 'API') return declined('bad_address', words);
  if (code === 'ETLS') return broken(words);
  const neverSent = NEVER_SENT.has(textAt(facts, 'originalCode') ?? '') || code === 'EDNS';
  if (neverSent || BEFORE_GREETING.has(textAt(facts, 'timeoutType') ?? ''))
    return retry(DOWN_AFTER_MS, words);
  return unknown(words);
}
