import { timedId } from '../kit/random.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import { IdempotencyKeys } from './idempotency.ts';
import type {
  BalanceTransaction,
  Charge,
  Customer,
  Dispute,
  Mandate,
  PaymentIntent,
  PaymentMethod,
  Payout,
  Refund,
  Session,
  SetupIntent,
  StripeEvent,
} from './objects.ts';

/** The version events are written in, as an endpoint pinned to it would receive them. */
export const EVENT_API_VERSION = '2026-10-28.endive';

const MAX_EVENTS = 20_000;

/** Everything this Stripe knows, and the few things every part of it does. */
export class StripeBooks {
  readonly customers = new Map<string, Customer>();
  readonly sessions = new Map<string, Session>();
  readonly intents = new Map<string, PaymentIntent>();
  readonly charges = new Map<string, Charge>();
  readonly refunds = new Map<string, Refund>();
  readonly paymentMethods = new Map<string, PaymentMethod>();
  readonly setupIntents = new Map<string, SetupIntent>();
  readonly mandates = new Map<string, Mandate>();
  readonly disputes = new Map<string, Dispute>();
  readonly balanceTransactions = new Map<string, BalanceTransaction>();
  readonly payouts = new Map<string, Payout>();
  /** Card and account numbers by payment method: what the bank knows and the API never shows. */
  readonly cardNumbers = new Map<string, string>();
  /** What `payment_intent_data` asked of a session, by session. */
  readonly intentData = new Map<string, IntentData>();
  readonly events: StripeEvent[] = [];
  readonly idempotency = new IdempotencyKeys();
  /** Events that the endpoint has not taken yet. */
  readonly undelivered = new Set<string>();
  readonly env: SimEnv;
  /** Address this Stripe is reached at, known once it listens. */
  baseUrl = '';
  readonly #deliver: (event: StripeEvent) => void;

  constructor(env: SimEnv, deliver: (event: StripeEvent) => void) {
    this.env = env;
    this.#deliver = deliver;
  }

  /** The world's now, as Stripe writes instants. */
  nowSeconds(): number {
    return Math.floor(this.env.clock().getTime() / 1000);
  }

  /** A new identifier, `pi_3…`, unlike any other, also across restarts. */
  newId(prefix: string, length = 24): string {
    return `${prefix}_${timedId(this.env.clock, this.env.random, length)}`;
  }

  /** Records that something happened, as it stands now, and tells the webhook endpoint. */
  tell(type: string, object: object, idempotencyKey: string | null = null): void {
    const event: StripeEvent = {
      id: this.newId('evt'),
      object: 'event',
      api_version: EVENT_API_VERSION,
      created: this.nowSeconds(),
      type,
      data: { object: structuredClone({ ...object }) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: this.newId('req', 14), idempotency_key: idempotencyKey },
    };
    this.events.push(event);
    if (this.events.length > MAX_EVENTS) this.events.shift();
    this.#deliver(event);
  }
}

/** Parameters kept from a session until its payer pays. */
export type IntentData = {
  readonly metadata: Record<string, string>;
  readonly description: string | null;
  readonly setupFutureUsage: 'off_session' | 'on_session' | null;
};
