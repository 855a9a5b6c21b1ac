import { Stripe } from 'stripe';
import { broken, declined, retry, unknown, type Undone } from '../outcome/index.ts';
import { numberOf, recordOf, textAt } from '../wire/index.ts';

const BUSY_AFTER_MS = 2_000;
const DOWN_AFTER_MS = 15_000;

/** Codes of a connection that never carried the request. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What a failed call to Stripe came to. `effect` says whether the call could have changed something: a read
 * that timed out is asked again, a write that timed out is `unknown` and must be repeated only under the
 * same idempotency key or looked up.
 */
export function stripeFailure(error: unknown, effect: 'read' | 'write'): Undone {
  if (error instanceof Stripe.errors.StripeConnectionError) return connectionFailure(error, effect);
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const status = error.statusCode;
  if (status === undefined) return ambiguous(`unreadable answer: ${error.message}`, effect);
  if (status === 429) return retry(retryAfterMs(error), 'rate limited');
  if (status === 409) return retry(BUSY_AFTER_MS, error.code ?? 'conflict');
  if (status >= 500) return ambiguous(`HTTP ${status}: ${error.message}`, effect);
  if (status === 401 || status === 403) return broken(`refused our key: ${error.message}`);
  if (error instanceof Stripe.errors.StripeIdempotencyError) return broken(error.message);
  const code = error.decline_code ?? error.code;
  return code === undefined ? broken(error.message) : declined(code, error.message);
}

function connectionFailure(error: Stripe.errors.StripeConnectionError, effect: 'read' | 'write'): Undone {
  const detail = recordOf(error.detail);
  const code = textAt(detail, 'code') ?? textAt(recordOf(detail['cause']), 'code');
  if (code !== null && NEVER_SENT.has(code)) return retry(DOWN_AFTER_MS, `not reached: ${code}`);
  return ambiguous(error.message, effect);
}

function ambiguous(reason: string, effect: 'read' | 'write'): Undone {
  return effect === 'read' ? retry(DOWN_AFTER_MS, reason) : unknown(reason);
}

function retryAfterMs(error: Stripe.errors.StripeError): number {
  const seconds = numberOf(error.headers?.['retry-after']);
  return seconds === null ? BUSY_AFTER_MS : seconds * 1000;
}
