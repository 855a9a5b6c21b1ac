import type { ReportRow } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import { ledgerMovement } from './ledger-sums.ts';
import {
  money,
  monthName,
  NONE,
  type Asked,
  type Bilingual,
  type Figure,
  type ReportDefinition,
} from './report.ts';

type Days = Pick<Asked, 'from' | 'to'>;
const between = (day: string, { from, to }: Days): RawBuilder<unknown> =>
  sql`${sql.ref(day)} between ${from}::date and ${to}::date`;

/** The 9-1-1 municipal tax is collected for Revenu Québec: a line of an invoice, and no revenue. */
const NOT_REVENUE = '2120';

/** Lines of documents as they were invoiced and credited; `more` narrows documents by `doc` (number, issued_on). */
const invoiced = (
  days: Days,
  { invoices, notes }: Readonly<Record<'invoices' | 'notes', RawBuilder<unknown>>>,
): RawBuilder<unknown> => sql`
  select doc.issued_on as on_date, 'invoice' as kind, doc.id as document_id, doc.customer_id, l.revenue_account, l.sku, l.location_id,
         l.description_fr, l.description_en, l.net_cents as invoiced, case when l.in_advance then 0 else l.net_cents end as recognised
    from billing.invoices doc join billing.invoice_lines l on l.invoice_id = doc.id
   where ${between('doc.issued_on', days)} and ${invoices} and l.revenue_account <> ${NOT_REVENUE}
  union all
  select doc.issued_on, 'credit_note', doc.id, doc.customer_id, l.revenue_account, l.sku, l.location_id,
         l.description_fr, l.description_en, -c.net_cents, case when l.in_advance then 0 else -c.net_cents end
    from billing.credit_notes doc join billing.credit_note_lines c on c.credit_note_id = doc.id
    join billing.invoice_lines l on l.invoice_id = c.invoice_id and l.line = c.invoice_line
   where ${between('doc.issued_on', days)} and ${notes} and l.revenue_account <> ${NOT_REVENUE}
  union all
  select doc.issued_on, 'credit_note', doc.id, doc.customer_id, o.revenue_account, o.sku, o.location_id,
         o.description_fr, o.description_en, -o.net_cents, case when o.in_advance then 0 else -o.net_cents end
    from billing.credit_notes doc join billing.credit_note_own_lines o on o.credit_note_id = doc.id
   where ${between('doc.issued_on', days)} and ${notes} and o.revenue_account <> ${NOT_REVENUE}`;

/** What became revenue by its days, on the last day of its month. */
const recognised = ({ from, to }: Days): RawBuilder<unknown> => sql`
  select (r.month + interval '1 month - 1 day')::date as on_date, case when r.document_id = i.id then 'invoice' else 'credit_note' end as kind,
         r.document_id, coalesce(i.customer_id, n.customer_id) as customer_id, r.revenue_account, coalesce(l.sku, o.sku) as sku,
         coalesce(l.location_id, o.location_id) as location_id, coalesce(l.description_fr, o.description_fr) as description_fr,
         coalesce(l.description_en, o.description_en) as description_en, 0::bigint as invoiced, r.cents as recognised
    from billing.recognised r
    left join billing.invoice_lines l on l.invoice_id = r.invoice_id and l.line = r.invoice_line
    left join billing.invoices i on i.id = r.invoice_id
    left join billing.credit_note_own_lines o on r.invoice_id is null and o.credit_note_id = r.document_id and o.line = r.line
    left join billing.credit_notes n on r.invoice_id is null and n.id = r.document_id
   where r.month between date_trunc('month', ${from}::date::timestamp)::date
     and (date_trunc('month', ${to}::date::timestamp + interval '1 day') - interval '1 month')::date`;

/** Line by line: what is behind the figures, and what they are made of where no sum is kept. */
const moved = (days: Days): RawBuilder<unknown> =>
  sql`${invoiced(days, { invoices: sql`true`, notes: sql`true` })} union all ${recognised(days)}`;

const mark = (series: 'invoices_to' | 'notes_to'): RawBuilder<unknown> =>
  sql`doc.number > (select coalesce(max(${sql.ref(series)}), 0) from billing.recognitions)`;

/** The same in sums: kept ones of the documents that a recognition has seen, and the lines of those that came after. */
const summed = (days: Days): RawBuilder<unknown> => sql`
  select on_date, revenue_account, nullif(sku, '') as sku, null as location_id, invoiced_cents as invoiced, earned_cents as recognised
    from billing.revenue_days where ${between('on_date', days)} and revenue_account <> ${NOT_REVENUE}
  union all
  select on_date, revenue_account, sku, location_id, invoiced, recognised
    from (${invoiced(days, { invoices: mark('invoices_to'), notes: mark('notes_to') })}) late`;

type By = Readonly<{ key: RawBuilder<unknown>; joins: RawBuilder<unknown> }>;
const BYS: Readonly<Partial<Record<Asked['by'], By>>> = {
  month: { key: sql`to_char(m.on_date, 'YYYY-MM')`, joins: sql`` },
  account: { key: sql`m.revenue_account`, joins: sql`` },
  municipality: {
    key: sql`coalesce(place.municipality, ${NONE})`,
    joins: sql`left join plant.locations place on place.id = m.location_id`,
  },
  plan: { key: sql`coalesce(m.sku, ${NONE})`, joins: sql`` },
};
const byOf = ({ by }: Pick<Asked, 'by'>): By => {
  const found = BYS[by] ?? BYS.month;
  if (!found) throw new Error('revenue has no rows by month');
  return found;
};

type Sums = { key: string; invoiced: bigint; recognised: bigint };

