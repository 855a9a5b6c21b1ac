import {
  centsAt,
  numberAt,
  recordAt,
  recordOf,
  referenceAt,
  secondsAt,
  textAt,
  textsAt,
} from '../wire/index.ts';
import type { BalanceMovement, Payout, RefundState, SavedMethod, SetupState } from './port.ts';

const REFUND_STATES: ReadonlyMap<string, RefundState['state']> = new Map([
  ['pending', 'pending'],
  ['requires_action', 'pending'],
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

/** A refund in our words; null when the answer is not one. */
export function refundState(answer: unknown): RefundState | null {
  const refund = recordOf(answer);
  const refundRef = textAt(refund, 'id');
  const state = REFUND_STATES.get(textAt(refund, 'status') ?? '');
  if (refundRef === null || state === undefined) return null;
  return { refundRef, state, failure: textAt(refund, 'failure_reason') };
}

const SETUP_STATES: ReadonlyMap<string, SetupState['state']> = new Map([
  ['requires_payment_method', 'awaiting_payer'],
  ['requires_confirmation', 'awaiting_payer'],
  ['requires_action', 'awaiting_payer'],
  ['processing', 'processing'],
  ['succeeded', 'succeeded'],
  ['canceled', 'canceled'],
]);

/** A SetupIntent, its method included, in our words; null when the answer is not one. */
export function setupState(answer: unknown): SetupState | null {
  const setup = recordOf(answer);
  const setupRef = textAt(setup, 'id');
  const state = SETUP_STATES.get(textAt(setup, 'status') ?? '');
  if (setupRef === null || state === undefined) return null;
  return {
    setupRef,
    state,
    customerRef: referenceAt(setup, 'customer'),
    method: savedMethod(setup['payment_method']),
    mandateRef: referenceAt(setup, 'mandate'),
    metadata: textsAt(setup, 'metadata'),
  };
}

/** A payment method in our words; null when it is of a kind that is not saved here. */
export function savedMethod(answer: unknown): SavedMethod | null {
  const method = recordOf(answer);
  const methodRef = textAt(method, 'id');
  const type = textAt(method, 'type');
  if (methodRef === null || (type !== 'card' && type !== 'acss_debit')) return null;
  const facts = recordAt(method, type);
  return {
    methodRef,
    kind: type === 'card' ? 'card' : 'bank_account',
    customerRef: referenceAt(method, 'customer'),
    brand: textAt(facts, 'brand') ?? textAt(facts, 'bank_name'),
    last4: textAt(facts, 'last4'),
    expMonth: numberAt(facts, 'exp_month'),
    expYear: numberAt(facts, 'exp_year'),
    institution: textAt(facts, 'institution_number'),
    transit: textAt(facts, 'transit_number'),
  };
}

const PAYOUT_STATES = new Set(['pending', 'in_transit', 'paid', 'failed', 'canceled']);

/** A payout in our words; null when the answer is not one. */
export function payout(answer: unknown): Payout | null {
  const row = recordOf(answer);
  const payoutRef = textAt(row, 'id');
  const state = textAt(row, 'status') ?? '';
  const amountCents = centsAt(row, 'amount');
  const currency = textAt(row, 'currency');
  const createdAt = secondsAt(row, 'created');
  if (payoutRef === null || !PAYOUT_STATES.has(state) || amountCents === null || currency === null)
    return null;
  if (createdAt === null) return null;
  return {
    payoutRef,
    // Checked against the set just above.
    state: state as Payout['state'],
    amountCents,
    currency,
    createdAt,
    arrivesAt: secondsAt(row, 'arrival_date') ?? createdAt,
  };
}

/** A movement of our balance in our words; null when the answer is not one. */
export function balanceMovement(answer: unknown): BalanceMovement | null {
  const row = recordOf(answer);
  const movementRef = textAt(row, 'id');
  const type = textAt(row, 'type');
  const amountCents = centsAt(row, 'amount');
  const feeCents = centsAt(row, 'fee');
  const netCents = centsAt(row, 'net');
  const currency = textAt(row, 'currency');
  const createdAt = secondsAt(row, 'created');
  if (movementRef === null || type === null || currency === null || createdAt === null) return null;
  if (amountCents === null || feeCents === null || netCents === null) return null;
  return {
    movementRef,
    type,
    sourceRef: referenceAt(row, 'source'),
    paymentRef: referenceAt(recordAt(row, 'source'), 'payment_intent'),
    amountCents,
    feeCents,
    netCents,
    currency,
    description: textAt(row, 'description'),
    createdAt,
  };
}
