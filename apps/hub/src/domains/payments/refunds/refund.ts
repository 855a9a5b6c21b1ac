import { paymentsEvents, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import type { RefundRow } from '../refund-store.ts';
import * as store from '../refund-store.ts';

export type Refund = OutputOf<typeof paymentsOperations.refundPayment>;
export type RefundState = Refund['state'];

/** States from which a provider's word may still move a refund; a failure may come even after success. */
export const MOVABLE: ReadonlySet<string> = new Set(['sending', 'pending', 'succeeded']);

/** A row as the noun; states, destinations and reasons are held by check constraints. */
export const refundOf = (row: RefundRow): Refund => ({
  id: row.id,
  paymentId: row.payment_id,
  customerId: row.customer_id,
  customerName: row.customer_name,
  amountCents: row.amount_cents,
  destination: row.destination as Refund['destination'],
  state: row.state as RefundState,
  reason: row.reason as Refund['reason'],
  note: row.note,
  reference: row.reference ?? row.provider_ref,
  failure: row.failure,
  askedAt: row.asked_at,
  askedBy: row.asked_by,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
});

/** Writes where a refund stands now, and tells it. */
export async function moveRefund(
  tx: Tx,
  id: string,
  { state, ...fields }: { state: RefundState } & Parameters<typeof store.updateRefund>[1]['fields'],
): Promise<void> {
  await store.updateRefund(tx.db, { id, fields: { ...fields, state, moved_at: tx.now } });
  const row = await store.refundById(tx.db, id);
  if (!row) throw new Error(`no refund ${id}`);
  const { amountCents, destination, paymentId } = refundOf(row);
  await tx.tell(paymentsEvents.refundMoved, {
    subject: id,
    customerId: row.customer_id,
    data: { state, amountCents: Number(amountCents), destination, paymentId },
  });
}
