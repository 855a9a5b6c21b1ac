import { createHmac } from 'node:crypto';
import { DeliveryQueue } from '../kit/delivery-queue.ts';
import { postOrNot } from '../kit/post-or-not.ts';
import type { SimEnv } from '../kit/sim-env.ts';

/** One status callback: where to, and what it says. */
export type Callback = {
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  /** Of the account that sent the message: what its callbacks are signed with. */
  readonly authToken: string;
};

/** Sends signed status callbacks. */
export function createCallbacks(env: SimEnv): DeliveryQueue<Callback> {
  return new DeliveryQueue<Callback>(env, ({ url, params, authToken }, signal) =>
    postOrNot(url, {
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-twilio-signature': twilioSignature(authToken, url, params),
        'user-agent': 'TwilioProxy/1.1',
      },
      body: new URLSearchParams(params).toString(),
      signal,
    }),
  );
}

/** `X-Twilio-Signature`: HMAC-SHA1, in base64, of the URL and every field in order of name. */
export function twilioSignature(
  authToken: string,
  url: string,
  params: Readonly<Record<string, string>>,
): string {
  const fields = Object.entries(params)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => name + value);
  return createHmac('sha1', authToken)
    .update(url + fields.join(''))
    .digest('base64');
}
