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

/** Lines of invoices and of credit notes, those that take back an invoice's and those of an account; credits negative. */
const lines = sql`
  select i.id as document_id, l.line, i.id as invoice_id, l.line as invoice_line, l.revenue_account, coalesce(l.sku, '') as sku,
         l.net_cents, l.in_advance, l.period_from, l.period_to, i.issued_on, 'INV' as series, i.number
    from billing.invoice_lines l join billing.invoices i on i.id = l.invoice_id
  union all
  select n.id, c.line, c.invoice_id, c.invoice_line, l.revenue_account, coalesce(l.sku, ''),
         -c.net_cents, l.in_advance, l.period_from, l.period_to, n.issued_on, 'CN', n.number
    from billing.credit_notes n join billing.credit_note_lines c on c.credit_note_id = n.id
    join billing.invoice_lines l on l.invoice_id = c.invoice_id and l.line = c.invoice_line
  union all
  select n.id, o.line, null, null, o.revenue_account, coalesce(o.sku, ''),
         -o.net_cents, o.in_advance, o.period_from, o.period_to, n.issued_on, 'CN', n.number
    from billing.credit_notes n join billing.credit_note_own_lines o on o.credit_note_id = n.id`;

/** What of a line is earned through a day: its days so far, of all its days, rounded once. */
const earned = (through: string) => sql`
  round(of.net_cents::numeric * greatest(least(${through}::date, of.period_to) - of.period_from + 1, 0)
    / (of.period_to - of.period_from + 1))::bigint`;

/** Lines of documents that came after a recognition, by their numbers. */
const cameAfter = (mark: string) =>
  sql.raw(
    `((of.series = 'INV' and of.number > ${mark}.invoices_to) or (of.series = 'CN' and of.number > ${mark}.notes_to))`,
  );

/** The recognition before, or one that saw nothing. */
const before = (month: string) => sql`
  select coalesce(max(invoices_to), 0) as invoices_to, coalesce(max(notes_to), 0) as notes_to
    from billing.recognitions where month < ${month}::date`;

export type RecognisedMonth = Readonly<{ month: string; through: string; at: Date; by: string }>;
export type RecognisedSum = { id: string; account: string; cents: bigint; lines: number };

/**
 * Writes what each line earns in a month, its share through the last day less what it has already, and the month
 * itself, in one statement: it saw the same documents. Looked at are the lines whose days reach into the month or
 * later, those of documents of the month, and those that came since the last recognition. Gives the sums by revenue
 * account; of a month without any, one of zero.
 */
export async function insertRecognised(
  db: Db,
  { month, through, at, by }: RecognisedMonth,
): Promise<RecognisedSum[]> {
  const { rows } = await sql<RecognisedSum>`
    with before as (${before(month)}),
    added as (
      insert into billing.recognised (month, document_id, line, invoice_id, invoice_line, revenue_account, cents)
      select ${month}::date, document_id, line, invoice_id, invoice_line, revenue_account, cents
        from (select of.document_id, of.line, of.invoice_id, of.invoice_line, of.revenue_account,
                     ${earned(through)} - coalesce((select sum(r.cents)::bigint from billing.recognised r
                       where r.document_id = of.document_id and r.line = of.line), 0) as cents
                from (${lines}) of, before
               where of.in_advance and of.issued_on <= ${through}::date
                 and (of.period_to >= ${month}::date or of.issued_on >= ${month}::date or ${cameAfter('before')})) due
       where cents <> 0
      returning revenue_account, cents),
    done as (
      insert into billing.recognitions (month, cents, lines, at, by, invoices_to, notes_to)
      select ${month}::date, coalesce(sum(cents), 0), count(*), ${at}, ${by},
             (select last from billing.counters where series = 'INV'), (select last from billing.counters where series = 'CN')
        from added
      returning id)
    select done.id, coalesce(added.revenue_account, '') as account, coalesce(sum(added.cents), 0)::bigint as cents,
           count(added.cents)::int as lines
      from done left join added on true group by 1, 2 order by 2`.execute(db);
  return rows;
}

