import { centsAt, recordAt, recordOf, referenceAt, textAt, textsAt } from '../wire/index.ts';
import type { CheckoutState, PaymentMethod, PaymentState } from './port.ts';
import { stripePaymentFailure } from './stripe-event.ts';

const SESSION_STATES = new Set(['open', 'complete', 'expired']);

/** Stripe's six words for a PaymentIntent in ours. `requires_capture` never happens: we capture at once. */
const PAYMENT_STATES: ReadonlyMap<string, PaymentState['state']> = new Map([
  ['requires_payment_method', 'awaiting_payer'],
  ['requires_confirmation', 'awaiting_payer'],
  ['requires_action', 'awaiting_payer'],
  ['processing', 'processing'],
  ['succeeded', 'succeeded'],
  ['canceled', 'canceled'],
]);

/** A Checkout Session in our words; null when the answer is not one. */
export function checkoutState(answer: unknown): CheckoutState | null {
  const session = recordOf(answer);
  const sessionId = textAt(session, 'id');
  const state = textAt(session, 'status');
  const amountCents = centsAt(session, 'amount_total');
  const currency = textAt(session, 'currency');
  if (sessionId === null || state === null || !SESSION_STATES.has(state)) return null;
  if (amountCents === null || currency === null) return null;
  return {
    sessionId,
    // Checked against the set just above.
    state: state as CheckoutState['state'],
    paid: textAt(session, 'payment_status') === 'paid',
    url: textAt(session, 'url'),
    amountCents,
    currency,
    paymentRef: referenceAt(session, 'payment_intent'),
    customerRef: referenceAt(session, 'customer'),
    metadata: textsAt(session, 'metadata'),
  };
}

/** A PaymentIntent, its latest charge included, in our words; null when the answer is not one. */
export function paymentState(answer: unknown): PaymentState | null {
  const intent = recordOf(answer);
  const paymentRef = textAt(intent, 'id');
  const state = PAYMENT_STATES.get(textAt(intent, 'status') ?? '');
  const amountCents = centsAt(intent, 'amount');
  const currency = textAt(intent, 'currency');
  if (paymentRef === null || state === undefined || amountCents === null || currency === null) return null;
  const charge = recordAt(intent, 'latest_charge');
  return {
    paymentRef,
    state,
    amountCents,
    receivedCents: centsAt(intent, 'amount_received') ?? 0n,
    refundedCents: centsAt(charge, 'amount_refunded') ?? 0n,
    currency,
    customerRef: referenceAt(intent, 'customer'),
    method: methodOf(recordAt(charge, 'payment_method_details')),
    failure: stripePaymentFailure(intent),
    metadata: textsAt(intent, 'metadata'),
  };
}

function methodOf(details: ReturnType<typeof recordOf>): PaymentMethod | null {
  const type = textAt(details, 'type');
  if (type === null) return null;
  const facts = recordAt(details, type);
  return { type, brand: textAt(facts, 'brand'), last4: textAt(facts, 'last4') };
}
