import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { RunCustomerRow, RunRow } from './run-store.ts';

/** Says that a run is being taken back as a whole, by whom and why. */
export const markReversing = (
  db: Db,
  { id, at, by, reason }: { id: string; at: Date; by: string; reason: string },
): Promise<RunRow> =>
  db
    .updateTable('billing.runs')
    .set({ state: 'reversing', reversed_at: at, reversed_by: by, reversal_reason: reason })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** The next customers whose invoice a reversal has not dealt with, by number, after one. */
export const customersToReverse = (
  db: Db,
  { runId, after, limit }: { runId: string; after: string; limit: number },
): Promise<RunCustomerRow[]> =>
  db
    .selectFrom('billing.run_customers')
    .selectAll()
    .where('run_id', '=', runId)
    .where('reversal', 'is', null)
    .where('outcome', 'in', ['invoiced', 'credited'])
    .where('customer_id', '>', after)
    .orderBy('customer_id')
    .limit(limit)
    .forUpdate()
    .execute();

/** How one customer was dealt with by a reversal. */
export const putReversal = (
  db: Db,
  row: { runId: string; customerId: string; reversal: string; noteId: string | null; problem: string | null },
): Promise<unknown> =>
  db
    .updateTable('billing.run_customers')
    .set({ reversal: row.reversal, reversal_note_id: row.noteId, problem: row.problem })
    .where('run_id', '=', row.runId)
    .where('customer_id', '=', row.customerId)
    .execute();

export type ReversalSums = Readonly<{ to_reverse: number; reversed: number; kept: number }>;

/** How far a reversal is: documents there are, dealt with, and left as they are. */
export async function reversalSums(db: Db, runId: string): Promise<ReversalSums> {
  const { rows } = await sql<ReversalSums>`
    select count(*) filter (where outcome in ('invoiced', 'credited'))::int as to_reverse,
           count(reversal)::int as reversed,
           count(*) filter (where reversal not in ('credited', 'undone'))::int as kept
      from billing.run_customers where run_id = ${runId}`.execute(db);
  const sums = rows[0];
  if (!sums) throw new Error('a sum gave no row');
  return sums;
}
