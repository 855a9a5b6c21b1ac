import {
  centsAt,
  listAt,
  recordAt,
  recordOf,
  referenceAt,
  secondsAt,
  textAt,
  textsAt,
  type JsonRecord,
} from '../wire/index.ts';
import type { PaymentFailure, ProviderEvent, ProviderEventKind } from './port.ts';

/** What one event type means, decided from the object it carries. */
type Meaning = (object: JsonRecord) => Partial<ProviderEvent> & { readonly kind: ProviderEventKind };

/**
 * Every event type we act on. The others are `ignored`: `charge.*` repeats what `payment_intent.*` and
 * `refund.*` say, and `charge.refunded` carries a running total that must not be taken for one refund.
 */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>(
  Object.entries({
    'checkout.session.completed': (session) => checkout(session, completedKind(session)),
    'checkout.session.async_payment_succeeded': (session) => checkout(session, 'payment_succeeded'),
    'checkout.session.async_payment_failed': (session) => checkout(session, 'payment_failed'),
    'checkout.session.expired': (session) => checkout(session, 'checkout_expired'),
    'payment_intent.succeeded': (intent) => payment(intent, 'payment_succeeded'),
    'payment_intent.processing': (intent) => payment(intent, 'payment_processing'),
    'payment_intent.payment_failed': (intent) => payment(intent, 'payment_failed'),
    'payment_intent.canceled': (intent) => ({ failure: CANCELED, ...endedBy(intent) }),
    'refund.created': (refund) => caseOf(refund, 'refund'),
    'refund.updated': (refund) => caseOf(refund, 'refund'),
    'refund.failed': (refund) => caseOf(refund, 'refund'),
    'charge.refund.updated': (refund) => caseOf(refund, 'refund'),
    'charge.dispute.created': (dispute) => disputeOf(dispute, null),
    'charge.dispute.updated': (dispute) => disputeOf(dispute, null),
    'charge.dispute.closed': (dispute) => disputeOf(dispute, null),
    'charge.dispute.funds_withdrawn': (dispute) => disputeOf(dispute, 'withdrawn'),
    'charge.dispute.funds_reinstated': (dispute) => disputeOf(dispute, 'reinstated'),
    'setup_intent.succeeded': (setup) => thing(setup, 'method_saved'),
    'payment_method.detached': (method) => thing(method, 'method_gone'),
    'mandate.updated': (mandate) => thing(mandate, 'mandate_changed'),
    'payout.paid': (payout) => ({ ...thing(payout, 'payout'), ...amountOf(payout) }),
    'payout.failed': (payout) => ({ ...thing(payout, 'payout'), ...amountOf(payout) }),
  } satisfies Record<string, Meaning>),
);

/** What ended a payment that nobody refused: given up by somebody, or by the provider. */
const CANCELED: PaymentFailure = { code: 'canceled', message: 'canceled' };
const endedBy = (intent: JsonRecord): ReturnType<Meaning> => {
  const { failure, ...meaning } = payment(intent, 'payment_failed');
  return failure ? { ...meaning, failure } : meaning;
};

/** Kinds that move money: an event of theirs without amount, currency and payment cannot be believed. */
const NEEDS_PAYMENT: ReadonlySet<ProviderEventKind> = new Set(['payment_succeeded']);

/** A Stripe event in our words, from any API version; null when it is not an event at all, ignored when of another account. */
export function stripeEvent(raw: unknown): ProviderEvent | null {
  const envelope = recordOf(raw);
  const id = textAt(envelope, 'id');
  const type = textAt(envelope, 'type');
  const createdAt = secondsAt(envelope, 'created');
  if (id === null || type === null || createdAt === null) return null;
  const object = recordAt(recordAt(envelope, 'data'), 'object');
  // An event of an account connected to ours: its money is not ours.
  const isOurs = textAt(envelope, 'account') === null;
  const meaning = (isOurs ? MEANINGS.get(type)?.(object) : undefined) ?? { kind: 'ignored' };
  const event: ProviderEvent = { ...nothingKnown(object), ...meaning, id, type, createdAt, raw };
  const incomplete =
    event.amountCents === null || event.currency === null || event.providerPaymentRef === null;
  return NEEDS_PAYMENT.has(event.kind) && incomplete ? null : event;
}

