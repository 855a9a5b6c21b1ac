import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { FoundDifference } from './verification-store.ts';

/** The month to recognise next: after the last one, else that of the first invoice; none while there is no invoice. */
export async function monthToRecognise(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ month: string | null }>`
    select coalesce((select (max(month) + interval '1 month')::date from billing.recognitions),
                    (select date_trunc('month', min(issued_on)::timestamp)::date from billing.invoices)) as month`.execute(
    db,
  );
  return rows[0]?.month ?? undefined;
}

/** Adds a month; its rows follow. */
export const insertRecognition = (
  db: Db,
  row: { month: string; cents: bigint; lines: number; at: Date; by: string },
): Promise<{ id: string }> =>
  db.insertInto('billing.recognitions').values(row).returning('id').executeTakeFirstOrThrow();

/** What of a line is earned through a day: its days so far, of all its days, rounded once. */
const earned = (through: string) => sql`
  round(of.net_cents::numeric * greatest(least(${through}::date, of.period_to) - of.period_from + 1, 0)
    / (of.period_to - of.period_from + 1))::bigint`;

/** How long before its commit a document may have been written, and then some. */
const LATE = sql`interval '1 day'`;

/** Lines billed in advance, of invoices and of the credit notes that take them back, through a day. */
const deferred = (through: string) => sql`
  select i.id as document_id, l.line, i.id as invoice_id, l.line as invoice_line, l.revenue_account, l.net_cents,
         l.period_from, l.period_to, i.issued_on, i.issued_at
    from billing.invoice_lines l join billing.invoices i on i.id = l.invoice_id
   where l.in_advance and i.issued_on <= ${through}::date
  union all
  select n.id, c.line, c.invoice_id, c.invoice_line, l.revenue_account, -c.net_cents,
         l.period_from, l.period_to, n.issued_on, n.issued_at
    from billing.credit_notes n join billing.credit_note_lines c on c.credit_note_id = n.id
    join billing.invoice_lines l on l.invoice_id = c.invoice_id and l.line = c.invoice_line
   where l.in_advance and n.issued_on <= ${through}::date
  union all
  select n.id, o.line, null, null, o.revenue_account, -o.net_cents, o.period_from, o.period_to, n.issued_on, n.issued_at
    from billing.credit_notes n join billing.credit_note_own_lines o on o.credit_note_id = n.id
   where o.in_advance and n.issued_on <= ${through}::date`;

export type RecognisedSum = { account: string; cents: bigint; lines: number };

/**
 * Writes what each line earns in a month: its share through the last day less what it has already. Looked at are
 * the lines whose days reach into the month or later, those of documents of the month, and those that were written
 * since shortly before the last recognition. Gives the sums by revenue account.
 */
export async function insertRecognised(
  db: Db,
  { month, through }: { month: string; through: string },
): Promise<RecognisedSum[]> {
  const { rows } = await sql<RecognisedSum>`
    with before as (select max(at) as at from billing.recognitions where month < ${month}::date),
    added as (
      insert into billing.recognised (month, document_id, line, invoice_id, invoice_line, revenue_account, cents)
      select ${month}::date, document_id, line, invoice_id, invoice_line, revenue_account, cents
        from (select of.document_id, of.line, of.invoice_id, of.invoice_line, of.revenue_account,
                     ${earned(through)} - coalesce((select sum(r.cents)::bigint from billing.recognised r
                       where r.document_id = of.document_id and r.line = of.line), 0) as cents
                from (${deferred(through)}) of
               where of.period_to >= ${month}::date or of.issued_on >= ${month}::date
                  or of.issued_at >= (select at from before) - ${LATE}) due
       where cents <> 0
      returning revenue_account, cents)
    select revenue_account as account, sum(cents)::bigint as cents, count(*)::int as lines from added group by 1 order by 1`.execute(
    db,
  );
  return rows;
}

/**
 * Deferred revenue of the ledger beside lines less what is recognised of them; entries beside their rows; lines
 * beside their share through the last month, unless their document came after it. One statement, of one instant.
 */
export async function recognitionDifferences(db: Db, limit: number): Promise<FoundDifference[]> {
  const { rows } = await sql<FoundDifference>`
    with last as (select max(month) as month, (max(month) + interval '1 month - 1 day')::date as through, max(at) as at
                    from billing.recognitions),
    of as (${deferred('9999-12-31')}),
    had as (select document_id, line, sum(cents) as cents from billing.recognised group by 1, 2)
    select 'deferred' as what, '2200' as key, kept.cents::bigint as kept_cents, found.cents::bigint as found_cents
      from (select coalesce(sum(credit_cents - debit_cents), 0) as cents from ledger.account_balances where account = '2200') kept,
           (select coalesce((select sum(net_cents) from of), 0) - coalesce((select sum(cents) from billing.recognised), 0) as cents) found
     where kept.cents <> found.cents
    union all
    select 'recognition', r.id, r.cents, coalesce(e.cents, 0)::bigint
      from billing.recognitions r
      left join (select e.document_id, sum(p.debit_cents - p.credit_cents) as cents from ledger.entries e
                   join ledger.postings p on p.entry_id = e.id and p.account = '2200'
                  where e.document_kind = 'recognition' group by 1) e on e.document_id = r.id
     where r.cents <> coalesce(e.cents, 0)
    union all
    select 'recognition', r.id, r.cents, coalesce(d.cents, 0)::bigint
      from billing.recognitions r
      left join (select month, sum(cents) as cents from billing.recognised group by 1) d on d.month = r.month
     where r.cents <> coalesce(d.cents, 0)
    union all
    select 'recognised', of.document_id || ' ' || of.line, coalesce(had.cents, 0)::bigint, share.cents
      from last, of left join had using (document_id, line)
      cross join lateral (select case when of.period_to <= last.through then of.net_cents
        else round(of.net_cents::numeric * greatest(last.through - of.period_from + 1, 0) / (of.period_to - of.period_from + 1))::bigint end as cents) share
     where coalesce(had.cents, 0) <> share.cents and of.issued_on <= last.through and of.issued_at < last.at - ${LATE}
    limit ${limit}`.execute(db);
  return rows;
}
