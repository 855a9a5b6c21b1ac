import { civilDateOf } from '@gigafibre/calendar';
import { REPORT_ROWS_MAX, type ReportRow } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import { balanceAt } from './ledger-sums.ts';
import { money, type Asked, type Bilingual, type Figure, type ReportDefinition } from './report.ts';

/** The day it is told for: the last that is asked, today at the latest. */
const dayOf = ({ now }: Pick<Reading, 'now'>, { to }: Pick<Asked, 'to'>): string => {
  const today = civilDateOf(now);
  return to < today ? to : today;
};

/**
 * What was open of invoices at the end of a day: what is open now, and what has been settled since. Settlements are
 * walked from the newest, so that the age of the company costs nothing.
 */
const openAt = (on: string): RawBuilder<unknown> => sql`
  select i.id, i.customer_id, i.issued_on, i.due_on, i.outstanding_cents + coalesce(later.cents, 0) as cents,
         case when i.due_on >= ${on}::date then 'current' when i.due_on >= ${on}::date - 30 then 'days30'
              when i.due_on >= ${on}::date - 60 then 'days60' when i.due_on >= ${on}::date - 90 then 'days90' else 'older' end as age
    from (select invoice_id, sum(amount_cents)::bigint as cents from billing.settlements
           where on_date > ${on}::date group by 1) later
    full join (select * from billing.invoices where settled_cents < total_cents) open on open.id = later.invoice_id
    join billing.invoices i on i.id = coalesce(open.id, later.invoice_id)
   where i.issued_on <= ${on}::date and i.outstanding_cents + coalesce(later.cents, 0) <> 0`;

/** Money of customers that no invoice had taken at the end of a day; negative, as it lowers what they owe. */
const creditsAt = (on: string): RawBuilder<unknown> => sql`
  select customer_id, sum(cents)::bigint as cents
    from (select customer_id, balance_cents as cents from ledger.customer_balances where account = '2210' and balance_cents <> 0
          union all
          select p.customer_id, p.credit_cents - p.debit_cents from ledger.entries e join ledger.postings p on p.entry_id = e.id
           where e.on_date > ${on}::date and p.account = '2210') held
   group by 1 having sum(cents) <> 0`;

const AGES = ['current', 'days30', 'days60', 'days90', 'older'] as const;
type Sums = { key: string; fr: string; en: string } & Record<(typeof AGES)[number] | 'credits', bigint>;

async function read(reading: Reading, asked: Asked) {
  const on = dayOf(reading, asked);
  const isByCustomer = asked.by === 'customer';
  const { rows } = await sql<Sums>`
    with owed as materialized (${openAt(on)}), held as materialized (${creditsAt(on)}),
    each as (select customer_id, age, cents from owed union all select customer_id, 'credits', cents from held)
    select ${isByCustomer ? sql`c.id` : sql`c.kind`} as key,
           ${isByCustomer ? sql`c.name` : sql`''`} as fr, ${isByCustomer ? sql`c.name` : sql`''`} as en,
           ${sql.join([...AGES, 'credits'].map((age) => sql`coalesce(sum(each.cents) filter (where each.age = ${age}), 0)::bigint as ${sql.ref(age)}`))}
      from each join customers.customers c on c.id = each.customer_id
     group by 1, 2, 3 order by sum(each.cents) desc, 1`.execute(reading.db);
  const all = rows.map((row) => rowOf(row, isByCustomer));
  const sum = (keys: readonly (keyof Sums)[]) =>
    rows.reduce((cents, row) => keys.reduce((part, key) => part + BigInt(row[key]), cents), 0n);
  const left = all.length - REPORT_ROWS_MAX;
  return {
    rows: all.slice(0, REPORT_ROWS_MAX),
    totals: totalsOf(all),
    ledger: [
      {
        column: 'receivable',
        label: { fr: 'Comptes clients (1100)', en: 'Accounts receivable (1100)' },
        reportCents: sum(AGES),
        ledgerCents: await balanceAt(reading, { account: '1100', on }),
      },
      {
        column: 'credits',
        label: { fr: 'Crédits non affectés (2210)', en: 'Unapplied credits (2210)' },
        reportCents: sum(['credits']),
        ledgerCents: await balanceAt(reading, { account: '2210', on }),
      },
    ],
    remarks: left > 0 ? [cutOff(left)] : [],
  };
}

