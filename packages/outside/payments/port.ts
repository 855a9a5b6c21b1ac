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
  /** By card unless said otherwise. */
  readonly payBy?: PayableBy | undefined;
};

/** How a payer may pay on a page. Klarna pays us at once and the payer pays Klarna. */
export type PayableBy = 'card' | 'klarna';

/** What can be saved for later: a card, or a bank account with the mandate to debit it. */
export type SavedKind = 'card' | 'bank_account';

/** A page on which a person saves a card or a bank account; nothing is paid. */
export type NewSetup = {
  readonly customerRef: string;
  readonly kind: SavedKind;
  /** Of the mandate: which returns window applies. */
  readonly category: 'personal' | 'business';
  /** When debits happen, in the payer's words, printed in the mandate. */
  readonly intervalDescription: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly idempotencyKey: string;
  readonly locale: 'fr-CA' | 'en';
};

/** A card or bank account as the provider keeps it; its number is never seen here. */
export type SavedMethod = {
  readonly methodRef: string;
  readonly kind: SavedKind;
  readonly customerRef: string | null;
  /** Of a card. */
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expMonth: number | null;
  readonly expYear: number | null;
  /** Of a bank account: three digits and five. */
  readonly institution: string | null;
  readonly transit: string | null;
};

/** What became of the saving of a method. */
export type SetupState = {
  readonly setupRef: string;
  readonly state: 'awaiting_payer' | 'processing' | 'succeeded' | 'canceled';
  readonly customerRef: string | null;
  readonly method: SavedMethod | null;
  readonly mandateRef: string | null;
  readonly metadata: Readonly<Record<string, string>>;
};

/** A charge of a saved method without its owner present. The same `idempotencyKey` charges once. */
export type NewCharge = {
  readonly customerRef: string;
  readonly methodRef: string;
  readonly kind: SavedKind;
  readonly mandateRef: string | null;
  readonly amountCents: bigint;
  readonly currency: ProviderCurrency;
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly idempotencyKey: string;
};

/** Money to give back of a payment; all or a part. The same `idempotencyKey` gives back once. */
export type NewRefund = {
  readonly paymentRef: string;
  readonly amountCents: bigint;
  readonly metadata: Readonly<Record<string, string>>;
  readonly idempotencyKey: string;
};

/** A refund as the provider sees it now. */
export type RefundState = {
  readonly refundRef: string;
  readonly state: 'pending' | 'succeeded' | 'failed';
  readonly failure: string | null;
};

/** A transfer of the provider to our bank; negative when it took money from it. */
export type Payout = {
  readonly payoutRef: string;
  readonly state: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled';
  readonly amountCents: bigint;
  readonly currency: string;
  readonly createdAt: Date;
  readonly arrivesAt: Date;
};

/** One movement of our balance at the provider: `netCents` is `amountCents` less `feeCents`. */
export type BalanceMovement = {
  readonly movementRef: string;
  /** The provider's word: `charge`, `refund`, `adjustment`, `stripe_fee`, `payout`… */
  readonly type: string;
  /** What it came from: a charge, a refund, a dispute, a payout. */
  readonly sourceRef: string | null;
  /** The payment behind it, when there is one. */
  readonly paymentRef: string | null;
  readonly amountCents: bigint;
  readonly feeCents: bigint;
  readonly netCents: bigint;
  readonly currency: string;
  readonly description: string | null;
  readonly createdAt: Date;
};

/** A page of a provider's list: rows newest first, and the reference to ask the next page after. */
export type ProviderPage<Row> = { readonly rows: readonly Row[]; readonly next: string | null };

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
  | 'method_saved'
  | 'method_gone'
  | 'mandate_changed'
  | 'payout'
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
  /** How it was or will be paid, in the provider's word (`card`, `acss_debit`, `klarna`), when the event says so. */
  readonly payBy: string | null;
  /** The refund, the dispute, the setup, the method, the mandate or the payout itself, for those kinds. */
  readonly caseRef: string | null;
  /** Its state in the provider's word (`succeeded`, `pending`, `needs_response`…), for those kinds. */
  readonly caseState: string | null;
  /** Why, in the provider's word, and until when it may be answered, for disputes. */
  readonly caseReason: string | null;
  readonly caseDueBy: Date | null;
  /** What a dispute's event says of the money: taken from us, given back, or nothing. */
  readonly caseFunds: 'withdrawn' | 'reinstated' | null;
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
  /** Opens a page to save a card or a bank account. */
  createSetup(setup: NewSetup): Promise<Outcome<Checkout>>;
  /** Reads what became of the saving of a method; declined `resource_missing` when there is none. */
  getSetup(setupRef: string): Promise<Outcome<SetupState>>;
  /** Opens the provider's own page on which a customer looks after their methods. */
  openPortal(visit: {
    readonly customerRef: string;
    readonly returnUrl: string;
    readonly locale: 'fr-CA' | 'en';
  }): Promise<Outcome<{ readonly url: string }>>;
  /** Forgets a saved method; one that is forgotten already is done. */
  forgetMethod(methodRef: string): Promise<Outcome<null>>;
  /** Charges a saved method. Declined comes with the bank's code (`insufficient_funds`, `expired_card`…). */
  chargeMethod(charge: NewCharge): Promise<Outcome<PaymentState>>;
  /** Gives money back. Declined `charge_already_refunded`, `charge_disputed` and the like. */
  refund(refund: NewRefund): Promise<Outcome<RefundState>>;
  /** Transfers to our bank, newest first, a page at a time. */
  listPayouts(page: { readonly after: string | null }): Promise<Outcome<ProviderPage<Payout>>>;
  /** What one transfer is made of, a page at a time. */
  listMovements(page: {
    readonly payoutRef: string;
    readonly after: string | null;
  }): Promise<Outcome<ProviderPage<BalanceMovement>>>;
  /** Verifies and reads a webhook from its raw bytes, at `nowMs` (epoch milliseconds). */
  readWebhook(rawBody: string | Buffer, signatureHeader: string | undefined, nowMs: number): WebhookReading;
};
