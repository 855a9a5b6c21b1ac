import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { insertMany, type JsonRow } from '../../platform/db/insert-many.ts';
import type { BillingRunCustomers, BillingRuns } from '../../platform/db/types.ts';

export type RunRow = Selectable<BillingRuns>;
export type RunCustomerRow = Selectable<BillingRunCustomers>;

export const insertRun = (db: Db, row: Insertable<BillingRuns>): Promise<RunRow> =>
  db.insertInto('billing.runs').values(row).returningAll().executeTakeFirstOrThrow();

export const openRun = (db: Db): Promise<RunRow | undefined> =>
  db
    .selectFrom('billing.runs')
    .selectAll()
    .where('state', 'in', ['counting', 'counted', 'issuing', 'reversing'])
    .executeTakeFirst();

/** How far the runs that were issued and not taken back have billed; undefined before the first. */
export async function lastThrough(db: Db): Promise<string | undefined> {
  const last = await db
    .selectFrom('billing.runs')
    .select('through')
    .where('state', '=', 'issued')
    .orderBy('through', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.through;
}

export const runById = (db: Db, id: string): Promise<RunRow | undefined> =>
  db.selectFrom('billing.runs').selectAll().where('id', '=', id).executeTakeFirst();

export const runForUpdate = (db: Db, id: string): Promise<RunRow | undefined> =>
  db.selectFrom('billing.runs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const updateRun = (
  db: Db,
  id: string,
  set: Partial<Pick<RunRow, 'state' | 'issued_on' | 'approved_by' | 'reason'>> & {
    approved_at?: Date;
    finished_at?: Date;
  },
): Promise<RunRow> =>
  db.updateTable('billing.runs').set(set).where('id', '=', id).returningAll().executeTakeFirstOrThrow();

/** Newest first, one more than the page. */
export const runsPage = (
  db: Db,
  { before, limit }: { before: readonly [at: string, id: string] | undefined; limit: number },
): Promise<RunRow[]> =>
  db
    .selectFrom('billing.runs')
    .selectAll()
    .$if(before !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.refTuple('started_at', 'id'), '<', eb.tuple(before?.[0] ?? '', before?.[1] ?? '')),
      ),
    )
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();

export type RunSums = Readonly<{
  customers: number;
  same: number;
  differs: number;
  unexplained: number;
  explained: number;
  total: bigint;
  before: bigint;
  done: number;
  invoices: number;
  changed: number;
  invoiced: bigint;
}>;

/** What a run counts and has done. */
export async function sumsOf(db: Db, runId: string): Promise<RunSums> {
  const { rows } = await sql<RunSums>`
    select count(*)::int as customers,
           count(*) filter (where comparison = 'same')::int as same,
           count(*) filter (where comparison = 'differs')::int as differs,
           count(*) filter (where comparison = 'unexplained')::int as unexplained,
           count(*) filter (where comparison = 'explained')::int as explained,
           coalesce(sum(total_cents), 0)::bigint as total,
           coalesce(sum(before_cents), 0)::bigint as before,
           count(outcome)::int as done,
           count(invoice_id)::int as invoices,
           count(*) filter (where outcome = 'changed')::int as changed,
           coalesce(sum(total_cents) filter (where invoice_id is not null), 0)::bigint as invoiced
      from billing.run_customers where run_id = ${runId}`.execute(db);
  const sums = rows[0];
  if (!sums) throw new Error('a sum gave no row');
  return sums;
}

export type RunWarnings = Readonly<{
  severalCycles: number;
  ownAmounts: number;
  largeChanges: number;
  zero: number;
  missing: number;
}>;

/** How many customers of a run have what a person should look at before it is issued. */
export async function warningsOf(db: Db, runId: string): Promise<RunWarnings> {
  const having = (kind: string) =>
    sql`count(*) filter (where causes @> ${`[{"kind":"${kind}"}]`}::jsonb)::int`;
  const { rows } = await sql<RunWarnings>`
    select ${having('several_cycles')} as "severalCycles", ${having('own_amount')} as "ownAmounts",
           ${having('zero')} as zero, ${having('missing')} as missing,
           count(*) filter (where abs(total_cents - before_cents) * 10 > abs(before_cents) * 3)::int as "largeChanges"
      from billing.run_customers where run_id = ${runId}`.execute(db);
  const warnings = rows[0];
  if (!warnings) throw new Error('a count gave no row');
  return warnings;
}

export const insertRunCustomers = (db: Db, rows: readonly JsonRow[]): Promise<unknown> =>
  insertMany(db, 'billing.run_customers', { rows });

/** What needs a look first: unexplained, explained, different, same; then by number. One more than the page. */
export async function runCustomersPage(
  db: Db,
  page: {
    runId: string;
    comparison?: string | undefined;
    outcome?: string | undefined;
    reversal?: string | undefined;
    after: readonly [rank: number, id: string] | undefined;
    limit: number;
  },
): Promise<(RunCustomerRow & { rank: number; name: string })[]> {
  const [rank, id] = page.after ?? [0, ''];
  const { rows } = await sql<RunCustomerRow & { rank: number; name: string }>`
    select * from (
      select r.*, c.name, array_position(array['unexplained', 'explained', 'differs', 'same'], r.comparison) as rank
        from billing.run_customers r join customers.customers c on c.id = r.customer_id
       where r.run_id = ${page.runId}
         and (${page.comparison ?? null}::text is null or r.comparison = ${page.comparison ?? null})
         and (${page.outcome ?? null}::text is null or r.outcome = ${page.outcome ?? null})
         and (${page.reversal ?? null}::text is null or r.reversal = ${page.reversal ?? null}
              or (${page.reversal ?? null} = 'kept' and r.reversal not in ('credited', 'undone')))) ranked
     where (rank, customer_id) > (${rank}, ${id})
     order by rank, customer_id limit ${page.limit + 1}`.execute(db);
  return rows;
}

