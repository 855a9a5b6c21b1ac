import twilio from 'twilio';
import { broken, declined, retry, unknown, type Undone } from '../outcome/index.ts';
import { recordOf, textAt } from '../wire/index.ts';

const BUSY_AFTER_MS = 5_000;
const DOWN_AFTER_MS = 30_000;

/** Codes of a connection that never carried the request. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What a failed call to Twilio came to. Messages have no idempotency key, so a write without a clear answer
 * is `unknown`: it is looked up by recipient before it is sent again.
 */
export function twilioFailure(error: unknown, effect: 'read' | 'write'): Undone {
  if (!(error instanceof twilio.RestException)) return transportFailure(error, effect);
  const { status, code, message } = error;
  if (status === 429) return retry(BUSY_AFTER_MS, 'rate limited');
  if (status >= 500) return ambiguous(`HTTP ${status}`, effect);
  if (status === 401 || status === 403) return broken(`refused our credentials: ${message}`);
  return code === undefined ? broken(`HTTP ${status}: ${message}`) : declined(String(code), message);
}

function transportFailure(error: unknown, effect: 'read' | 'write'): Undone {
  const code = textAt(recordOf(error), 'code');
  if (code !== null && NEVER_SENT.has(code)) return retry(DOWN_AFTER_MS, `not reached: ${code}`);
  if (!(error instanceof Error)) throw error;
  // Everything else on the way: deadline passed, connection cut, an answer that is not Twilio's.
  return ambiguous(code ?? error.message, effect);
}

function ambiguous(reason: string, effect: 'read' | 'write'): Undone {
  return effect === 'read' ? retry(DOWN_AFTER_MS, reason) : unknown(reason);
}
