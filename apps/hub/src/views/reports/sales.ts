import type { ReportColumn, ReportRow } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import { monthlyCents } from '../monthly-cents.ts';
import {
  count,
  money,
  monthName,
  named,
  NONE,
  percent,
  percentOf,
  said,
  type Asked,
  type Bilingual,
  type Figure,
  type ReportDefinition,
} from './report.ts';

const zone = sql`'America/Toronto'`;

/** Services that began and ended, with their monthly price; changes of plan, at home or with a move, by what they did to it. */
const ofServices = ({ from, to }: Pick<Asked, 'from' | 'to'>): RawBuilder<unknown> => sql`
  select 'subscription' as kind, s.id as document_id, s.customer_id, s.activated_on as on_date, 'new' as what,
         (select coalesce(sum(${monthlyCents('i')}), 0) from subscriptions.items i
           where i.subscription_id = s.id and i.starts_on = s.activated_on)::bigint as cents
    from subscriptions.subscriptions s where s.activated_on between ${from}::date and ${to}::date
  union all
  select 'subscription', s.id, s.customer_id, s.cancelled_on, 'cancelled',
         -(select coalesce(sum(${monthlyCents('i')}), 0) from subscriptions.items i
            where i.subscription_id = s.id and i.ends_on = s.cancelled_on)::bigint
    from subscriptions.subscriptions s where s.cancelled_on between ${from}::date and ${to}::date and s.activated_on is not null
  union all
  select 'subscription', moved.id, moved.customer_id, moved.on_date, case when moved.cents > 0 then 'upgrade' else 'downgrade' end, moved.cents
    from (select s.id, s.customer_id, c.on_date,
                 ((select coalesce(sum(${monthlyCents('i')}), 0) from subscriptions.items i where i.subscription_id = s.id and i.starts_on = c.on_date
                        and coalesce(i.ends_on, i.starts_on) >= i.starts_on)
                - (select coalesce(sum(${monthlyCents('i')}), 0) from subscriptions.items i where i.subscription_id = s.id and i.ends_on = c.on_date - 1
                        and i.ends_on >= i.starts_on))::bigint as cents
            from (select distinct subscription_id, on_date from subscriptions.steps
                   where command in ('changePlan', 'moveSubscription') and on_date between ${from}::date and ${to}::date) c
            join subscriptions.subscriptions s on s.id = c.subscription_id) moved
   where moved.cents <> 0`;

/** Quotes by the day of their version that counts, who made it, and whether it was accepted; monthly price of its lines. */
const ofQuotes = ({ from, to }: Pick<Asked, 'from' | 'to'>): RawBuilder<unknown> => sql`
  select 'quote' as kind, q.id as document_id, coalesce(a.customer_id, q.customer_id) as customer_id, v.created_by as agent,
         (q.created_at at time zone ${zone})::date as made_on, (a.accepted_at at time zone ${zone})::date as accepted_on,
         (select coalesce(sum(l.amount_cents), 0) from sales.quote_lines l
           where l.quote_id = v.quote_id and l.version = v.version and l.frequency = 'monthly')::bigint as monthly,
         (select coalesce(sum(l.amount_cents), 0) from sales.quote_lines l
           where l.quote_id = v.quote_id and l.version = v.version and l.frequency = 'one_time')::bigint as once
    from sales.quotes q left join sales.acceptances a on a.quote_id = q.id
    join sales.quote_versions v on v.quote_id = q.id and v.version = coalesce(a.version, q.version)
   where q.created_at >= ${from}::date::timestamp at time zone ${zone} and q.created_at < (${to}::date + 1)::timestamp at time zone ${zone}`;

const SERVICES = ['new', 'upgrade', 'downgrade', 'cancelled'] as const;
const WHATS: Readonly<Record<string, Bilingual>> = {
  new: { fr: 'Nouveau service', en: 'New service' },
  upgrade: { fr: 'Hausse', en: 'Upgrade' },
  downgrade: { fr: 'Baisse', en: 'Downgrade' },
  cancelled: { fr: 'Résiliation', en: 'Cancellation' },
};
type Monthly = { key: string } & Record<string, number | bigint | string>;

async function byMonth(reading: Reading, asked: Asked) {
  const sums = SERVICES.map(
    (what) => sql`count(*) filter (where m.what = ${what})::int as ${sql.ref(what)},
      coalesce(sum(m.cents) filter (where m.what = ${what}), 0)::bigint as ${sql.ref(`${what}Cents`)}`,
  );
  const { rows } = await sql<Monthly>`
    select to_char(m.on_date, 'YYYY-MM') as key, ${sql.join(sums)} from (${ofServices(asked)}) m group by 1 order by 1`.execute(
    reading.db,
  );
  return {
    rows: rows.map((row): ReportRow => {
      const cents = SERVICES.map((what) => [`${what}Cents`, BigInt(row[`${what}Cents`] ?? 0)] as const);
      return {
        key: row.key,
        label: monthName(row.key),
        note: null,
        amounts: { ...Object.fromEntries(cents), netCents: cents.reduce((sum, [, one]) => sum + one, 0n) },
        counts: Object.fromEntries(SERVICES.map((what) => [what, Number(row[what] ?? 0)])),
      };
    }),
  };
}

