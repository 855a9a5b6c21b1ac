import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsPpaRuns } from '../../platform/db/types.ts';
import { isHeld } from './debit-store.ts';
import { CONFIRMATION_DAYS, heldCounts, sentOn } from './notice-store.ts';

export type RunRow = Selectable<PaymentsPpaRuns>;

/** Writes a run; undefined when the daily one of that day is written already. */
export const insertRun = (db: Db, row: Insertable<PaymentsPpaRuns>): Promise<{ id: string } | undefined> =>
  db
    .insertInto('payments.ppa_runs')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();

export const hasDailyRun = async (db: Db, on: string): Promise<boolean> =>
  (await db
    .selectFrom('payments.ppa_runs')
    .select('id')
    .where('on_date', '=', on)
    .where('cause', '=', 'daily')
    .executeTakeFirst()) !== undefined;

export const runById = (db: Db, id: string): Promise<RunRow | undefined> =>
  db.selectFrom('payments.ppa_runs').selectAll().where('id', '=', id).executeTakeFirst();
export const runForUpdate = (db: Db, id: string): Promise<RunRow | undefined> =>
  db.selectFrom('payments.ppa_runs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const updateRun = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PaymentsPpaRuns> },
): Promise<unknown> => db.updateTable('payments.ppa_runs').set(fields).where('id', '=', id).execute();

/** An invoice that is due of a customer who agreed, with the last attempt to debit it. */
export type DueRow = Readonly<{
  agreement_id: string;
  customer_id: string;
  method_id: string;
  kind: 'card' | 'bank_account';
  provider: string;
  invoice_id: string | null;
  /** The day the invoice was sent; of an account, null while it was not. */
  noticed_on: string | null;
  due_on: string;
  open_cents: bigint;
  /** Whether money for no invoice is on its way, which may pay this one. */
  has_loose: boolean;
  last_id: string | null;
  last_attempt: number | null;
  last_state: string | null;
  last_retry_on: string | null;
  last_amount_cents: bigint | null;
  last_represents: string | null;
  last_returned_on: string | null;
}>;

export type DueAsked = Readonly<{
  /** The customer seen last. */
  after: string;
  today: string;
  customers: number;
  /** Who opened a page since then may be paying. */
  opened: Date;
}>;

/**
 * The next customers with an agreement that may be used, in the order of their numbers, each with what is due; one
 * row without invoice for a customer of whom nothing is. What is contested, or being paid on a page, is not due; a page
 * opened only just now may be paid at this moment.
 * Nor is, of an account, what was late before the agreement unless it names it, or anything before the confirmation of
 * the agreement was sent and its days have passed.
 */
export async function dueAfter(db: Db, { after, today, customers, opened }: DueAsked): Promise<DueRow[]> {
  const held = await heldCounts(db);
  const { rows } = await sql<DueRow>`
    with page as (
      select a.id, a.customer_id, m.id as method_id, m.kind, m.provider,
             case when m.kind = 'bank_account' then ${sentOn(sql`'ppa:' || a.id || ':confirmed'`, held)} end as confirmed_on
        from payments.agreements a join payments.methods m on m.id = a.method_id
       where a.ended_at is null and a.customer_id > ${after} and not ${isHeld(sql`a.customer_id`, today)}
       order by a.customer_id limit ${customers})
    select p.id as agreement_id, p.customer_id, p.method_id, p.kind, p.provider, i.id as invoice_id, i.due_on,
           case when p.kind = 'bank_account' and i.id is not null then ${sentOn(sql`'invoice:' || i.id`, held)} end as noticed_on,
           i.outstanding_cents - i.disputed_cents as open_cents,
           exists (select from payments.debits o where o.customer_id = p.customer_id and o.invoice_id is null
                    and o.state in ('planned', 'sending', 'sent')) as has_loose,
           d.id as last_id, d.attempt as last_attempt, d.state as last_state, d.retry_on as last_retry_on,
           d.amount_cents as last_amount_cents, d.represents as last_represents,
           d.returned_on as last_returned_on
      from page p
      join payments.agreements a on a.id = p.id
      join payments.methods m on m.id = p.method_id
      left join billing.invoices i on i.customer_id = p.customer_id and i.outstanding_cents > i.disputed_cents
            and i.due_on <= ${today}::date and a.usable_from <= ${today}::date and m.removed_at is null
            and (p.kind = 'card' or p.confirmed_on + ${CONFIRMATION_DAYS}::int <= ${today}::date
              and (i.due_on >= (a.accepted_at at time zone 'America/Toronto')::date or i.id = any(a.overdue_invoices)))
            and not exists (select from payments.checkouts c where c.customer_id = p.customer_id
                             and c.cart is null and (c.invoice_id is null or c.invoice_id = i.id)
                             and (c.state = 'processing'
                               or c.state in ('starting', 'open') and c.started_at > ${opened.toISOString()}))
      left join lateral (
        select * from payments.debits d where d.invoice_id = i.id and d.cause = 'ppa'
         order by d.attempt desc limit 1) d on true
     order by p.customer_id, i.due_on, i.number`.execute(db);
  return rows;
}

export const insertRunLines = (
  db: Db,
  rows: Insertable<{
    run_id: string;
    customer_id: string;
    invoice_id: string;
    amount_cents: bigint;
    attempt: number;
  }>[],
): Promise<unknown> =>
  db
    .insertInto('payments.ppa_run_lines')
    .values(rows)
    .onConflict((c) => c.doNothing())
    .execute();

export const runLines = (
  db: Db,
  { runId, limit }: { runId: string; limit: number },
): Promise<{ customer_id: string; invoice_id: string; amount_cents: bigint; attempt: number }[]> =>
  db
    .selectFrom('payments.ppa_run_lines')
    .select(['customer_id', 'invoice_id', 'amount_cents', 'attempt'])
    .where('run_id', '=', runId)
    .orderBy('customer_id')
    .orderBy('invoice_id')
    .limit(limit)
    .execute();

/** What became of the debits of a run, by state. */
export async function runStates(
  db: Db,
  runId: string,
): Promise<{ state: string; count: number; cents: bigint }[]> {
  const { rows } = await sql<{ state: string; count: number; cents: bigint }>`
    select state, count(*)::int as count, sum(amount_cents)::bigint as cents
      from payments.debits where run_id = ${runId} group by state order by state`.execute(db);
  return rows;
}