export const runCustomerForUpdate = (
  db: Db,
  { runId, customerId }: { runId: string; customerId: string },
): Promise<RunCustomerRow | undefined> =>
  db
    .selectFrom('billing.run_customers')
    .selectAll()
    .where('run_id', '=', runId)
    .where('customer_id', '=', customerId)
    .forUpdate()
    .executeTakeFirst();

export const explain = (
  db: Db,
  row: { runId: string; customerId: string; explanation: string; shown: boolean; by: string },
): Promise<unknown> =>
  db
    .updateTable('billing.run_customers')
    .set({
      comparison: 'explained',
      explanation: row.explanation,
      explanation_shown: row.shown,
      explained_by: row.by,
    })
    .where('run_id', '=', row.runId)
    .where('customer_id', '=', row.customerId)
    .execute();

/** The next customers an approved run has not dealt with, by number, after one. */
export async function customersToDo(
  db: Db,
  { runId, after, limit }: { runId: string; after: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('billing.run_customers')
    .select('customer_id')
    .where('run_id', '=', runId)
    .where('outcome', 'is', null)
    .where('customer_id', '>', after)
    .orderBy('customer_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.customer_id);
}

/** Those of some customers whom nobody else has dealt with by now, their rows locked, always in the same order. */
export const stillToDo = (
  db: Db,
  { runId, customerIds }: { runId: string; customerIds: readonly string[] },
): Promise<RunCustomerRow[]> =>
  db
    .selectFrom('billing.run_customers')
    .selectAll()
    .where('run_id', '=', runId)
    .where('customer_id', '=', sql<string>`any(${customerIds}::text[])`)
    .where('outcome', 'is', null)
    .orderBy('customer_id')
    .forUpdate()
    .execute();

/** How one customer of a run was dealt with. */
export type Outcome = Readonly<{
  customerId: string;
  outcome: string;
  invoiceId: string | null;
  problem: string | null;
}>;

export const putOutcomes = (db: Db, runId: string, outcomes: readonly Outcome[]): Promise<unknown> =>
  sql`update billing.run_customers c
         set outcome = dealt.outcome, invoice_id = dealt.invoice_id, problem = dealt.problem
        from unnest(${outcomes.map(({ customerId }) => customerId)}::text[], ${outcomes.map(({ outcome }) => outcome)}::text[],
                    ${outcomes.map(({ invoiceId }) => invoiceId)}::text[], ${outcomes.map(({ problem }) => problem)}::text[])
               as dealt(customer_id, outcome, invoice_id, problem)
       where c.run_id = ${runId} and c.customer_id = dealt.customer_id`.execute(db);

/** A customer of a run got a credit note instead of an invoice, or could not. */
export const putCredited = (
  db: Db,
  row: { runId: string; customerId: string; creditNoteId: string | null; problem: string | null },
): Promise<unknown> =>
  db
    .updateTable('billing.run_customers')
    .set({
      outcome: row.creditNoteId === null ? 'failed' : 'credited',
      credit_note_id: row.creditNoteId,
      problem: row.problem,
    })
    .where('run_id', '=', row.runId)
    .where('customer_id', '=', row.customerId)
    .execute();

/** Counts more customers of a run as dealt with. */
export const addDone = (db: Db, runId: string, more: number): Promise<{ done: number }> =>
  db
    .updateTable('billing.runs')
    .set((eb) => ({ done: eb('done', '+', more) }))
    .where('id', '=', runId)
    .returning('done')
    .executeTakeFirstOrThrow();

/** Counts more documents of a run as dealt with by its reversal. */
export const addReversed = (db: Db, runId: string, more: number): Promise<{ reversed: number }> =>
  db
    .updateTable('billing.runs')
    .set((eb) => ({ reversed: eb('reversed', '+', more) }))
    .where('id', '=', runId)
    .returning('reversed')
    .executeTakeFirstOrThrow();

/** Has the server look at what a run writes to and reads: it plans by what it believes these tables hold. */
export const refreshStatistics = (db: Db): Promise<unknown> =>
  sql`analyze billing.invoices, billing.invoice_lines, billing.invoice_taxes`.execute(db);

/** How many invoices the server believes there are, by its last look; zero when it never looked. */
export async function invoicesBelieved(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select greatest(reltuples, 0)::float8 as n from pg_class where oid = 'billing.invoices'::regclass`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** What one customer wrote can be undone without the others. */
export const markPlace = (db: Db): Promise<unknown> => sql`savepoint one_customer`.execute(db);
/** Does the checks that wait for the end of the transaction; those of what comes after wait for it again. */
export async function checkNow(db: Db): Promise<void> {
  await sql`set constraints all immediate`.execute(db);
  await sql`set constraints all deferred`.execute(db);
}
export async function backToPlace(db: Db): Promise<void> {
  await sql`rollback to savepoint one_customer`.execute(db);
  await leavePlace(db);
}
/** A place left open is a transaction within: the server keeps few of them at hand. */
export const leavePlace = (db: Db): Promise<unknown> => sql`release savepoint one_customer`.execute(db);
