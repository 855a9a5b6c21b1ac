import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

export type LateInvoice = {
  id: string;
  due_on: string;
  /** Its total without the interest it carries, what credit notes took off it and what is contested of it. */
  principal_cents: bigint;
  /** Until which day interest of it was charged. */
  charged_to: string | null;
};

const isOrWasLate = (today: string, since: string) => sql<boolean>`
  i.due_on between ${since}::date and ${today}::date - 1
  and (i.settled_cents < i.total_cents
       or exists (select 1 from billing.settlements s
                   where s.invoice_id = i.id and s.on_date > i.due_on and s.source_kind <> 'credit_note'))`;

/** Customers, by number, whose contract says a rate and who are or were late since a day. */
export async function lateCustomers(
  db: Db,
  { after, since, today, limit }: { after: string; since: string; today: string; limit: number },
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select c.id, c.name from customers.customers c
     where c.id > ${after}
       and exists (select 1 from billing.interest_agreements a
                    where a.customer_id = c.id and a.yearly_percent is not null)
       and exists (select 1 from billing.invoices i where i.customer_id = c.id and ${isOrWasLate(today, since)})
     order by c.id limit ${limit}`.execute(db);
  return rows;
}

/** Invoices of a customer that are or were late since a day. */
export async function lateInvoices(
  db: Db,
  { customerId, since, today, limit }: { customerId: string; since: string; today: string; limit: number },
): Promise<LateInvoice[]> {
  const { rows } = await sql<LateInvoice>`
    select i.id, i.due_on,
           (i.total_cents
             - coalesce((select sum(l.amount_cents) from billing.invoice_lines l
                          where l.invoice_id = i.id and l.revenue_account = '4100'), 0)
             - coalesce((select sum(s.amount_cents) from billing.settlements s
                          where s.invoice_id = i.id and s.source_kind = 'credit_note'), 0)
             - i.disputed_cents)::bigint as principal_cents,
           (select max(p.to_on) from billing.interest_postings p where p.overdue_invoice_id = i.id) as charged_to
      from billing.invoices i
     where i.customer_id = ${customerId} and ${isOrWasLate(today, since)}
     order by i.due_on, i.number limit ${limit}`.execute(db);
  return rows;
}

/** Money and losses put against some invoices, by day; what banks have and have not answered for counts too. */
export async function paidByDay(
  db: Db,
  invoiceIds: readonly string[],
): Promise<{ invoice_id: string; on_date: string; cents: bigint }[]> {
  if (invoiceIds.length === 0) return [];
  const { rows } = await sql<{ invoice_id: string; on_date: string; cents: bigint }>`
    select invoice_id, on_date, sum(amount_cents)::bigint as cents from (
      select invoice_id, on_date, amount_cents from billing.settlements
       where invoice_id = any(${[...invoiceIds]}) and source_kind <> 'credit_note'
      union all
      select invoice_id, scheduled_on, amount_cents from payments.debits
       where invoice_id = any(${[...invoiceIds]}) and state in ('sending', 'sent')) paid
     group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}

export const waiversOf = (db: Db, customerId: string): Promise<{ from_on: string; to_on: string | null }[]> =>
  db
    .selectFrom('billing.interest_waivers')
    .select(['from_on', 'to_on'])
    .where('customer_id', '=', customerId)
    .orderBy('from_on')
    .limit(500)
    .execute();

export const insertWaiver = (
  db: Db,
  row: { customer_id: string; from_on: string; to_on: string | null; reason: string; at: Date; by: string },
): Promise<unknown> => db.insertInto('billing.interest_waivers').values(row).execute();

export type NewPosting = Readonly<{
  overdue_invoice_id: string;
  from_on: string;
  to_on: string;
  principal_cents: bigint;
  interest_cents: bigint;
  invoice_id: string;
  invoice_line: number;
}>;
export const insertPostings = (db: Db, rows: NewPosting[]): Promise<unknown> =>
  db.insertInto('billing.interest_postings').values(rows).execute();
