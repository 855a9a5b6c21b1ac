import {
  readFields,
  Refusal,
  type OutputOf,
  type ParsedOf,
  type purchasesOperations,
} from '@gigafibre/contract';
import { CHART, isPurchaseAccount } from '@gigafibre/ledger';
import { sumCents } from '@gigafibre/money';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { taxRates } from '../../platform/rules.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { billTaxes, taxTolerance, type BoughtLine } from './bill-taxes.ts';
import { approvalOf, billOf, type Bill, type BillDetail } from './bill.ts';
import { methodOf } from './pay-bills.ts';
import * as payments from './payment-store.ts';
import * as store from './store.ts';

/** Bills newest first, a page at a time. */
export async function listBills(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  { after, search = '', ...filter }: ParsedOf<typeof purchasesOperations.listBills>,
): Promise<{ rows: Bill[]; next: string | null }> {
  const rows = await store.billsPage(db, {
    ...filter,
    search,
    before: readCursor(after, z.tuple([keys.instant, keys.id])),
  });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.entered_at, last.id));
  return { next: page.next, rows: page.rows.map((row) => billOf(row, now)) };
}

/** One bill with all there is to know of it; refused `not_found`. */
export async function readBill(reading: Reading, id: string): Promise<BillDetail> {
  const { db } = reading;
  const row = await store.billById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  const lines = (await store.linesOf(db, id)).map(lineOf);
  return {
    ...billOf(row, reading.now),
    lines,
    computed: billTaxes({ billedOn: row.billed_on, lines, rates: await taxRates(db) }),
    note: row.note,
    // Held to these words by a check constraint.
    source: row.source as BillDetail['source'],
    read: row.read === null ? null : readFields.parse(row.read),
    ...actsOf(row),
    payment: await paymentOf(reading, row.payment_id),
    files: (await store.filesOf(db, id)).map(({ size_bytes, ...file }) => ({
      ...file,
      sizeBytes: size_bytes,
    })),
    approval: await approvalOf(reading, row),
  };
}

/** The taxes of some lines on a day, before anything is written down. */
export async function computeTaxes(
  { db }: Pick<Reading, 'db'>,
  { billedOn, lines }: ParsedOf<typeof purchasesOperations.computeTaxes>,
): Promise<OutputOf<typeof purchasesOperations.computeTaxes>> {
  const taxes = billTaxes({ billedOn, lines, rates: await taxRates(db) });
  const netCents = sumCents(lines.map((line) => line.netCents));
  return {
    ...taxes,
    netCents,
    totalCents: netCents + taxes.gstCents + taxes.qstCents,
    toleranceCents: taxTolerance(lines, 'GST'),
  };
}

function lineOf(row: store.BillLineRow): BillDetail['lines'][number] {
  const { account } = row;
  if (!isPurchaseAccount(account)) throw new Error(`${row.bill_id}: account ${account} takes no purchases`);
  return {
    account: { number: account, nameFr: CHART[account].fr, nameEn: CHART[account].en },
    description: row.description,
    netCents: row.net_cents,
    // Held to these words by a check constraint.
    tax: row.tax as BoughtLine['tax'],
  };
}

function actsOf(row: store.BillRow): Pick<BillDetail, 'entered' | 'approved' | 'reversed'> {
  const { booked_on, approved_at, approved_by, reversed_on, reversed_at, reversed_by, reversed_reason } = row;
  return {
    entered: { at: row.entered_at, by: row.entered_by },
    approved:
      booked_on === null || approved_at === null || approved_by === null
        ? null
        : { at: approved_at, by: approved_by, bookedOn: booked_on },
    reversed:
      reversed_on === null || reversed_at === null || reversed_by === null || reversed_reason === null
        ? null
        : { at: reversed_at, by: reversed_by, on: reversed_on, reason: reversed_reason },
  };
}

async function paymentOf(
  { db }: Pick<Reading, 'db'>,
  paymentId: string | null,
): Promise<BillDetail['payment']> {
  const row = paymentId === null ? undefined : await payments.paymentById(db, paymentId);
  if (!row) return null;
  return {
    id: row.id,
    paidOn: row.paid_on,
    method: methodOf(row),
    reference: row.reference,
    amountCents: row.amount_cents,
  };
}