function nothingKnown(object: JsonRecord): Omit<ProviderEvent, 'id' | 'type' | 'createdAt' | 'raw' | 'kind'> {
  return {
    amountCents: null,
    currency: null,
    providerPaymentRef: null,
    checkoutRef: null,
    customerRef: referenceAt(object, 'customer'),
    payBy: null,
    caseRef: null,
    caseState: null,
    caseReason: null,
    caseDueBy: null,
    caseFunds: null,
    failure: null,
    metadata: textsAt(object, 'metadata'),
  };
}

/** A completed session is not always a paid one: bank debits settle later, set-ups never pay. */
function completedKind(session: JsonRecord): ProviderEventKind {
  const mode = textAt(session, 'mode');
  if (mode !== null && mode !== 'payment') return 'ignored';
  const status = textAt(session, 'payment_status');
  if (status === 'no_payment_required') return 'ignored';
  return status === 'unpaid' ? 'payment_processing' : 'payment_succeeded';
}

function checkout(session: JsonRecord, kind: ProviderEventKind): ReturnType<Meaning> {
  return {
    kind,
    amountCents: centsAt(session, 'amount_total'),
    currency: textAt(session, 'currency'),
    providerPaymentRef: referenceAt(session, 'payment_intent'),
    checkoutRef: textAt(session, 'id'),
    payBy: onlyType(session),
  };
}

function payment(intent: JsonRecord, kind: ProviderEventKind): ReturnType<Meaning> {
  const received = kind === 'payment_succeeded' ? centsAt(intent, 'amount_received') : null;
  return {
    kind,
    amountCents: received ?? centsAt(intent, 'amount'),
    currency: textAt(intent, 'currency'),
    providerPaymentRef: textAt(intent, 'id'),
    payBy: onlyType(intent),
    failure: stripePaymentFailure(intent),
  };
}

/** The way to pay, when the object allows one only. */
function onlyType(object: JsonRecord): string | null {
  const types = listAt(object, 'payment_method_types');
  const [only] = types;
  return types.length === 1 && typeof only === 'string' ? only : null;
}

const amountOf = (object: JsonRecord) => ({
  amountCents: centsAt(object, 'amount'),
  currency: textAt(object, 'currency'),
});

const thing = (object: JsonRecord, kind: ProviderEventKind): ReturnType<Meaning> => ({
  kind,
  caseRef: textAt(object, 'id'),
  caseState: textAt(object, 'status'),
});

function caseOf(object: JsonRecord, kind: 'refund' | 'dispute'): ReturnType<Meaning> {
  const failure = textAt(object, 'failure_reason');
  return {
    ...thing(object, kind),
    ...amountOf(object),
    providerPaymentRef: referenceAt(object, 'payment_intent'),
    failure: failure === null ? null : { code: failure, message: failure },
  };
}

function disputeOf(dispute: JsonRecord, caseFunds: ProviderEvent['caseFunds']): ReturnType<Meaning> {
  return {
    ...caseOf(dispute, 'dispute'),
    caseReason: textAt(dispute, 'reason'),
    caseDueBy: secondsAt(recordAt(dispute, 'evidence_details'), 'due_by'),
    caseFunds,
  };
}

/** Why the last attempt on a PaymentIntent failed, or null. */
export function stripePaymentFailure(intent: JsonRecord): PaymentFailure | null {
  const error = recordAt(intent, 'last_payment_error');
  const code = textAt(error, 'decline_code') ?? textAt(error, 'code');
  return code === null ? null : { code, message: textAt(error, 'message') ?? code };
}
