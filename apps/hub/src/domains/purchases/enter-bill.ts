import { addDays } from '@gigafibre/calendar';
import { purchasesEvents, Refusal, type ParsedOf, type purchasesOperations } from '@gigafibre/contract';
import { isPurchaseAccount } from '@gigafibre/ledger';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../platform/acting.ts';
import { taxRates } from '../../platform/rules.ts';
import { json, lockFor } from '../../platform/transact.ts';
import { taxesOnPaper } from './bill-taxes.ts';
import { lockedBill, nameOf, requireVersion, writerOf, type BillDetail } from './bill.ts';
import { readBill } from './read-bills.ts';
import { readSupplier } from './read-suppliers.ts';
import * as store from './store.ts';

export type NewBill = ParsedOf<typeof purchasesOperations.enterBill>;
type ChangedBill = ParsedOf<typeof purchasesOperations.changeBill>;
type Written = Omit<NewBill, 'source' | 'read'>;

/**
 * Enters a bill as a draft: nothing is owed yet. Refused for a number of this supplier that is entered already,
 * a total of nothing, taxes too far from the rules, accounts that take no purchases, another currency.
 */
export async function enterBill(tx: Tx, { source, read, ...bill }: NewBill): Promise<BillDetail> {
  const fields = await fieldsOf(tx, bill);
  await refuseKnown(tx, bill);
  const { id } = await store.insertBill(tx.db, {
    ...fields,
    source,
    read: read === null ? null : json(read),
    entered_at: tx.now,
    entered_by: nameOf(tx),
    written_by_ids: [writerOf(tx)],
  });
  return written(tx, { id, bill, event: 'billEntered' });
}

/** Changes a draft; who changes it has written it too, and does not approve it above the limit. */
export async function changeBill(tx: Tx, { id, version, ...bill }: ChangedBill): Promise<BillDetail> {
  const row = await lockedBill(tx, { id, to: 'change' });
  requireVersion(row, version);
  const fields = await fieldsOf(tx, bill);
  await refuseKnown(tx, bill, id);
  await store.updateBill(tx.db, {
    id,
    fields: {
      ...fields,
      version: version + 1,
      written_by_ids: [...new Set([...row.written_by_ids, writerOf(tx)])],
    },
  });
  return written(tx, { id, bill, event: 'billChanged' });
}

async function fieldsOf(tx: Tx, bill: Written) {
  if (bill.currency !== 'CAD') throw new Refusal('supplier_bill_currency', { currency: bill.currency });
  for (const { account } of bill.lines)
    if (!isPurchaseAccount(account)) throw new Refusal('supplier_bill_account', { account });
  const { termsDays } = await readSupplier(tx, bill.supplierId);
  const { gstCents, qstCents } = taxesOnPaper({ ...bill, rates: await taxRates(tx.db) }, bill);
  const netCents = sumCents(bill.lines.map((line) => line.netCents));
  const totalCents = netCents + gstCents + qstCents;
  if (totalCents === 0n) throw new Refusal('supplier_bill_empty');
  return {
    supplier_id: bill.supplierId,
    number: bill.number,
    billed_on: bill.billedOn,
    due_on: bill.dueOn ?? addDays(bill.billedOn, termsDays),
    net_cents: netCents,
    gst_cents: gstCents,
    qst_cents: qstCents,
    total_cents: totalCents,
    note: bill.note,
  };
}

/** A number is looked for, then given: one at a time for a supplier. */
async function refuseKnown(tx: Tx, { supplierId, number }: Written, own?: string): Promise<void> {
  await lockFor(tx, `purchases.numbers:${supplierId}`);
  const known = await store.liveBillNumbered(tx.db, { supplierId, number });
  if (known && known.id !== own) throw new Refusal('supplier_bill_known', { number, bill: known.id });
}

async function written(
  tx: Tx,
  { id, bill, event }: { id: string; bill: Written; event: 'billEntered' | 'billChanged' },
): Promise<BillDetail> {
  await store.putLines(
    tx.db,
    id,
    bill.lines.map(({ account, description, netCents, tax }) => ({
      account,
      description,
      net_cents: netCents,
      tax,
    })),
  );
  const detail = await readBill(tx, id);
  const { supplierId, totalCents, number } = detail;
  await tx.tell(purchasesEvents[event], {
    subject: id,
    data: { supplierId, totalCents: Number(totalCents), number },
  });
  return detail;
}
