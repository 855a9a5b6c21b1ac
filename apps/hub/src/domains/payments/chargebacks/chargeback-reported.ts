import { civilDateOf } from '@gigafibre/calendar';
import { paymentsEvents } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import * as store from '../chargeback-store.ts';
import { debitClaimedBack } from '../debits/debit-failed.ts';
import { openReview } from '../review.ts';
import { paymentByProviderRef } from '../store.ts';
import { leftOf, lockPayment, reinstate, withdraw } from '../withdraw.ts';
import type { ChargebackState } from './read-chargebacks.ts';

export type ChargebackTold = Readonly<{
  vendor: string;
  ref: string;
  /** The provider's word. */
  state: string | null;
  reason: string | null;
  dueBy: Date | null;
  /** What this word of the provider says of the money. */
  funds: 'withdrawn' | 'reinstated' | null;
  paymentRef: string | null;
  amountCents: bigint;
  currency: string;
}>;

const STATES: ReadonlyMap<string, ChargebackState> = new Map([
  ['warning_needs_response', 'needs_response'],
  ['warning_under_review', 'under_review'],
  ['warning_closed', 'closed'],
  ['needs_response', 'needs_response'],
  ['under_review', 'under_review'],
  ['won', 'won'],
  ['lost', 'lost'],
  ['prevented', 'closed'],
]);
/** Which word comes after which; what is heard late changes nothing. Once decided, it stays so. */
const ORDER: Readonly<Record<ChargebackState, number>> = {
  needs_response: 0,
  under_review: 1,
  won: 2,
  lost: 2,
  closed: 2,
};

/**
 * A chargeback as the provider tells it, in whatever order and however often. While the provider holds the money the
 * payment is reversed and what it had paid is owed again; given back, it is the customer's credit and pays what is
 * owed. A chargeback of a payment that is not here, or of more than is left of it, is for a person too.
 */
export async function chargebackReported(tx: Tx, told: ChargebackTold): Promise<string> {
  const { vendor, ref, paymentRef } = told;
  const payment =
    paymentRef === null
      ? undefined
      : await paymentByProviderRef(tx.db, { provider: vendor, ref: paymentRef });
  const about = {
    vendor,
    ref,
    paymentRef,
    customerId: payment?.customer_id ?? null,
    paymentId: payment?.id ?? null,
    checkoutId: payment?.checkout_id ?? null,
    amountCents: told.amountCents,
    currency: told.currency,
  };
  if (!payment || told.currency !== 'cad' || told.amountCents <= 0n) return openReview(tx, 'dispute', about);
  await lockPayment(tx, payment.id);
  const { id, state } = await written(tx, told, { paymentId: payment.id, customerId: payment.customer_id });
  if (told.funds !== null || state === 'lost')
    await takeMoney(tx, told, { id, paymentId: payment.id, about });
  if (told.funds === 'reinstated') await giveBack(tx, told, id);
  return `chargeback ${id}: ${state}`;
}

async function written(
  tx: Tx,
  told: ChargebackTold,
  of: { paymentId: string; customerId: string },
): Promise<{ id: string; state: ChargebackState }> {
  const state = STATES.get(told.state ?? '') ?? 'needs_response';
  const { row, isNew } = await store.chargebackForUpdate(tx.db, {
    payment_id: of.paymentId,
    customer_id: of.customerId,
    amount_cents: told.amountCents,
    reason: told.reason ?? 'general',
    state,
    provider: told.vendor,
    provider_ref: told.ref,
    due_by: told.dueBy,
    opened_at: tx.now,
    moved_at: tx.now,
  });
  const before = row.state as ChargebackState; // held by a check constraint
  if (!isNew && ORDER[state] <= ORDER[before]) return { id: row.id, state: before };
  if (!isNew)
    await store.updateChargeback(tx.db, {
      id: row.id,
      fields: { state, moved_at: tx.now, due_by: told.dueBy ?? row.due_by },
    });
  await tx.tell(paymentsEvents.chargebackMoved, {
    subject: row.id,
    customerId: of.customerId,
    data: {
      state,
      amountCents: Number(row.amount_cents),
      paymentId: of.paymentId,
      reason: row.reason,
    },
  });
  return { id: row.id, state };
}

async function takeMoney(
  tx: Tx,
  told: ChargebackTold,
  { id, paymentId, about }: { id: string; paymentId: string; about: Parameters<typeof openReview>[2] },
): Promise<void> {
  const payment = await lockPayment(tx, paymentId);
  if (!payment || (await store.hasWithdrawn(tx.db, id))) return;
  const leftCents = leftOf(payment);
  const amountCents = told.amountCents < leftCents ? told.amountCents : leftCents;
  if (amountCents > 0n)
    await withdraw(tx, {
      kind: 'chargeback',
      paymentId,
      sourceId: id,
      amountCents,
      on: civilDateOf(tx.now),
    });
  await debitClaimedBack(tx, { paymentId, reason: told.reason ?? 'customer_initiated' });
  // Refunded already, and chargebackd too: what is beyond the payment cannot be put on the customer without a person.
  if (amountCents < told.amountCents) await openReview(tx, 'dispute', about);
}

const giveBack = (tx: Tx, told: ChargebackTold, id: string): Promise<boolean> =>
  reinstate(tx, {
    kind: 'chargeback_reinstated',
    sourceId: id,
    on: civilDateOf(tx.now),
    amountCents: told.amountCents,
  });