type OfAgent = { agent: string | null; made: number; accepted: number; monthly: bigint; once: bigint };

async function byAgent(reading: Reading, asked: Asked) {
  const { rows } = await sql<OfAgent>`
    select q.agent, count(*)::int as made, count(q.accepted_on)::int as accepted,
           coalesce(sum(q.monthly) filter (where q.accepted_on is not null), 0)::bigint as monthly,
           coalesce(sum(q.once) filter (where q.accepted_on is not null), 0)::bigint as once
      from (${ofQuotes(asked)}) q group by 1 order by 4 desc, 1`.execute(reading.db);
  return {
    rows: rows.map(({ agent, made, accepted, monthly, once }): ReportRow => ({
      key: agent ?? NONE,
      label: agent === null ? { fr: 'Sans auteur', en: 'Nobody' } : named(agent),
      note: null,
      amounts: { monthly, once },
      counts: { made, accepted, rate: percentOf(accepted, made) },
    })),
  };
}

const SERVICE_COLUMNS: readonly ReportColumn[] = [
  count({ key: 'new', fr: 'Nouveaux', en: 'New' }),
  money({ key: 'newCents', fr: 'Nouveaux, par mois', en: 'New, monthly' }),
  count({ key: 'upgrade', fr: 'Hausses', en: 'Upgrades' }),
  money({ key: 'upgradeCents', fr: 'Hausses, par mois', en: 'Upgrades, monthly' }),
  count({ key: 'downgrade', fr: 'Baisses', en: 'Downgrades' }),
  money({ key: 'downgradeCents', fr: 'Baisses, par mois', en: 'Downgrades, monthly' }),
  count({ key: 'cancelled', fr: 'Résiliés', en: 'Cancelled' }),
  money({ key: 'cancelledCents', fr: 'Résiliés, par mois', en: 'Cancelled, monthly' }),
  money({ key: 'netCents', fr: 'Net, par mois', en: 'Net, monthly' }),
];
const QUOTE_COLUMNS: readonly ReportColumn[] = [
  count({ key: 'made', fr: 'Soumissions', en: 'Quotes' }),
  count({ key: 'accepted', fr: 'Acceptées', en: 'Accepted' }),
  percent({ key: 'rate', fr: 'Taux', en: 'Rate' }),
  money({ key: 'monthly', fr: 'Vendu, par mois', en: 'Sold, monthly' }),
  money({ key: 'once', fr: 'Vendu, une fois', en: 'Sold, one-time' }),
];

function documents(_: Reading, figure: Figure): RawBuilder<unknown> | undefined {
  return figure.by === 'agent' ? quotesOf(figure) : servicesOf(figure);
}

function servicesOf(figure: Figure): RawBuilder<unknown> | undefined {
  const { column, row } = figure;
  const what = column.replace(/Cents$/, '');
  if (what !== 'net' && !SERVICES.some((one) => one === what)) return undefined;
  return sql`
    select m.kind, m.document_id as id, m.on_date as "on", m.customer_id as "customerId",
           ${said(sql`m.what`, WHATS, 'fr')} as fr, ${said(sql`m.what`, WHATS, 'en')} as en, m.cents
      from (${ofServices(figure)}) m
     where ${what === 'net' ? sql`true` : sql`m.what = ${what}`} ${row === undefined ? sql`` : sql`and to_char(m.on_date, 'YYYY-MM') = ${row}`}`;
}

function quotesOf(figure: Figure): RawBuilder<unknown> | undefined {
  const { column, row } = figure;
  if (!['made', 'accepted', 'monthly', 'once'].includes(column)) return undefined;
  const cents = column === 'once' ? sql`q.once` : sql`q.monthly`;
  return sql`
    select q.kind, q.document_id as id, q.made_on as "on", q.customer_id as "customerId",
           coalesce(q.agent, '') as fr, coalesce(q.agent, '') as en, ${cents} as cents
      from (${ofQuotes(figure)}) q
     where ${column === 'made' ? sql`true` : sql`q.accepted_on is not null`}
       ${row === undefined ? sql`` : sql`and coalesce(q.agent, ${NONE}) = ${row}`}`;
}

/** What was sold: services that began, changed and ended; quotes by who made them. */
export const sales: ReportDefinition = {
  title: { fr: 'Ventes', en: 'Sales' },
  meaning: {
    fr: 'Par mois : services commencés, changements de forfait et résiliations, au jour où ils prennent effet, avec leur prix mensuel. Par agent : soumissions faites pendant la période et ce qui en est accepté.',
    en: 'By month: services begun, plan changes and cancellations on the day they take effect, with their monthly price. By agent: quotes made in the period and what of them was accepted.',
  },
  columns: ({ by }) => (by === 'agent' ? QUOTE_COLUMNS : SERVICE_COLUMNS),
  read: (reading, asked) => (asked.by === 'agent' ? byAgent(reading, asked) : byMonth(reading, asked)),
  documents,
};
