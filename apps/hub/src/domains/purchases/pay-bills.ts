import { addDays, civilDateOf } from '@gigafibre/calendar';
import {
  purchasesEvents,
  Refusal,
  type OutputOf,
  type ParsedOf,
  type purchasesOperations,
} from '@gigafibre/contract';
import { supplierPaymentEntry, supplierPaymentReversalEntry } from '@gigafibre/ledger';
import { sumCents } from '@gigafibre/money';
import type { Reading, Tx } from '../../platform/acting.ts';
import { post } from '../ledger/index.ts';
import { nameOf, requireState } from './bill.ts';
import * as payments from './payment-store.ts';
import { readSupplier } from './read-suppliers.ts';
import * as store from './store.ts';

export type SupplierPayment = OutputOf<typeof purchasesOperations.payBills>;

/** A payment may come before its bill, by card or in advance, but not by longer than this. */
const BEFORE_BILL_DAYS_MAX = 90;

/**
 * Writes down that approved bills of one supplier were paid together, its credits taken off. A negative sum came
 * in; credits that cover the bills move nothing. Refused for a bill that is not approved, of another supplier or
 * named twice, and for a day to come or long before the bills.
 */
export async function payBills(
  tx: Tx,
  asked: ParsedOf<typeof purchasesOperations.payBills>,
): Promise<SupplierPayment> {
  const { supplierId, billIds, paidOn, method, reference } = asked;
  await readSupplier(tx, supplierId);
  const bills = await store.billsForUpdate(tx.db, billIds);
  for (const [index, id] of billIds.entries()) {
    const bill = bills.find((row) => row.id === id);
    if (!bill) throw new Refusal('not_found', { what: id });
    if (bill.supplier_id !== supplierId || billIds.indexOf(id) !== index)
      throw new Refusal('supplier_bills_mixed', { bill: id });
    requireState(bill, 'pay');
  }
  requireDay(paidOn, { bills, today: civilDateOf(tx.now) });
  const amountCents = sumCents(bills.map((bill) => bill.total_cents));
  const payment = await payments.insertPayment(
    tx.db,
    {
      supplier_id: supplierId,
      paid_on: paidOn,
      method,
      reference,
      amount_cents: amountCents,
      at: tx.now,
      by: nameOf(tx),
    },
    bills,
  );
  for (const { id, version } of bills)
    await store.updateBill(tx.db, {
      id,
      fields: { state: 'paid', payment_id: payment.id, version: version + 1 },
    });
  const entry = supplierPaymentEntry(documentOf(payment, paidOn));
  if (entry) await post(tx, entry);
  await tx.tell(purchasesEvents.billsPaid, {
    subject: payment.id,
    data: { supplierId, amountCents: Number(amountCents), bills: billIds },
  });
  return readPayment(tx, payment.id);
}

/** Takes a payment back, today: its bills are owed again. Refused when it was taken back already. */
export async function reversePayment(
  tx: Tx,
  { id, reason }: ParsedOf<typeof purchasesOperations.reverseSupplierPayment>,
): Promise<SupplierPayment> {
  const payment = await payments.paymentById(tx.db, id);
  if (!payment) throw new Refusal('not_found', { what: id });
  const bills = await store.billsForUpdate(tx.db, await payments.billsOfPayment(tx.db, id));
  const on = civilDateOf(tx.now);
  const reversal = { payment_id: id, on_date: on, reason, at: tx.now, by: nameOf(tx) };
  if (!(await payments.insertReversal(tx.db, reversal)))
    throw new Refusal('not_in_this_state', { payment: id });
  for (const { id: billId, version } of bills)
    await store.updateBill(tx.db, {
      id: billId,
      fields: { state: 'approved', payment_id: null, version: version + 1 },
    });
  const entry = supplierPaymentReversalEntry(documentOf(payment, on));
  if (entry) await post(tx, entry);
  await tx.tell(purchasesEvents.supplierPaymentReversed, {
    subject: id,
    data: { supplierId: payment.supplier_id, amountCents: Number(payment.amount_cents), reason },
  });
  return readPayment(tx, id);
}

async function readPayment({ db }: Pick<Reading, 'db'>, id: string): Promise<SupplierPayment> {
  const [row, billIds, reversal] = [
    await payments.paymentById(db, id),
    await payments.billsOfPayment(db, id),
    await payments.reversalOf(db, id),
  ];
  if (!row) throw new Error(`no payment ${id}`);
  return {
    id,
    supplierId: row.supplier_id,
    paidOn: row.paid_on,
    method: methodOf(row),
    reference: row.reference,
    amountCents: row.amount_cents,
    billIds,
    reversed: reversal ? { at: reversal.at, by: reversal.by, reason: reversal.reason } : null,
  };
}

/** Methods are held to these words by a check constraint. */
export const methodOf = ({ method }: { method: string }): SupplierPayment['method'] =>
  method as SupplierPayment['method'];

function requireDay(
  paidOn: string,
  { bills, today }: { bills: readonly Pick<store.LockedBill, 'billed_on'>[]; today: string },
): void {
  const earliest = bills.map((bill) => bill.billed_on).toSorted()[0] ?? today;
  const from = addDays(earliest, -BEFORE_BILL_DAYS_MAX);
  if (paidOn < from || paidOn > today) throw new Refusal('supplier_payment_day', { from, to: today });
}

const documentOf = (payment: payments.PaymentRow, date: string) => ({
  date,
  id: payment.id,
  memo: `${payment.supplier_id} ${payment.reference ?? payment.method}`,
  amountCents: payment.amount_cents,
});
