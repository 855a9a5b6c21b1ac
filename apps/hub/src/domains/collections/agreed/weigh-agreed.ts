import { civilDateOf } from '@gigafibre/calendar';
import { collectionsEvents } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import * as store from '../agreed-store.ts';
import { debitFacts, lateInvoices, paidSince } from '../debts-store.ts';

/** Weighs what a customer agreed to against what came: kept, broken, or still to be seen. */
export async function weighAgreed(tx: Tx, customerId: string): Promise<void> {
  const promise = await store.openPromise(tx.db, customerId);
  const arrangement = await store.activeArrangement(tx.db, customerId);
  if (!promise && !arrangement) return;
  const today = civilDateOf(tx.now);
  const { processing } = await debitFacts(tx.db, { customerId, today });
  if (promise) await weighPromise(tx, { promise, today, processing });
  if (arrangement) await weighArrangement(tx, { arrangement, today, processing });
}

/** Kept when that much came since, or nothing is late any more; broken the day after, unless a bank still has it. */
async function weighPromise(
  tx: Tx,
  { promise, today, processing }: { promise: store.PromiseRow; today: string; processing: boolean },
): Promise<void> {
  const { customer_id: customerId, made_at: since, amount_cents, on_date } = promise;
  const paid = await paidSince(tx.db, { customerId, since });
  const late = await lateInvoices(tx.db, { customerId, today, limit: 1 });
  const isKept = paid >= amount_cents || late.length === 0;
  if (isKept) return movePromise(tx, promise, 'kept');
  if (today > on_date && !processing) return movePromise(tx, promise, 'broken');
}

/** Moves an open promise and tells it; gives nothing when it has moved already. */
export async function movePromise(
  tx: Tx,
  promise: store.PromiseRow,
  state: 'kept' | 'broken' | 'cancelled',
): Promise<void> {
  if (!(await store.movePromise(tx.db, { id: promise.id, state, moved_at: tx.now }))) return;
  await tx.tell(collectionsEvents.promiseMoved, {
    subject: promise.id,
    customerId: promise.customer_id,
    data: { state, amountCents: Number(promise.amount_cents), on: promise.on_date },
  });
}

/**
 * Kept when nothing is left of the debts it covers; broken when less of them was paid than the instalments of the days
 * before today ask. A credit counts, a payment that came back does not, and money that older invoices took first does.
 */
async function weighArrangement(
  tx: Tx,
  {
    arrangement,
    today,
    processing,
  }: { arrangement: store.ArrangementRow; today: string; processing: boolean },
): Promise<void> {
  if (arrangement.left_cents === 0n) return moveArrangement(tx, arrangement, 'kept');
  const paid = arrangement.total_cents - arrangement.left_cents;
  const instalments = await store.instalmentsOf(tx.db, [arrangement.id]);
  const due = instalments
    .filter(({ due_on }) => due_on < today)
    .reduce((sum, { amount_cents }) => sum + amount_cents, 0n);
  if (paid < due && !processing) return moveArrangement(tx, arrangement, 'broken');
}

/** Moves an active arrangement and tells it; gives nothing when it has moved already. */
export async function moveArrangement(
  tx: Tx,
  arrangement: Pick<store.ArrangementRow, 'id' | 'customer_id' | 'total_cents'>,
  state: 'kept' | 'broken' | 'cancelled',
): Promise<void> {
  if (!(await store.moveArrangement(tx.db, { id: arrangement.id, state, moved_at: tx.now }))) return;
  await tx.tell(collectionsEvents.arrangementMoved, {
    subject: arrangement.id,
    customerId: arrangement.customer_id,
    data: { state, totalCents: Number(arrangement.total_cents) },
  });
}