/** Writes what the documents that a month saw first brought, and what it recognised, by day, account and item. */
export async function insertRevenueDays(
  db: Db,
  { month, through }: Pick<RecognisedMonth, 'month' | 'through'>,
): Promise<void> {
  await sql`
    with before as (${before(month)}), mark as (select * from billing.recognitions where month = ${month}::date)
    insert into billing.revenue_days (seen_in, on_date, revenue_account, sku, invoiced_cents, earned_cents)
    select ${month}::date, on_date, revenue_account, sku, sum(invoiced), sum(earned)
      from (select of.issued_on as on_date, of.revenue_account, of.sku, of.net_cents as invoiced,
                   case when of.in_advance then 0 else of.net_cents end as earned
              from (${lines}) of, before, mark where ${cameAfter('before')} and not ${cameAfter('mark')}
            union all
            select ${through}::date, r.revenue_account, coalesce(l.sku, o.sku, ''), 0, r.cents
              from billing.recognised r
              left join billing.invoice_lines l on l.invoice_id = r.invoice_id and l.line = r.invoice_line
              left join billing.credit_note_own_lines o on r.invoice_id is null and o.credit_note_id = r.document_id and o.line = r.line
             where r.month = ${month}::date) moved
     group by 2, 3, 4`.execute(db);
}

/** Deferred revenue of the ledger beside lines less what is recognised of them; entries and sums beside their rows. */
const ofSums = sql`
  select 'deferred' as what, '2200' as key, kept.cents::bigint as kept_cents, found.cents::bigint as found_cents
    from (select coalesce(sum(credit_cents - debit_cents), 0) as cents from ledger.account_balances where account = '2200') kept,
         (select coalesce((select sum(net_cents) from of where in_advance), 0)
               - coalesce((select sum(cents) from billing.recognised), 0) as cents) found
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
   where r.cents <> coalesce(d.cents, 0)`;

/** Lines beside their share through the last month, and days beside their lines, of the documents it saw. */
const ofLines = sql`
  select 'recognised' as what, of.document_id || ' ' || of.line as key, coalesce(had.cents, 0)::bigint as kept_cents, share.cents as found_cents
    from last join of on of.in_advance and of.issued_on <= last.through and not ${cameAfter('last')}
    left join had using (document_id, line)
    cross join lateral (select round(of.net_cents::numeric * greatest(least(last.through, of.period_to) - of.period_from + 1, 0)
      / (of.period_to - of.period_from + 1))::bigint as cents) share
   where coalesce(had.cents, 0) <> share.cents
  union all
  select 'revenue days', coalesce(d.account, f.account), coalesce(d.cents, 0)::bigint, coalesce(f.cents, 0)::bigint
    from (select revenue_account as account, sum(invoiced_cents * 3 + earned_cents) as cents from billing.revenue_days group by 1) d
    full join (select account, sum(cents) as cents
                 from (select revenue_account as account, sum(net_cents * 3 + case when in_advance then 0 else net_cents end) as cents
                         from of, last where not ${cameAfter('last')} group by 1
                       union all select revenue_account, sum(cents) from billing.recognised group by 1) both_sums group by 1) f using (account)
   where coalesce(d.cents, 0) <> coalesce(f.cents, 0)`;

/** Where recognition disagrees with the ledger, its own rows or the lines. One statement, of one instant. */
export async function recognitionDifferences(db: Db, limit: number): Promise<FoundDifference[]> {
  const { rows } = await sql<FoundDifference>`
    with last as (select month, (month + interval '1 month - 1 day')::date as through, invoices_to, notes_to
                    from billing.recognitions order by month desc limit 1),
    of as (${lines}),
    had as (select document_id, line, sum(cents) as cents from billing.recognised group by 1, 2)
    ${ofSums} union all ${ofLines} limit ${limit}`.execute(db);
  return rows;
}
