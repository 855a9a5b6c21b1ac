import { Refusal, type billingRunsOperations, type OutputOf, type ParsedOf } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../../platform/db/cursor.ts';
import { readCustomer } from '../../customers/index.ts';
import { keptCauses, shownDifference, type ShownDifference } from '../shown-difference.ts';
import * as invoices from '../store.ts';
import * as reversals from '../run-reversal-store.ts';
import * as store from '../run-store.ts';

export type Run = OutputOf<typeof billingRunsOperations.readRun>;
export type RunCustomer = OutputOf<typeof billingRunsOperations.explainRunDifference>;
type Db = Pick<Reading, 'db'>;

/** One run with what it counts and has done; refused `not_found`. */
export async function readRun({ db }: Db, id: string): Promise<Run> {
  const row = await store.runById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return runOf({ db }, row);
}

/** Runs, newest first, a page at a time. */
export async function listRuns(
  { db }: Db,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ rows: Run[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const rows = await store.runsPage(db, { before, limit });
  const page = pageOf(rows, limit, (last) => cursorOf(last.started_at, last.id));
  const runs: Run[] = [];
  for (const row of page.rows) runs.push(await runOf({ db }, row));
  return { rows: runs, next: page.next };
}

/** What a run bills each customer, what needs a look first, a page at a time. */
export async function listRunCustomers(
  { db }: Db,
  {
    id,
    limit,
    after,
    comparison,
    outcome,
    reversal,
  }: ParsedOf<typeof billingRunsOperations.listRunCustomers>,
): Promise<{ rows: RunCustomer[]; next: string | null }> {
  if (!(await store.runById(db, id))) throw new Refusal('not_found', { what: id });
  const from = readCursor(after, z.tuple([z.string(), keys.id]));
  const rows = await store.runCustomersPage(db, {
    runId: id,
    comparison,
    outcome,
    reversal,
    after: from && [Number(from[0]), from[1]],
    limit,
  });
  const page = pageOf(rows, limit, (last) => cursorOf(String(last.rank), last.customer_id));
  return { next: page.next, rows: page.rows.map((row) => customerOf(row, row.name)) };
}

/** One customer of a run. */
export async function runCustomerOf(
  { db }: Db,
  key: { runId: string; customerId: string },
): Promise<RunCustomer> {
  const row = await store.runCustomerForUpdate(db, key);
  if (!row) throw new Refusal('not_found', { what: key.customerId });
  return customerOf(row, (await readCustomer({ db }, key.customerId)).name);
}

/** Why an invoice is not as the one before, as it is printed on it; nothing to tell when it is, or when no run issued it. */
export async function invoiceDifference(
  reading: Db,
  { id, customerId }: { id: string; customerId?: string },
): Promise<ShownDifference> {
  const row = await invoices.invoiceById(reading.db, id);
  if (!row || (customerId !== undefined && row.customer_id !== customerId))
    throw new Refusal('not_found', { what: id });
  return shownDifference(reading, id);
}

const customerOf = (row: store.RunCustomerRow, name: string): RunCustomer => ({
  customerId: row.customer_id,
  customerName: name,
  // Unions are held by check constraints.
  comparison: row.comparison as RunCustomer['comparison'],
  totalCents: row.total_cents,
  beforeCents: row.before_cents,
  causes: keptCauses(row.causes),
  explanation: row.explanation,
  explanationShown: row.explanation_shown,
  explainedBy: row.explained_by,
  outcome: row.outcome as RunCustomer['outcome'],
  invoiceId: row.invoice_id,
  creditNoteId: row.credit_note_id ?? row.reversal_note_id,
  reversal: row.reversal as RunCustomer['reversal'],
  problem: row.problem,
});

async function reversalOf({ db }: Db, runId: string) {
  const { to_reverse: toReverse, reversed, kept } = await reversals.reversalSums(db, runId);
  return { toReverse, reversed, keptFromReversal: kept };
}

async function runOf({ db }: Db, row: store.RunRow): Promise<Run> {
  const sums = await store.sumsOf(db, row.id);
  return {
    id: row.id,
    state: row.state as Run['state'],
    through: row.through,
    issuedOn: row.issued_on,
    startedAt: row.started_at,
    startedBy: row.started_by,
    approvedAt: row.approved_at,
    approvedBy: row.approved_by,
    finishedAt: row.finished_at,
    customers: sums.customers,
    same: sums.same,
    differs: sums.differs,
    unexplained: sums.unexplained,
    explained: sums.explained,
    totalCents: sums.total,
    beforeCents: sums.before,
    done: sums.done,
    invoices: sums.invoices,
    changed: sums.changed,
    invoicedCents: sums.invoiced,
    reversedAt: row.reversed_at,
    reversedBy: row.reversed_by,
    reversalReason: row.reversal_reason,
    ...(await reversalOf({ db }, row.id)),
    warnings: await store.warningsOf(db, row.id),
  };
}
