import { civilDateOf } from '@gigafibre/calendar';
import type { OutputOf, viewsOperations } from '@gigafibre/contract';
import { sql } from 'kysely';
import type { Reading } from '../platform/acting.ts';

type View = OutputOf<typeof viewsOperations.dashboard>;
type Figures = Record<
  | 'active'
  | 'prospects'
  | 'services'
  | 'pending'
  | 'activated'
  | 'overdueInvoices'
  | 'today'
  | 'done'
  | 'unscheduled'
  | 'openQuotes'
  | 'accepted',
  number
> &
  Record<'monthly' | 'receivable' | 'overdue' | 'invoiced' | 'received', bigint>;

/** The company today. Counted from the records, so the figures agree with every list they lead to. */
export async function dashboard({ db, now }: Reading): Promise<View> {
  const today = civilDateOf(now);
  const monthStart = `${today.slice(0, 7)}-01`;
  const day = sql`(${today}::date::timestamp at time zone 'America/Toronto')`;
  const { rows } = await sql<Figures>`
    select
      (select count(*)::int from customers.customers where status = 'active') as active,
      (select count(*)::int from customers.customers where status = 'prospect') as prospects,
      (select count(*)::int from subscriptions.subscriptions where status = 'active') as services,
      (select count(*)::int from subscriptions.subscriptions where status = 'pending') as pending,
      (select count(*)::int from subscriptions.subscriptions where activated_on >= ${monthStart}::date) as activated,
      (select coalesce(sum(case i.frequency when 'monthly' then i.price_cents when 'quarterly' then i.price_cents / 3 when 'yearly' then i.price_cents / 12 else 0 end), 0)::bigint
         from subscriptions.items i join subscriptions.subscriptions s on s.id = i.subscription_id where s.status = 'active') as monthly,
      (select coalesce(sum(balance_cents), 0)::bigint from ledger.customer_balances where account = '1100') as receivable,
      (select coalesce(sum(outstanding_cents), 0)::bigint from billing.invoices where settled_cents < total_cents and due_on < ${today}::date) as overdue,
      (select count(*)::int from billing.invoices where settled_cents < total_cents and due_on < ${today}::date) as "overdueInvoices",
      (select coalesce(sum(total_cents), 0)::bigint from billing.invoices where issued_on >= ${monthStart}::date) as invoiced,
      (select coalesce(sum(amount_cents), 0)::bigint from payments.payments where received_on >= ${monthStart}::date) as received,
      (select count(*)::int from dispatch.jobs where starts_at >= ${day} and starts_at < ${day} + interval '1 day' and status <> 'cancelled') as today,
      (select count(*)::int from dispatch.jobs where starts_at >= ${day} and starts_at < ${day} + interval '1 day' and status = 'completed') as done,
      (select count(*)::int from dispatch.jobs where status = 'unscheduled') as unscheduled,
      (select count(*)::int from sales.quotes where status in ('draft', 'sent')) as "openQuotes",
      (select count(*)::int from sales.quotes where status = 'accepted' and created_at >= ${monthStart}::date) as accepted`.execute(
    db,
  );
  const f = rows[0];
  if (!f) throw new Error('the dashboard query gave no row');
  return {
    asOf: now.toISOString(),
    customers: { active: f.active, prospects: f.prospects },
    services: {
      active: f.services,
      pending: f.pending,
      activatedThisMonth: f.activated,
      monthlyCents: f.monthly,
    },
    money: {
      receivableCents: f.receivable,
      overdueCents: f.overdue,
      overdueInvoices: f.overdueInvoices,
      invoicedThisMonthCents: f.invoiced,
      receivedThisMonthCents: f.received,
    },
    work: { today: f.today, doneToday: f.done, unscheduled: f.unscheduled },
    sales: { openQuotes: f.openQuotes, acceptedThisMonth: f.accepted },
    months: await lastMonths({ db }, monthStart),
  };
}

/** Activations, invoices and payments of the last twelve months, oldest first. */
async function lastMonths({ db }: Pick<Reading, 'db'>, monthStart: string): Promise<View['months']> {
  const { rows } = await sql<View['months'][number]>`
    select to_char(m.first, 'YYYY-MM') as month,
      (select count(*)::int from subscriptions.subscriptions where activated_on >= m.first and activated_on < m.first + interval '1 month') as activated,
      (select coalesce(sum(amount_cents), 0)::bigint from payments.payments where received_on >= m.first and received_on < m.first + interval '1 month') as "receivedCents",
      (select coalesce(sum(total_cents), 0)::bigint from billing.invoices where issued_on >= m.first and issued_on < m.first + interval '1 month') as "invoicedCents"
    from generate_series(${monthStart}::date - interval '11 months', ${monthStart}::date, interval '1 month') as m(first) order by 1`.execute(
    db,
  );
  return rows;
}
