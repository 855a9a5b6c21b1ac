import { createHmac } from 'node:crypto';
import { DeliveryQueue } from '../kit/delivery-queue.ts';
import { postOrNot } from '../kit/post-or-not.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import type { StripeBooks } from './books.ts';
import type { StripeEvent } from './objects.ts';

/** Where events go and the secret they are signed with. */
export type WebhookEndpoint = { readonly url: string; readonly secret: string };

/** Sends events to the endpoint, signed anew at each attempt; without an endpoint they go nowhere. */
export class StripeWebhooks {
  readonly queue: DeliveryQueue<StripeEvent>;
  readonly #env: SimEnv;
  #endpoint: WebhookEndpoint | null = null;
  #books: StripeBooks | null = null;

  constructor(env: SimEnv) {
    this.#env = env;
    this.queue = new DeliveryQueue(env, (event, signal) => this.#post(event, signal));
  }

  /** The books whose events these are; told of what was taken. */
  attach(books: StripeBooks): void {
    this.#books = books;
  }

  get endpoint(): WebhookEndpoint | null {
    return this.#endpoint;
  }

  /** Sets the endpoint for what is sent from now on. */
  configure(endpoint: WebhookEndpoint | null): void {
    this.#endpoint = endpoint;
    // What an earlier run could not deliver any more goes first.
    if (endpoint !== null && this.queue.records.length === 0) {
      for (const event of this.#books?.events ?? []) {
        if (this.#books?.undelivered.has(event.id) === true) this.deliver(event);
      }
    }
  }

  /** Puts an event on its way, if there is anywhere to go. */
  deliver(event: StripeEvent): void {
    if (this.#endpoint === null) return;
    this.#books?.undelivered.add(event.id);
    this.queue.push(event, `${event.type} ${event.id}`);
  }

  async #post(event: StripeEvent, signal: AbortSignal): Promise<boolean> {
    if (this.#endpoint === null) return true;
    const body = JSON.stringify(event, null, 2);
    const signature = stripeSignature(body, this.#endpoint.secret, this.#env.clock());
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': signature,
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    };
    const isTaken = await postOrNot(this.#endpoint.url, { headers, body, signal });
    if (isTaken && this.#books?.undelivered.delete(event.id) === true) this.#env.changed?.();
    return isTaken;
  }
}

/** The `Stripe-Signature` header of a body: HMAC-SHA256 over `<seconds>.<body>`, key as given. */
export function stripeSignature(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