async function read(reading: Reading, asked: Asked) {
  const { key, joins } = byOf(asked);
  const { rows } = await sql<Sums>`
    select ${key} as key, coalesce(sum(m.invoiced), 0)::bigint as invoiced, coalesce(sum(m.recognised), 0)::bigint as recognised
      from (${asked.by === 'municipality' ? moved(asked) : summed(asked)}) m ${joins} group by 1 order by 1`.execute(
    reading.db,
  );
  const names = await namesOf(
    reading,
    asked,
    rows.map((row) => row.key),
  );
  const shown = rows.map((row): ReportRow => {
    const label = names.get(row.key);
    return {
      key: row.key,
      label: label ?? monthName(row.key),
      note: row.key === NONE || asked.by === 'month' || asked.by === 'municipality' ? null : row.key,
      amounts: { invoiced: row.invoiced, recognised: row.recognised },
      counts: {},
    };
  });
  const total = (column: 'invoiced' | 'recognised') => rows.reduce((sum, row) => sum + row[column], 0n);
  return {
    rows: asked.by === 'month' ? shown : shown.toSorted(largestFirst),
    ledger: [
      {
        column: 'invoiced',
        label: { fr: 'Produits et produits reportés', en: 'Revenue and deferred revenue' },
        reportCents: total('invoiced'),
        ledgerCents: await ledgerMovement(reading, {
          ...asked,
          accounts: sql`a.kind = 'revenue' or a.number = '2200'`,
        }),
      },
      {
        column: 'recognised',
        label: { fr: 'Produits', en: 'Revenue' },
        reportCents: total('recognised'),
        ledgerCents: await ledgerMovement(reading, { ...asked, accounts: sql`a.kind = 'revenue'` }),
      },
    ],
    remarks: await remarksOf(reading, asked),
  };
}

const largestFirst = (one: ReportRow, other: ReportRow): number =>
  Number((other.amounts['invoiced'] ?? 0n) - (one.amounts['invoiced'] ?? 0n));

const NOTHING: Readonly<Partial<Record<Asked['by'], Bilingual>>> = {
  municipality: { fr: 'Sans adresse de service', en: 'No service address' },
  plan: { fr: 'Hors catalogue', en: 'Not in the catalog' },
};

/** Words of accounts and items; a municipality is its own name. */
async function namesOf(
  { db }: Reading,
  { by }: Asked,
  keys: readonly string[],
): Promise<Map<string, Bilingual>> {
  const names = new Map<string, Bilingual>();
  if (by === 'municipality') for (const key of keys) names.set(key, { fr: key, en: key });
  if ((by === 'account' || by === 'plan') && keys.length > 0) {
    const from =
      by === 'account'
        ? sql`ledger.accounts where number in (${sql.join(keys)})`
        : sql`catalog.items where sku in (${sql.join(keys)})`;
    const { rows } = await sql<{ key: string; fr: string; en: string }>`
      select ${by === 'account' ? sql`number` : sql`sku`} as key, name_fr as fr, name_en as en from ${from}`.execute(
      db,
    );
    for (const { key, fr, en } of rows) names.set(key, { fr, en });
    for (const key of keys) if (!names.has(key)) names.set(key, { fr: key, en: key });
  }
  const none = NOTHING[by];
  if (none) names.set(NONE, none);
  return names;
}

/** Months that are over or running and whose deferred revenue is not recognised yet. */
async function remarksOf({ db }: Reading, { to }: Asked): Promise<Bilingual[]> {
  const { rows } = await sql<{ month: string | null }>`
    select to_char(max(month), 'YYYY-MM') as month from billing.recognitions`.execute(db);
  const month = rows[0]?.month ?? null;
  if (month !== null && to.slice(0, 7) <= month) return [];
  const through = month === null ? undefined : monthName(month);
  return [
    {
      fr: through
        ? `Les produits reportés sont constatés jusqu’en ${through.fr} : le mois suivant l’est quand il est terminé.`
        : 'Aucun mois n’est encore terminé : rien n’est constaté de ce qui est facturé d’avance.',
      en: through
        ? `Deferred revenue is recognised through ${through.en}: the next month is when it is over.`
        : 'No month is over yet: nothing billed in advance is recognised.',
    },
  ];
}

/** Lines behind a figure, as shares of their documents. */
function documents(_: Reading, figure: Figure): RawBuilder<unknown> | undefined {
  if (figure.column !== 'invoiced' && figure.column !== 'recognised') return undefined;
  const { key, joins } = byOf(figure);
  const cents = sql.ref(`m.${figure.column}`);
  return sql`
    select m.kind, m.document_id as id, m.on_date as "on", m.customer_id as "customerId",
           m.description_fr as fr, m.description_en as en, sum(${cents})::bigint as cents
      from (${moved(figure)}) m ${joins}
     where ${cents} <> 0 ${figure.row === undefined ? sql`` : sql`and ${key} = ${figure.row}`}
     group by 1, 2, 3, 4, 5, 6`;
}

/** What was invoiced and what was earned, before taxes. */
export const revenue: ReportDefinition = {
  title: { fr: 'Revenus', en: 'Revenue' },
  meaning: {
    fr: 'Facturé : lignes des factures moins notes de crédit, avant taxes, au jour de leur émission. Constaté : ce qui est gagné, par jour de service, au dernier jour de chaque mois.',
    en: 'Invoiced: invoice lines less credit notes, before taxes, on the day of issue. Recognised: what is earned, by day of service, on the last day of each month.',
  },
  columns: () => [
    money({ key: 'invoiced', fr: 'Facturé', en: 'Invoiced' }),
    money({ key: 'recognised', fr: 'Constaté', en: 'Recognised' }),
  ],
  read,
  documents,
};
