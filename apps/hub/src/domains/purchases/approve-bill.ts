import { civilDateOf } from '@gigafibre/calendar';
import { purchasesEvents, Refusal, type ParsedOf, type purchasesOperations } from '@gigafibre/contract';
import { supplierBillEntry } from '@gigafibre/ledger';
import { TAX_NAMES } from '@gigafibre/money';
import type { Tx } from '../../platform/acting.ts';
import { post } from '../ledger/index.ts';
import { approvalOf, boughtOf, lockedBill, nameOf, requireVersion, sizeOf, type BillDetail } from './bill.ts';
import { readBill } from './read-bills.ts';
import { readSupplier } from './read-suppliers.ts';
import * as store from './store.ts';

/**
 * From this total, taxes included, whoever claims a tax back must hold the supplier's registration number
 * (Input Tax Credit Information Regulations; the QST follows it).
 */
const NUMBER_FROM_CENTS = 10_000n;

/**
 * Approves a draft as it was looked at, and posts it: from now on it is owed and its taxes are claimed. Refused
 * above the limit to who may not approve or wrote it, without the numbers a claim needs, and for a day of the
 * books before the paper or after today.
 */
export async function approveBill(
  tx: Tx,
  asked: ParsedOf<typeof purchasesOperations.approveBill>,
): Promise<BillDetail> {
  const { id, version } = asked;
  const row = await lockedBill(tx, { id, to: 'approve' });
  requireVersion(row, version);
  const bookedOn = asked.bookedOn ?? row.billed_on;
  const today = civilDateOf(tx.now);
  if (bookedOn < row.billed_on || bookedOn > today)
    throw new Refusal('supplier_bill_day', { from: row.billed_on, to: today });
  const { refusal, limitCents } = await approvalOf(tx, row);
  if (refusal !== null) throw new Refusal(refusal, { limitCents: Number(limitCents) });
  await requireNumbers(tx, row);
  await store.updateBill(tx.db, {
    id,
    fields: {
      state: 'approved',
      booked_on: bookedOn,
      approved_at: tx.now,
      approved_by: nameOf(tx),
      version: version + 1,
    },
  });
  await post(tx, supplierBillEntry(await boughtOf(tx, row, bookedOn)));
  await tx.tell(purchasesEvents.billApproved, {
    subject: id,
    data: { supplierId: row.supplier_id, totalCents: Number(row.total_cents), bookedOn },
  });
  return readBill(tx, id);
}

/** What a tax office asks to see before it gives a tax back. */
async function requireNumbers(tx: Tx, row: store.LockedBill): Promise<void> {
  if (sizeOf(row.total_cents) < NUMBER_FROM_CENTS) return;
  const { gstNumber, qstNumber } = await readSupplier(tx, row.supplier_id);
  const missing = [
    { tax: 'GST' as const, cents: row.gst_cents, number: gstNumber },
    { tax: 'QST' as const, cents: row.qst_cents, number: qstNumber },
  ].find(({ cents, number }) => cents !== 0n && number === null);
  if (missing)
    throw new Refusal('supplier_tax_number', {
      taxFr: TAX_NAMES[missing.tax].fr,
      taxEn: TAX_NAMES[missing.tax].en,
      fromCents: Number(NUMBER_FROM_CENTS),
    });
}
