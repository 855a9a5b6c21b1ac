import { civilDateOf } from '@gigafibre/calendar';
import { purchasesEvents, Refusal, type ParsedOf, type purchasesOperations } from '@gigafibre/contract';
import { supplierBillReversalEntry } from '@gigafibre/ledger';
import type { Tx } from '../../platform/acting.ts';
import { post } from '../ledger/index.ts';
import { requireApproval } from '../staff/index.ts';
import { boughtOf, lockedBill, nameOf, sizeOf, type BillDetail } from './bill.ts';
import { readBill } from './read-bills.ts';
import * as store from './store.ts';

/**
 * Takes a bill back, today: an approved one by the opposite entry, a draft by setting it aside. Both stay on
 * record, and the number may be entered again. Refused while it is paid, and above the limit without the right.
 */
export async function reverseBill(
  tx: Tx,
  { id, reason }: ParsedOf<typeof purchasesOperations.reverseBill>,
): Promise<BillDetail> {
  const row = await lockedBill(tx, { id, to: 'reverse' });
  const on = civilDateOf(tx.now);
  if (row.state === 'approved') {
    await requireApproval(tx, { what: 'supplierBillCents', amountCents: sizeOf(row.total_cents) });
    if (row.booked_on === null) throw new Error(`${id} is approved on no day`);
    // The clock of the house only moves forward; a reversal never stands before what it undoes.
    if (on < row.booked_on) throw new Refusal('supplier_bill_day', { from: row.booked_on, to: on });
    await post(tx, supplierBillReversalEntry(await boughtOf(tx, row, on)));
  }
  await store.updateBill(tx.db, {
    id,
    fields: {
      state: 'reversed',
      reversed_on: on,
      reversed_at: tx.now,
      reversed_by: nameOf(tx),
      reversed_reason: reason,
      version: row.version + 1,
    },
  });
  await tx.tell(purchasesEvents.billReversed, {
    subject: id,
    data: { supplierId: row.supplier_id, totalCents: Number(row.total_cents), reason },
  });
  return readBill(tx, id);
}
