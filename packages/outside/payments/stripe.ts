import { createHash } from 'node:crypto';
import { Stripe } from 'stripe';
import { broken, done, type Outcome } from '../outcome/index.ts';
import type {
  Checkout,
  NewCharge,
  NewCheckout,
  NewProviderCustomer,
  NewRefund,
  NewSetup,
  PaymentProvider,
} from './port.ts';
import {
  chargeMethod,
  createSetup,
  forgetMethod,
  listMovements,
  listPayouts,
  openPortal,
  refund,
} from './stripe-calls.ts';
import { stripeFailure } from './stripe-failure.ts';
import { setupState } from './stripe-money.ts';
import { checkoutState, paymentState } from './stripe-objects.ts';
import { readStripeWebhook } from './stripe-webhook.ts';

/** The API version every request is pinned to; raised together with the library. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

/** How to reach Stripe. `baseUrl` is only set when something else speaks its API. */
export type StripeSettings = {
  readonly secretKey: string;
  /** Signing secrets of the webhook endpoint: one, or two during a rotation. */
  readonly webhookSecrets: readonly string[];
  readonly baseUrl?: string | undefined;
  /** Deadline of one call, connection to last byte. */
  readonly timeoutMs: number;
};

/** Payments by Stripe, through its own library. */
export function createStripePayments(settings: StripeSettings): PaymentProvider {
  const stripe = new Stripe(settings.secretKey, {
    ...address(settings.baseUrl),
    apiVersion: STRIPE_API_VERSION,
    timeout: settings.timeoutMs,
    // The fetch client counts one deadline for the whole call; the other restarts it at each packet.
    httpClient: Stripe.createFetchHttpClient(),
    // Repeating is the caller's decision, taken with the outcome in hand and under the same key.
    maxNetworkRetries: 0,
    telemetry: false,
  });
  return Object.freeze({
    vendor: 'stripe',
    createCustomer: (customer: NewProviderCustomer) => createCustomer(stripe, customer),
    createCheckout: (checkout: NewCheckout) => createCheckout(stripe, checkout),
    getCheckout: (sessionId: string) =>
      reading(async () => checkoutState(await stripe.checkout.sessions.retrieve(sessionId))),
    getPaymentIntent: (paymentRef: string) =>
      reading(async () =>
        paymentState(await stripe.paymentIntents.retrieve(paymentRef, { expand: ['latest_charge'] })),
      ),
    createSetup: (setup: NewSetup) => createSetup(stripe, setup),
    getSetup: (setupRef: string) =>
      reading(async () =>
        setupState(await stripe.setupIntents.retrieve(setupRef, { expand: ['payment_method'] })),
      ),
    openPortal: (visit: Parameters<PaymentProvider['openPortal']>[0]) => openPortal(stripe, visit),
    forgetMethod: (methodRef: string) => forgetMethod(stripe, methodRef),
    chargeMethod: (charge: NewCharge) => chargeMethod(stripe, charge),
    refund: (asked: NewRefund) => refund(stripe, asked),
    listPayouts: (page: { after: string | null }) => listPayouts(stripe, page),
    listMovements: (page: { payoutRef: string; after: string | null }) => listMovements(stripe, page),
    readWebhook: (rawBody: string | Buffer, signatureHeader: string | undefined, nowMs: number) =>
      readStripeWebhook(stripe, settings.webhookSecrets, { rawBody, signatureHeader, nowMs }),
  });
}

function address(baseUrl: string | undefined): { host?: string; port?: number; protocol?: 'http' | 'https' } {
  if (baseUrl === undefined) return {};
  const url = new URL(baseUrl);
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  const port = url.port === '' ? { http: 80, https: 443 }[protocol] : Number(url.port);
  return { host: url.hostname, port, protocol };
}

async function createCustomer(
  stripe: Stripe,
  customer: NewProviderCustomer,
): Promise<Outcome<{ customerRef: string }>> {
  const params: Stripe.CustomerCreateParams = {
    name: customer.name,
    metadata: { customerId: customer.customerId },
    preferred_locales: [customer.language === 'fr' ? 'fr-CA' : 'en-CA'],
    ...(customer.email === null ? {} : { email: customer.email }),
  };
  // The facts are in the key: repeating is harmless, and a corrected e-mail is not a conflict.
  const facts = createHash('sha256').update(JSON.stringify(params)).digest('hex').slice(0, 16);
  try {
    const made = await stripe.customers.create(params, {
      idempotencyKey: `customer-${customer.customerId}-${facts}`,
    });
    return typeof made.id === 'string' ? done({ customerRef: made.id }) : broken('customer without id');
  } catch (error) {
    return stripeFailure(error, 'write');
  }
}

async function createCheckout(stripe: Stripe, checkout: NewCheckout): Promise<Outcome<Checkout>> {
  try {
    const session = await stripe.checkout.sessions.create(checkoutParams(checkout), {
      idempotencyKey: checkout.idempotencyKey,
    });
    const { id: sessionId, url, expires_at: expiresAt } = session;
    if (typeof sessionId !== 'string' || typeof url !== 'string' || typeof expiresAt !== 'number') {
      return broken('checkout session without id, url or expiry');
    }
    return done({ sessionId, url, expiresAt: new Date(expiresAt * 1000) });
  } catch (error) {
    return stripeFailure(error, 'write');
  }
}

function checkoutParams(checkout: NewCheckout): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    allowed_payment_method_types: [checkout.payBy ?? 'card'],
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: checkout.currency,
          unit_amount: Number(checkout.amountCents),
          product_data: { name: checkout.description },
        },
      },
    ],
    success_url: checkout.successUrl,
    cancel_url: checkout.cancelUrl,
    locale: checkout.locale,
    metadata: { ...checkout.metadata },
    payment_intent_data: { description: checkout.description, metadata: { ...checkout.metadata } },
    ...(checkout.customerRef === undefined ? {} : { customer: checkout.customerRef }),
  };
}

async function reading<T>(read: () => Promise<T | null>): Promise<Outcome<T>> {
  try {
    const value = await read();
    return value === null ? broken('the answer lacks what every such object has') : done(value);
  } catch (error) {
    return stripeFailure(error, 'read');
  }
}
