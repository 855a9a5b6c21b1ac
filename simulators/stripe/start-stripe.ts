/**
 * Stripe as it behaves on the wire: Checkout, PaymentIntents, customers, refunds, signed webhooks.
 *
 * Sentinels: test cards by number on the payment page (4242… succeeds, …0002 declined, …9995 insufficient
 * funds, …0069 expired, …0127 bad security code, …3184 asks for 3-D Secure; all in `cards.ts`), test tokens
 * `pm_card_…` on the API, an API key containing `invalid`, and `sim:<fault>` anywhere in a request
 * (`kit/faults.ts`).
 */
import type { JsonRecord } from '@gigafibre/outside/wire';
import { createHttpSimulator, listenOnLoopback } from '../kit/http-simulator.ts';
import { FaultPlan, installFaults, type Fault } from '../kit/faults.ts';
import type { DeliveryMode } from '../kit/delivery-queue.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import { serveApi } from './api.ts';
import { failPayout, payOut } from './balance.ts';
import { StripeBooks } from './books.ts';
import { clearDebits } from './charge-card.ts';
import { serveControl, stripeState } from './control.ts';
import { closeDispute, openDispute } from './disputes.ts';
import { serveHostedCheckout } from './hosted-checkout.ts';
import { settleRefunds } from './refunds.ts';
import { restoreStripe, stripeSnapshot } from './snapshot.ts';
import { StripeWebhooks, type WebhookEndpoint } from './webhooks.ts';

/** A running Stripe. */
export type StripeSimulator = {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  /** Where webhooks go; null for nowhere. */
  configure(endpoint: WebhookEndpoint | null): void;
  /** How webhooks go out from now on. */
  setWebhookMode(mode: DeliveryMode, delayMs?: number): void;
  /** Lets go of held webhooks; gives how many. */
  releaseWebhooks(): number;
  /** Sends an event again; false when there is none such. */
  replay(eventId: string): boolean;
  /** Resolves when every webhook on its way has been answered. */
  settled(): Promise<void>;
  /** The banks answer every debit under way and every refund that is pending. */
  clearBanks(): void;
  /** A payer contests a payment with their bank; gives the dispute. */
  openDispute(paymentIntentId: string, reason?: string): string;
  /** Their bank decides. */
  closeDispute(disputeId: string, as: 'won' | 'lost'): void;
  /** Sends the balance to the bank; gives the payout, null when there is nothing. */
  payOut(): string | null;
  /** The bank gives a payout back, though it was paid. */
  failPayout(payoutId: string): void;
  /** Makes the next requests to the API fail. */
  orderFault(fault: Fault, count?: number): void;
  /** A day has passed: keys of requests that were made mean nothing any more. */
  forgetKeys(): void;
  state(): Record<string, unknown>;
  /** What a later run is given as `kept`. */
  snapshot(): Record<string, unknown>;
  stop(): Promise<void>;
};

/** Starts it on a loopback port, 0 for any, with what an earlier run kept. */
export async function startStripe({
  env,
  port = 0,
  kept = {},
}: {
  env: SimEnv;
  port?: number;
  kept?: JsonRecord;
}): Promise<StripeSimulator> {
  const webhooks = new StripeWebhooks(env);
  const books = new StripeBooks(env, (event) => webhooks.deliver(event));
  webhooks.attach(books);
  const faults = new FaultPlan();
  const app = createHttpSimulator();
  installFaults(app, {
    plan: faults,
    applies: (url) => url.startsWith('/v1/'),
    errorBody: (status) => ({
      error: {
        type: status === 429 ? 'invalid_request_error' : 'api_error',
        ...(status === 429 ? { code: 'rate_limit' } : {}),
        message: status === 429 ? 'Request rate limit exceeded.' : 'Something went wrong on our side.',
      },
    }),
  });
  app.setNotFoundHandler(async (request, reply) => {
    const message = `Unrecognized request URL (${request.method}: ${request.url}).`;
    return reply.code(404).send({ error: { type: 'invalid_request_error', message } });
  });
  serveApi(app, books);
  serveHostedCheckout(app, books);
  serveControl(app, { books, webhooks, faults });
  app.addHook('onSend', async (request, _reply, payload) => {
    // Kept before it is answered: who was told of an object finds it after a crash.
    if (request.method !== 'GET') env.changed?.();
    return payload;
  });
  books.baseUrl = await listenOnLoopback(app, port);
  restoreStripe(books, kept);
  return {
    address: books.baseUrl,
    configure: (endpoint) => webhooks.configure(endpoint),
    setWebhookMode: (mode, delayMs) => webhooks.queue.setMode(mode, delayMs),
    releaseWebhooks: () => webhooks.queue.release(),
    replay: (eventId) => {
      const event = books.events.find(({ id }) => id === eventId);
      if (event !== undefined) webhooks.deliver(event);
      return event !== undefined;
    },
    settled: () => webhooks.queue.settled(),
    ...banksOf(books),
    orderFault: (fault, count = 1) => faults.order(fault, count),
    forgetKeys: () => books.idempotency.forget(),
    state: () => stripeState({ books, webhooks, faults }),
    snapshot: () => stripeSnapshot(books),
    stop: async () => {
      await webhooks.queue.stop();
      await app.close();
    },
  };
}

type Banks = Pick<StripeSimulator, 'clearBanks' | 'openDispute' | 'closeDispute' | 'payOut' | 'failPayout'>;

/** What banks do in their own time, done when a test or the control page says so. */
function banksOf(books: StripeBooks): Banks {
  return {
    clearBanks: () => {
      clearDebits(books);
      settleRefunds(books);
    },
    openDispute: (paymentIntentId, reason) => {
      const intent = books.intents.get(paymentIntentId);
      const charge = books.charges.get(intent?.latest_charge ?? '');
      if (charge === undefined) throw new Error(`nothing was charged by ${paymentIntentId}`);
      return openDispute(books, charge, reason).id;
    },
    closeDispute: (disputeId, as) => {
      const dispute = books.disputes.get(disputeId);
      if (dispute === undefined) throw new Error(`no dispute ${disputeId}`);
      closeDispute(books, dispute, as);
    },
    payOut: () => payOut(books)?.id ?? null,
    failPayout: (payoutId) => failPayout(books, payoutId),
  };
}
