import { civilDateOf } from '@gigafibre/calendar';
import type { Tx } from '../../../platform/acting.ts';
import * as store from '../refund-store.ts';
import { openReview } from '../review.ts';
import { paymentByProviderRef } from '../store.ts';
import { leftOf, lockPayment, reinstate, withdraw } from '../withdraw.ts';
import { MOVABLE, moveRefund, type RefundState } from './refund.ts';

/** A provider's word for a refund in ours; `requires_action` is a bank still to be convinced. */
export type Reported = 'pending' | 'succeeded' | 'failed';
const REPORTED: ReadonlyMap<string, Reported> = new Map([
  ['pending', 'pending'],
  ['requires_action', 'pending'],
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

/** Which word comes after which: what is heard late and out of order changes nothing. */
const ORDER: Readonly<Record<string, number>> = { sending: 0, pending: 1, succeeded: 2, failed: 3 };

/**
 * Writes what became of a refund at the provider. A refund that failed is money here again: the customer's credit.
 * Gives in a word what was done.
 */
export async function settleRefund(
  tx: Tx,
  told: { id: string; vendor: string; ref: string | null; state: Reported; failure: string | null },
): Promise<string> {
  const known = await store.refundById(tx.db, told.id);
  // A credit paid out by hand is of no payment, and no provider speaks of it.
  if (!known?.payment_id || !(await lockPayment(tx, known.payment_id))) return 'no such refund';
  const row = await store.refundForUpdate(tx.db, told.id);
  if (!row || !MOVABLE.has(row.state)) return `left as it was: ${row?.state ?? 'gone'}`;
  if ((ORDER[told.state] ?? 0) <= (ORDER[row.state] ?? 0)) return `left as it was: ${row.state}`;
  await moveRefund(tx, row.id, {
    state: told.state satisfies RefundState,
    provider_ref: row.provider_ref ?? told.ref,
    failure: told.failure,
    look_at: null,
  });
  if (told.state === 'failed')
    await reinstate(tx, { kind: 'refund_failed', sourceId: row.id, on: civilDateOf(tx.now) });
  return `refund ${row.id}: ${told.state}`;
}

export type RefundTold = Readonly<{
  vendor: string;
  ref: string;
  /** The provider's word. */
  state: string | null;
  paymentRef: string | null;
  /** Ours, from the metadata; believed only when there is such a refund of that payment. */
  refundId: string | null;
  amountCents: bigint;
  currency: string;
  failure: string | null;
}>;

/**
 * A refund as the provider's webhook tells it. One we asked for moves; one made on the provider's own site is taken
 * over and shown to a person; one of a payment we do not have, or larger than it, only a person can place.
 */
export async function refundReported(tx: Tx, told: RefundTold): Promise<string> {
  const { vendor, ref, paymentRef } = told;
  const payment =
    paymentRef === null
      ? undefined
      : await paymentByProviderRef(tx.db, { provider: vendor, ref: paymentRef });
  if (payment) await lockPayment(tx, payment.id);
  const state = REPORTED.get(told.state ?? '') ?? 'pending';
  const ours = await ourRefund(tx, told, payment?.id);
  if (ours !== undefined) return settleRefund(tx, { id: ours, vendor, ref, state, failure: told.failure });
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
  if (state === 'failed') return 'failed elsewhere';
  const locked = payment && (await lockPayment(tx, payment.id));
  if (locked && told.currency === 'cad' && told.amountCents > 0n && told.amountCents <= leftOf(locked))
    await takeOver(tx, told, { paymentId: locked.id, customerId: locked.customer_id, state });
  return openReview(tx, 'refund', about);
}

async function ourRefund(
  tx: Tx,
  { vendor, ref, refundId }: RefundTold,
  paymentId: string | undefined,
): Promise<string | undefined> {
  const named = refundId === null ? undefined : await store.refundById(tx.db, refundId);
  if (named && named.payment_id === paymentId && (named.provider_ref ?? ref) === ref) return named.id;
  return (await store.refundByProviderRef(tx.db, { provider: vendor, ref }))?.id;
}

async function takeOver(
  tx: Tx,
  told: RefundTold,
  { paymentId, customerId, state }: { paymentId: string; customerId: string; state: Reported },
): Promise<void> {
  const id = await store.newRefundId(tx.db);
  await store.insertRefund(tx.db, {
    id,
    payment_id: paymentId,
    customer_id: customerId,
    amount_cents: told.amountCents,
    destination: 'method',
    state,
    reason: 'made_at_provider',
    provider: told.vendor,
    provider_ref: told.ref,
    idempotency_key: `${told.vendor}-${told.ref}`,
    asked_at: tx.now,
    asked_by: told.vendor,
    moved_at: tx.now,
  });
  await withdraw(tx, {
    kind: 'refund',
    paymentId,
    sourceId: id,
    amountCents: told.amountCents,
    on: civilDateOf(tx.now),
  });
  await moveRefund(tx, id, { state });
}
