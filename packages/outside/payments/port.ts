import type { Outcome } from '../outcome/index.ts';

/** The only currency we charge in, spelt as payment providers spell it. */
export type ProviderCurrency = 'cad';

/** Language of pages and messages the provider shows to the payer. */
export type PayerLanguage = 'fr' | 'en';

/** A customer to be known by the provider. `customerId` is our number, kept in its metadata. */
export type NewProviderCustomer = {
  readonly customerId: string;
  readonly name: string;
  readonly email: string | null;
  readonly language: PayerLanguage;
};

/** A page on which a person pays one amount. URLs are absolute; `{CHECKOUT_SESSION_ID}` in
 * `successUrl` is replaced by the provider. The same `idempotencyKey` gives the same session. */
export type NewCheckout = {
  readonly customerRef?: string | undefined;
  readonly amountCents: bigint;
  readonly currency: ProviderCurrency;
  /** What the payer reads beside the amount, for example « Facture INV-00012 ». */
  readonly description: string;
  /** Ours, given back on the session, on the payment and in every webhook about them. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly idempotencyKey: string;
  readonly locale: 'fr-CA' | 'en';
};

/** A checkout page as the provider made it. */
export type Checkout = { readonly sessionId: string; readonly url: string; readonly expiresAt: Date };

/** What became of a checkout page. `paymentRef` appears once the payer has started to pay. */
export type CheckoutState = {
  readonly sessionId: string;
  readonly state: 'open' | 'complete' | 'expired';
  /** A complete session may still be unpaid: bank debits settle days later. */
  readonly paid: boolean;
  readonly url: string | null;
  readonly amountCents: bigint;
  readonly currency: string;
  readonly paymentRef: string | null;
  readonly customerRef: string | null;
  readonly metadata: Readonly<Record<string, string>>;
};

/** How somebody paid, fit for a receipt. */
export type PaymentMethod = {
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
};

/** Why a payment did not go through, in the provider's code and words. */
export type PaymentFailure = { readonly code: string; readonly message: string };

/** A payment as the provider sees it now; the truth to ask for when webhooks disagree or are missing. */
export type PaymentState = {
  readonly paymentRef: string;
  readonly state: 'awaiting_payer' | 'processing' | 'succeeded' | 'canceled';
  readonly amountCents: bigint;
  readonly receivedCents: bigint;
  readonly refundedCents: bigint;
  readonly currency: string;
  readonly customerRef: string | null;
  readonly method: PaymentMethod | null;
  readonly failure: PaymentFailure | null;
  readonly metadata: Readonly<Record<string, string>>;
};

/** What a provider's event means to us. One payment gives several events of one kind: settle once per
 * `providerPaymentRef`, whatever order they come in. */
export type ProviderEventKind =
  | 'payment_succeeded'
  | 'payment_failed'
  | 'payment_processing'
  | 'checkout_expired'
  | 'refund'
  | 'dispute'
  | 'ignored';

/** A verified webhook in our words. Amounts are cents of `currency` (lower case ISO). */
export type ProviderEvent = {
  /** The provider's event id: the key against duplicates. */
  readonly id: string;
  /** The provider's own type, for example `payment_intent.succeeded`. */
  readonly type: string;
  readonly createdAt: Date;
  readonly kind: ProviderEventKind;
  /** The amount this event is about: paid, refunded by this refund, or disputed. Null when it has none. */
  readonly amountCents: bigint | null;
  readonly currency: string | null;
  readonly providerPaymentRef: string | null;
  readonly checkoutRef: string | null;
  readonly customerRef: string | null;
  /** The refund or the dispute itself, for those kinds. */
  readonly caseRef: string | null;
  /** Its state in the provider's word (`succeeded`, `pending`, `needs_response`…), for those kinds. */
  readonly caseState: string | null;
  readonly failure: PaymentFailure | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** The whole event as received, for the inbox. */
  readonly raw: unknown;
};

/** A webhook read, or why it must not be believed. */
export type WebhookReading =
  | { readonly ok: true; readonly event: ProviderEvent }
  | { readonly ok: false; readonly reason: 'bad_signature' | 'stale' | 'malformed' };

/** Somebody who takes money for us. Every call has a deadline set where the adapter is made. */
export type PaymentProvider = {
  /** Lower-case name of the vendor, the first half of inbox keys. */
  readonly vendor: string;
  /** Makes the customer known; repeating it with the same facts gives the same reference. */
  createCustomer(customer: NewProviderCustomer): Promise<Outcome<{ readonly customerRef: string }>>;
  /** Opens a payment page. Declined `amount_too_small` and the like come in the vendor's code. */
  createCheckout(checkout: NewCheckout): Promise<Outcome<Checkout>>;
  /** Reads a payment page; declined `resource_missing` when there is none. */
  getCheckout(sessionId: string): Promise<Outcome<CheckoutState>>;
  /** Reads a payment; declined `resource_missing` when there is none. */
  getPaymentIntent(paymentRef: string): Promise<Outcome<PaymentState>>;
  /** Verifies and reads a webhook from its raw bytes, at `nowMs` (epoch milliseconds). */
  readWebhook(rawBody: string | Buffer, signatureHeader: string | undefined, nowMs: number): WebhookReading;
};
