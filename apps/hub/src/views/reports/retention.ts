import { civilDateOf } from '@gigafibre/calendar';
import type { ReportRow } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import {
  count,
  monthName,
  percent,
  percentOf,
  type Asked,
  type Figure,
  type ReportDefinition,
} from './report.ts';

/** Ages in months at which a cohort is looked at. */
const AGES = [1, 2, 3, 6, 12, 24] as const;
const keyOf = (age: number): string => `m${age}`;

/** Customers by the month of their first service, within the period. */
const cohorts = ({ from, to }: Pick<Asked, 'from' | 'to'>): RawBuilder<unknown> => sql`
  select s.customer_id, min(i.starts_on) as first from subscriptions.items i
    join subscriptions.subscriptions s on s.id = i.subscription_id
   where i.frequency <> 'one_time' and i.starts_on is not null
   group by 1 having min(i.starts_on) between ${from}::date and ${to}::date`;

/** The last day of the month that is `age` months after a customer's first. */
const dayAt = (age: number): RawBuilder<unknown> =>
  sql`(date_trunc('month', c.first::timestamp) + ${age + 1} * interval '1 month' - interval '1 day')::date`;
const isThere = (age: number): RawBuilder<unknown> => sql`exists (
  select from subscriptions.subscriptions s join subscriptions.items i on i.subscription_id = s.id
   where s.customer_id = c.customer_id and i.frequency <> 'one_time'
     and i.starts_on <= ${dayAt(age)} and (i.ends_on is null or i.ends_on >= ${dayAt(age)}))`;

type Sums = { key: string; size: number } & Record<string, number | string | null>;

async function read(reading: Reading, asked: Asked) {
  const today = civilDateOf(reading.now);
  const left = AGES.map(
    (age) =>
      sql`case when bool_and(${dayAt(age)} <= ${today}::date) then count(*) filter (where ${isThere(age)}) end::int as ${sql.ref(keyOf(age))}`,
  );
  const { rows } = await sql<Sums>`
    with c as materialized (${cohorts(asked)})
    select to_char(c.first, 'YYYY-MM') as key, count(*)::int as size, ${sql.join(left)} from c group by 1 order by 1`.execute(
    reading.db,
  );
  return {
    rows: rows.map(rowOf),
    totals: { amounts: {}, counts: { size: rows.reduce((sum, { size }) => sum + size, 0) } },
  };
}

function rowOf(row: Sums): ReportRow {
  const left = AGES.flatMap((age) => {
    const here = row[keyOf(age)];
    return typeof here === 'number' ? [[keyOf(age), percentOf(here, row.size)] as const] : [];
  });
  return {
    key: row.key,
    label: monthName(row.key),
    note: null,
    amounts: {},
    counts: { size: row.size, ...Object.fromEntries(left) },
  };
}

function documents(_: Reading, figure: Figure): RawBuilder<unknown> | undefined {
  if (figure.column !== 'size') return undefined;
  return sql`
    select 'customer' as kind, c.customer_id as id, c.first as "on", c.customer_id as "customerId",
           'Premier service' as fr, 'First service' as en, null::bigint as cents
      from (${cohorts(figure)}) c
     where ${figure.row === undefined ? sql`true` : sql`to_char(c.first, 'YYYY-MM') = ${figure.row}`}`;
}

/** How many of those who came in a month are still there later. */
export const retention: ReportDefinition = {
  title: { fr: 'Rétention par cohorte', en: 'Retention by cohort' },
  meaning: {
    fr: 'Clients par mois de leur premier service, et la part qui a encore un service à la fin du mois qui suit de 1, 2, 3, 6, 12 ou 24 mois.',
    en: 'Customers by the month of their first service, and the share that still has one at the end of the month 1, 2, 3, 6, 12 or 24 months later.',
  },
  columns: () => [
    count({ key: 'size', fr: 'Arrivés', en: 'Arrived' }),
    ...AGES.map((age) =>
      percent({
        key: keyOf(age),
        fr: age === 1 ? '1 mois' : `${age} mois`,
        en: age === 1 ? '1 month' : `${age} months`,
      }),
    ),
  ],
  read,
  documents,
};