const SEGMENTS: Readonly<Record<string, Bilingual>> = {
  residential: { fr: 'Résidentiel', en: 'Residential' },
  business: { fr: 'Affaires', en: 'Business' },
};

function rowOf(row: Sums, isByCustomer: boolean): ReportRow {
  const receivable = AGES.reduce((sum, age) => sum + row[age], 0n);
  return {
    key: row.key,
    label: isByCustomer ? { fr: row.fr, en: row.en } : (SEGMENTS[row.key] ?? { fr: row.key, en: row.key }),
    note: isByCustomer ? row.key : null,
    amounts: {
      ...Object.fromEntries(AGES.map((age) => [age, row[age]])),
      receivable,
      credits: row.credits,
      balance: receivable + row.credits,
    },
    counts: {},
  };
}

const totalsOf = (rows: readonly ReportRow[]) => ({
  amounts: Object.fromEntries(
    [...AGES, 'receivable', 'credits', 'balance'].map((key) => [
      key,
      rows.reduce((sum, { amounts }) => sum + (amounts[key] ?? 0n), 0n),
    ]),
  ),
  counts: {},
});

const cutOff = (left: number): Bilingual => ({
  fr: `Les ${REPORT_ROWS_MAX} plus grands soldes; ${left} autres clients sont dans les totaux.`,
  en: `The ${REPORT_ROWS_MAX} largest balances; ${left} other customers are in the totals.`,
});

function documents(reading: Reading, figure: Figure): RawBuilder<unknown> | undefined {
  const on = dayOf(reading, figure);
  const { column, row } = figure;
  const ofRow =
    row === undefined ? sql`true` : figure.by === 'customer' ? sql`c.id = ${row}` : sql`c.kind = ${row}`;
  const invoices = (ages: readonly string[]) => sql`
    select 'invoice' as kind, owed.id, owed.issued_on as "on", owed.customer_id as "customerId",
           'échéance ' || owed.due_on as fr, 'due ' || owed.due_on as en, owed.cents
      from (${openAt(on)}) owed join customers.customers c on c.id = owed.customer_id
     where ${ofRow} and owed.age in (${sql.join([...ages])})`;
  const credits = sql`
    select 'customer' as kind, held.customer_id as id, ${on}::date as "on", held.customer_id as "customerId",
           'Crédit non affecté' as fr, 'Unapplied credit' as en, held.cents
      from (${creditsAt(on)}) held join customers.customers c on c.id = held.customer_id where ${ofRow}`;
  if (column === 'credits') return credits;
  if (column === 'receivable') return invoices(AGES);
  if (column === 'balance') return sql`${invoices(AGES)} union all ${credits}`;
  return AGES.some((age) => age === column) ? invoices([column]) : undefined;
}

/** What customers owe, by the age of it. */
export const receivables: ReportDefinition = {
  title: { fr: 'Comptes clients par âge', en: 'Receivables by age' },
  meaning: {
    fr: 'Ce qui reste à payer des factures à la fin du dernier jour de la période, par jours de retard sur l’échéance. Les crédits non affectés sont à part, jamais déduits d’une tranche.',
    en: 'What is left to pay of invoices at the end of the last day of the period, by days past due. Unapplied credits stand apart, never taken off a bracket.',
  },
  columns: () => [
    money({ key: 'current', fr: 'Non échu', en: 'Not due' }),
    money({ key: 'days30', fr: '1–30 jours', en: '1–30 days' }),
    money({ key: 'days60', fr: '31–60 jours', en: '31–60 days' }),
    money({ key: 'days90', fr: '61–90 jours', en: '61–90 days' }),
    money({ key: 'older', fr: '91 jours et plus', en: '91 days and more' }),
    money({ key: 'receivable', fr: 'À recevoir', en: 'Receivable' }),
    money({ key: 'credits', fr: 'Crédits', en: 'Credits' }),
    money({ key: 'balance', fr: 'Solde', en: 'Balance' }),
  ],
  read,
  documents,
};
