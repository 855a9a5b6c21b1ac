import type { Stripe } from 'stripe';
import { parsedJson } from '../wire/index.ts';
import type { WebhookReading } from './port.ts';
import { stripeEvent } from './stripe-event.ts';

/** Older than this, a signed webhook may be a replay: five minutes, Stripe's own figure. */
export const WEBHOOK_TOLERANCE_SECONDS = 300;

/** Tells the library to check the signature alone; age is judged here, to tell the two apart. */
const ANY_AGE = 0;

/** Verifies a webhook against each secret (two are valid while one is rotated) and reads it. */
export function readStripeWebhook(
  stripe: Stripe,
  secrets: readonly string[],
  delivery: { rawBody: string | Buffer; signatureHeader: string | undefined; nowMs: number },
): WebhookReading {
  const { signatureHeader, nowMs } = delivery;
  if (signatureHeader === undefined) return { ok: false, reason: 'bad_signature' };
  const body = delivery.rawBody.toString();
  const signed = secrets.some((secret) => isSignedBy(stripe, { body, signatureHeader, secret, nowMs }));
  if (!signed) return { ok: false, reason: 'bad_signature' };
  if (nowMs / 1000 - signedAtSeconds(signatureHeader) > WEBHOOK_TOLERANCE_SECONDS) {
    return { ok: false, reason: 'stale' };
  }
  const event = stripeEvent(parsedJson(body));
  return event === null ? { ok: false, reason: 'malformed' } : { ok: true, event };
}

type Signed = { body: string; signatureHeader: string; secret: string; nowMs: number };

function isSignedBy(stripe: Stripe, { body, signatureHeader, secret, nowMs }: Signed): boolean {
  try {
    const { signature } = stripe.webhooks;
    return signature?.verifyHeader(body, signatureHeader, secret, ANY_AGE, undefined, nowMs) === true;
  } catch {
    // The library throws for every way a signature can be wrong, and for nothing else.
    return false;
  }
}

function signedAtSeconds(signatureHeader: string): number {
  const found = /(?:^|,)t=(\d+)/.exec(signatureHeader);
  return found === null ? 0 : Number(found[1]);
}
