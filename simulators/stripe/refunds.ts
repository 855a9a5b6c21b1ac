import type { StripeBooks } from './books.ts';
import { formText, type Form } from './form.ts';
import type { Charge, Refund } from './objects.ts';
import { metadataOf, onlyKnown, requiredInteger } from './parameters.ts';
import { invalid, missing, StripeRefusal } from './stripe-refusal.ts';
import { moveBalance } from './balance.ts';
import { foundIntent } from './payment-intents.ts';

/** Refunds to this card are pending, then succeed; to the other they succeed, then fail. */
export const REFUND_PENDING_CARD = '4000000000007726';
export const REFUND_FAILS_CARD = '4000000000005126';

const PARAMETERS = ['payment_intent', 'charge', 'amount', 'reason', 'metadata', 'expand'] as const;

/** `POST /v1/refunds`: all that is left, or `amount` of it; succeeds at once. */
export function createRefund(books: StripeBooks, form: Form): Refund {
  onlyKnown(form, PARAMETERS);
  const charge = chargeToRefund(books, form);
  if (charge.disputed) {
    const message = `Charge ${charge.id} has been charged back; cannot issue a refund.`;
    throw new StripeRefusal(400, { type: 'invalid_request_error', code: 'charge_disputed', message });
  }
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0) {
    throw new StripeRefusal(400, {
      type: 'invalid_request_error',
      code: 'charge_already_refunded',
      message: `Charge ${charge.id} has already been refunded.`,
    });
  }
  const amount = formText(form, 'amount') === undefined ? left : requiredInteger(form, 'amount');
  if (amount < 1) {
    throw invalid('This value must be greater than or equal to 1.', { param: 'amount' });
  }
  if (amount > left) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`;
    throw invalid(message, { param: 'amount' });
  }
  const refund: Refund = {
    id: books.newId('re'),
    object: 'refund',
    created: books.nowSeconds(),
    amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    metadata: metadataOf(form, 'metadata'),
    reason: formText(form, 'reason') ?? null,
    status: pendingCard(books, charge) ? 'pending' : 'succeeded',
    failure_reason: null,
  };
  books.refunds.set(refund.id, refund);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
  moveBalance(books, { type: 'refund', amount: -amount, source: refund.id, currency: refund.currency });
  books.tell('refund.created', refund);
  books.tell('charge.refunded', charge);
  return refund;
}

/** A debit's refund takes days; so does one to the card whose refunds are pending. */
const pendingCard = (books: StripeBooks, { payment_method, payment_method_details }: Charge): boolean =>
  payment_method_details.type === 'acss_debit' ||
  books.cardNumbers.get(payment_method) === REFUND_PENDING_CARD;

/** The banks answer: refunds that were pending succeed, and those to the card that refuses them fail. */
export function settleRefunds(books: StripeBooks): void {
  for (const refund of books.refunds.values()) {
    const charge = books.charges.get(refund.charge);
    const refused = books.cardNumbers.get(charge?.payment_method ?? '') === REFUND_FAILS_CARD;
    if (charge !== undefined && refused && refund.status === 'succeeded') failRefund(books, refund, charge);
    else if (refund.status === 'pending') {
      refund.status = 'succeeded';
      books.tell('refund.updated', refund);
      books.tell('charge.refund.updated', refund);
    }
  }
}

function failRefund(books: StripeBooks, refund: Refund, charge: Charge): void {
  refund.status = 'failed';
  refund.failure_reason = 'expired_or_canceled_card';
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  moveBalance(books, {
    type: 'refund_failure',
    amount: refund.amount,
    source: refund.id,
    currency: refund.currency,
  });
  books.tell('refund.failed', refund);
  books.tell('charge.refund.updated', refund);
}

/** The refund, or 404. */
export function foundRefund(books: StripeBooks, id: string): Refund {
  const refund = books.refunds.get(id);
  if (refund === undefined) throw missing('refund', id);
  return refund;
}

function chargeToRefund(books: StripeBooks, form: Form): Charge {
  const intentId = formText(form, 'payment_intent');
  const chargeId =
    intentId === undefined ? formText(form, 'charge') : foundIntent(books, intentId).latest_charge;
  if (chargeId === undefined) {
    throw invalid(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  }
  const charge = books.charges.get(chargeId ?? '');
  if (charge === undefined || charge.status !== 'succeeded') {
    throw invalid(
      `This PaymentIntent (${intentId ?? chargeId}) does not have a successful charge to refund.`,
    );
  }
  return charge;
}
