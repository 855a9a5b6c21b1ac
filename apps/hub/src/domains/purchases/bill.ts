import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, supplierBillCan, type OutputOf, type purchasesOperations } from '@gigafibre/contract';
import { isPurchaseAccount, type Bought } from '@gigafibre/ledger';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readApprovalLimits } from '../staff/index.ts';
import * as store from './store.ts';

export type BillDetail = OutputOf<typeof purchasesOperations.readBill>;
export type Bill = OutputOf<typeof purchasesOperations.listBills>['rows'][number];
export type BillState = Bill['state'];

/** States are held to these words by a check constraint. */
export const stateOf = ({ state }: { state: string }): BillState => state as BillState;

/** A bill as lists show it, on a day. */
export const billOf = (row: store.BillRow, now: Date): Bill => ({
  id: row.id,
  supplierId: row.supplier_id,
  supplierName: row.supplier_name,
  number: row.number,
  state: stateOf(row),
  billedOn: row.billed_on,
  dueOn: row.due_on,
  netCents: row.net_cents,
  gstCents: row.gst_cents,
  qstCents: row.qst_cents,
  totalCents: row.total_cents,
  overdue: row.state === 'approved' && row.total_cents > 0n && row.due_on < civilDateOf(now),
  version: row.version,
});

/** A bill that waits for its change, locked. Refused when there is none, or its state does not allow it. */
export async function lockedBill(
  tx: Tx,
  { id, to }: { id: string; to: keyof typeof supplierBillCan },
): Promise<store.LockedBill> {
  const row = await store.billForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  requireState(row, to);
  return row;
}

/** Refuses what the state of a bill does not allow. */
export function requireState(row: store.LockedBill, to: keyof typeof supplierBillCan): void {
  const states: readonly BillState[] = supplierBillCan[to];
  if (states.includes(stateOf(row))) return;
  if (to === 'reverse' && row.payment_id !== null)
    throw new Refusal('supplier_bill_paid', { payment: row.payment_id });
  throw new Refusal('not_in_this_state', { state: row.state, bill: row.id });
}

/** Refuses a change of what somebody else changed since it was looked at. */
export function requireVersion(row: store.LockedBill, version: number): void {
  if (row.version !== version) throw new Refusal('changed_meanwhile');
}

/** A bill as the ledger takes it, on a day of the books. */
export async function boughtOf(
  { db }: Pick<Reading, 'db'>,
  bill: Pick<store.LockedBill, 'id' | 'number' | 'gst_cents' | 'qst_cents' | 'supplier_id'>,
  date: string,
): Promise<Bought> {
  const lines = await store.linesOf(db, bill.id);
  return {
    date,
    id: bill.id,
    memo: `${bill.supplier_id} ${bill.number}`,
    lines: lines.map(({ account, net_cents }) => {
      // Looked at when the line was written.
      if (!isPurchaseAccount(account)) throw new Error(`${bill.id}: account ${account} takes no purchases`);
      return { account, netCents: net_cents };
    }),
    taxes: [
      { tax: 'GST', taxCents: bill.gst_cents },
      { tax: 'QST', taxCents: bill.qst_cents },
    ],
  };
}

type Judged = Readonly<{ total_cents: bigint; written_by_ids: readonly string[] }>;

/**
 * Why somebody may not approve a bill, or null when they may: above the limit it takes the right to approve, and
 * somebody who did not write the draft. The program itself acts under rules already approved.
 */
export async function approvalOf(
  reading: Pick<Reading, 'db' | 'by'>,
  bill: Judged,
): Promise<BillDetail['approval']> {
  const { supplierBillCents: limitCents } = await readApprovalLimits(reading);
  const { kind, id, capabilities } = reading.by;
  const small = sizeOf(bill.total_cents) <= limitCents;
  if (small || kind === 'system' || kind === 'flow') return { refusal: null, limitCents };
  if (!capabilities.has('billing.approve')) return { refusal: 'approval_needed', limitCents };
  const own = id !== null && bill.written_by_ids.includes(writerOf(reading));
  return { refusal: own ? 'own_supplier_bill' : null, limitCents };
}

/** Who wrote, so that two kinds of people with one number are not taken for each other. */
export const writerOf = ({ by }: Pick<Reading, 'by'>): string => `${by.kind}:${by.id ?? ''}`;
export const nameOf = ({ by }: Pick<Reading, 'by'>): string => by.name ?? by.id ?? by.kind;

/** An amount whichever way it goes: a credit of a supplier weighs as much as a bill. */
export const sizeOf = (cents: bigint): bigint => (cents < 0n ? -cents : cents);
