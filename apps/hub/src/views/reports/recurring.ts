import { civilDateOf } from '@gigafibre/calendar';
import type { ReportRow } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import { monthlyCents } from '../monthly-cents.ts';
import {
  centsEach,
  count,
  money,
  monthName,
  percent,
  percentOf,
  type Asked,
  type Figure,
  type ReportDefinition,
} from './report.ts';

/**
 * Each customer's monthly price at the end of each month, and of the month before the first: items in force that
 * day, discounts included, before taxes, yearly ones brought to a month. `n` numbers the months from 0.
 */
const each = ({ from, to }: Pick<Asked, 'from' | 'to'>, today: string): RawBuilder<unknown> => sql`
  select s.customer_id, ends.n, sum(${monthlyCents('i')})::bigint as cents
    from (select n, least((date_trunc('month', ${from}::date::timestamp) + n * interval '1 month' - interval '1 day')::date,
                          ${today}::date) as day
            from generate_series(0, (extract(year from age(date_trunc('month', ${lastDay(to, today)}::date::timestamp),
                   date_trunc('month', ${from}::date::timestamp))) * 12
                 + extract(month from age(date_trunc('month', ${lastDay(to, today)}::date::timestamp),
                   date_trunc('month', ${from}::date::timestamp))) + 1)::int) as n) ends
    join subscriptions.items i on i.frequency <> 'one_time' and i.starts_on <= ends.day and (i.ends_on is null or i.ends_on >= ends.day)
    join subscriptions.subscriptions s on s.id = i.subscription_id
   group by 1, 2 having sum(${monthlyCents('i')}) <> 0`;

const lastDay = (to: string, today: string): string => (to < today ? to : today);

/** What became of each customer in each month: before and after, and the movement by its name. */
const moves = (asked: Pick<Asked, 'from' | 'to'>, today: string): RawBuilder<unknown> => sql`
  with each as materialized (${each(asked, today)}),
  firsts as materialized (
    select s.customer_id, min(i.starts_on) as day from subscriptions.items i join subscriptions.subscriptions s on s.id = i.subscription_id
     where i.frequency <> 'one_time' group by 1)
  select customer_id, n, to_char(date_trunc('month', ${asked.from}::date::timestamp) + (n - 1) * interval '1 month', 'YYYY-MM') as month,
         before, after,
         case when before = 0 and first.day >= date_trunc('month', ${asked.from}::date::timestamp) + (n - 1) * interval '1 month' then 'new'
              when before = 0 then 'reactivated' when after = 0 then 'churned'
              when after > before then 'expansion' when after < before then 'contraction' else 'same' end as what
    from (select coalesce(a.customer_id, b.customer_id) as customer_id, coalesce(a.n, b.n + 1) as n,
                 coalesce(b.cents, 0) as before, coalesce(a.cents, 0) as after
            from each a full join each b on b.customer_id = a.customer_id and b.n = a.n - 1) pairs
    left join firsts first using (customer_id)
   where n between 1 and (select max(n) from each)`;

const MOVEMENTS = ['new', 'reactivated', 'expansion', 'contraction', 'churned'] as const;
type Sums = Record<(typeof MOVEMENTS)[number] | 'opening' | 'closing', bigint> & {
  month: string;
  started: number;
  lost: number;
  customers: number;
};

async function read(reading: Reading, asked: Asked) {
  const { rows } = await sql<Sums>`
    select month, sum(before)::bigint as opening, sum(after)::bigint as closing,
           ${sql.join(MOVEMENTS.map((what) => sql`coalesce(sum(after - before) filter (where what = ${what}), 0)::bigint as ${sql.ref(what)}`))},
           count(*) filter (where before <> 0)::int as started, count(*) filter (where what = 'churned')::int as lost,
           count(*) filter (where after <> 0)::int as customers
      from (${moves(asked, civilDateOf(reading.now))}) m group by 1 order by 1`.execute(reading.db);
  return { rows: rows.map(rowOf), totals: totalsOf(rows) };
}

const rowOf = ({ month, started, lost, customers, ...cents }: Sums): ReportRow => ({
  key: month,
  label: monthName(month),
  note: null,
  amounts: { ...cents, arpu: centsEach(cents.closing, customers) },
  counts: {
    customers,
    lost,
    churn: percentOf(lost, started),
    revenueChurn: percentOf(-(cents.churned + cents.contraction), cents.opening),
  },
});

/** From the first month's opening to the last one's closing. */
function totalsOf(rows: readonly Sums[]) {
  const sum = (what: (typeof MOVEMENTS)[number]) => rows.reduce((cents, row) => cents + row[what], 0n);
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    amounts: {
      ...Object.fromEntries(MOVEMENTS.map((what) => [what, sum(what)])),
      opening: first?.opening ?? 0n,
      closing: last?.closing ?? 0n,
    },
    counts: { lost: rows.reduce((lost, row) => lost + row.lost, 0) },
  };
}

function documents(reading: Reading, figure: Figure): RawBuilder<unknown> | undefined {
  const { column, row } = figure;
  const isMovement = MOVEMENTS.some((what) => what === column);
  const [where, cents] = isMovement
    ? [sql`m.what = ${column}`, sql`m.after - m.before`]
    : column === 'lost'
      ? [sql`m.what = 'churned'`, sql`m.after - m.before`]
      : column === 'closing' || column === 'customers'
        ? [sql`m.after <> 0 and (m.n = (select max(n) from m) or ${row !== undefined})`, sql`m.after`]
        : [undefined, undefined];
  if (!where || !cents) return undefined;
  return sql`
    with m as materialized (${moves(figure, civilDateOf(reading.now))})
    select 'customer' as kind, m.customer_id as id, (m.month || '-01')::date as "on", m.customer_id as "customerId",
           m.month as fr, m.month as en, (${cents})::bigint as cents
      from m where ${where} ${row === undefined ? sql`` : sql`and m.month = ${row}`}`;
}

/** Monthly recurring revenue and how it moved. */
export const recurring: ReportDefinition = {
  title: { fr: 'Revenus mensuels récurrents', en: 'Monthly recurring revenue' },
  meaning: {
    fr: 'Prix mensuel des services en vigueur au dernier jour du mois, rabais compris, avant taxes, l’annuel ramené au mois. Ouverture + nouveaux + retours + hausses − baisses − départs = clôture. Un service en pause ne compte pas.',
    en: 'Monthly price of the services in force on the last day of the month, discounts included, before taxes, yearly prices brought to a month. Opening + new + returns + expansion − contraction − churn = closing. A paused service does not count.',
  },
  columns: () => [
    money({ key: 'opening', fr: 'Ouverture', en: 'Opening' }, false),
    money({ key: 'new', fr: 'Nouveaux', en: 'New' }),
    money({ key: 'reactivated', fr: 'Retours', en: 'Returns' }),
    money({ key: 'expansion', fr: 'Hausses', en: 'Expansion' }),
    money({ key: 'contraction', fr: 'Baisses', en: 'Contraction' }),
    money({ key: 'churned', fr: 'Départs', en: 'Churn' }),
    money({ key: 'closing', fr: 'Clôture', en: 'Closing' }),
    count({ key: 'customers', fr: 'Abonnés', en: 'Subscribers' }),
    count({ key: 'lost', fr: 'Perdus', en: 'Lost' }),
    percent({ key: 'churn', fr: 'Attrition', en: 'Churn rate' }),
    percent({ key: 'revenueChurn', fr: 'Attrition du revenu', en: 'Revenue churn' }),
    money({ key: 'arpu', fr: 'Par abonné', en: 'Per subscriber' }, false),
  ],
  read,
  documents,
};
