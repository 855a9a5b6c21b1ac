import { civilDateOf } from '@gigafibre/calendar';
import type { OutputOf, viewsOperations } from '@gigafibre/contract';
import { sql } from 'kysely';
import type { Reading } from '../platform/acting.ts';
import { monthlyCents } from './monthly-cents.ts';

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
  Record<'monthly' | 'receivable' | 'overdue' | 'invoiced' | 'received', bigint> & { months: Month[] };
/** As JSON brings it: amounts as numbers. */
type Month = { month: string; activated: number; receivedCents: number; invoicedCents: number };

/**
 * The company today, in one statement, so that every figure is of one instant. Counted from the records, or from
 * sums that the database keeps with them and that can be verified: the accounts of the ledger, what was invoiced
 * and received in each month. Each table is read once, by an index of what is asked.
 */
export async function dashboard({ db, now }: Reading): Promise<View> {
  const today = civilDateOf(now);
  const monthStart = `${today.slice(0, 7)}-01`;
  const day = sql`(${today}::date::timestamp at time zone 'America/Toronto')`;
  const { rows } = await sql<Figures>`
    with month as materialized (${lastMonths(monthStart)})
    select customer.*, service.*, invoice.*, job.*, quote.*,
      (select coalesce(sum(debit_cents - credit_cents), 0)::bigint from ledger.account_balances where account = '1100') as receivable,
      (select activated from month where first = ${monthStart}::date) as activated,
      (select "invoicedCents" from month where first = ${monthStart}::date) as invoiced,
      (select "receivedCents" from month where first = ${monthStart}::date) as received,
      (select json_agg(json_build_object('month', to_char(first, 'YYYY-MM'), 'activated', activated,
         'receivedCents', "receivedCents", 'invoicedCents', "invoicedCents") order by first) from month) as months
    from
      (select count(*) filter (where status = 'active')::int as active, count(*) filter (where status = 'prospect')::int as prospects
         from customers.customers where status in ('active', 'prospect')) customer,
      (select count(*) filter (where status = 'active')::int as services, count(*) filter (where status = 'pending')::int as pending,
              (select coalesce(sum(${monthlyCents('i')}), 0)::bigint
                 from subscriptions.items i join subscriptions.subscriptions s on s.id = i.subscription_id and s.status = 'active'
                where i.frequency <> 'one_time' and i.starts_on <= ${today}::date and (i.ends_on is null or i.ends_on >= ${today}::date)) as monthly
         from subscriptions.subscriptions where status in ('active', 'pending')) service,
      (select coalesce(sum(outstanding_cents), 0)::bigint as overdue, count(*)::int as "overdueInvoices"
         from billing.invoices where settled_cents < total_cents and due_on < ${today}::date) invoice,
      (select count(*) filter (where status <> 'cancelled')::int as today,
              count(*) filter (where status = 'completed')::int as done,
              (select count(*)::int from dispatch.jobs where status = 'unscheduled') as unscheduled
         from dispatch.jobs where starts_at >= ${day} and starts_at < ${day} + interval '1 day') job,
      (select (select count(*)::int from sales.quotes where status in ('draft', 'sent')) as "openQuotes",
              (select count(*)::int from sales.quotes where status = 'accepted' and created_at >= ${monthStart}::date) as accepted) quote`.execute(
    db,
  );
  const f = rows[0];
  if (!f) throw new Error('the dashboard query gave no row');
  return shown(f, now);
}

const shown = (f: Figures, now: Date): View => ({
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
  months: f.months.map((month) => ({
    ...month,
    receivedCents: BigInt(month.receivedCents),
    invoicedCents: BigInt(month.invoicedCents),
  })),
});

/** Activations, invoices and payments of the last twelve months. */
const lastMonths = (monthStart: string) => sql`
  select m.first::date as first, coalesce(s.activated, 0) as activated,
         coalesce(p.cents, 0)::bigint as "receivedCents", coalesce(i.cents, 0)::bigint as "invoicedCents"
    from generate_series(${monthStart}::date - interval '11 months', ${monthStart}::date, interval '1 month') as m(first)
    left join (select date_trunc('month', activated_on::timestamp) as first, count(*)::int as activated from subscriptions.subscriptions
                where activated_on >= ${monthStart}::date - interval '11 months' group by 1) s on s.first = m.first
    left join (select month, sum(amount_cents) as cents from payments.month_totals group by 1) p on p.month = m.first
    left join (select month, sum(total_cents) as cents from billing.month_totals group by 1) i on i.month = m.first`;
