import type { Report, ReportRow } from '@gigafibre/contract';
import { TAX_ACCOUNTS, TAX_PAID_ACCOUNTS } from '@gigafibre/ledger';
import { TAX_NAMES } from '@gigafibre/money';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import { readCompany } from '../../platform/company.ts';
import { movementOfKinds } from './ledger-sums.ts';
import {
  money,
  monthName,
  type Asked,
  type Bilingual,
  type Figure,
  type ReportDefinition,
} from './report.ts';

/** The 9-1-1 municipal tax: lines of invoices, collected for Revenu Québec by a return of its own. */
const MUNICIPAL = '911';
const NAMES = {
  ...TAX_NAMES,
  [MUNICIPAL]: { fr: 'Taxe municipale 9-1-1', en: '9-1-1 municipal tax' },
} as const;
const ACCOUNTS = { ...TAX_ACCOUNTS, [MUNICIPAL]: '2120' } as const;
type TaxName = keyof typeof ACCOUNTS;
const TAXES: readonly TaxName[] = ['GST', 'QST', 'HST', MUNICIPAL];
/** Documents that move the tax a customer pays; what is remitted is another matter. */
const KINDS = ['invoice', 'credit_note', 'write_off', 'write_off_recovery'] as const;
/** Documents that move the tax paid to suppliers. */
const PAID_KINDS = ['supplier_bill', 'supplier_bill_reversal'] as const;

/**
 * Taxes of documents: collected, taken back by credit notes, claimed back on debts given up (less recoveries), and
 * paid on the bills of suppliers, on the day each stands in the books; a bill taken back on the day it was.
 */
const moved = ({ from, to }: Pick<Asked, 'from' | 'to'>): RawBuilder<unknown> => sql`
  select i.issued_on as on_date, 'invoice' as kind, i.id as document_id, i.customer_id, ''::text as whose, t.tax,
         t.base_cents as base, t.tax_cents as collected, 0::bigint as credited, 0::bigint as written_off, 0::bigint as paid
    from billing.invoices i join billing.invoice_taxes t on t.invoice_id = i.id
   where i.issued_on between ${from}::date and ${to}::date
  union all
  select n.issued_on, 'credit_note', n.id, n.customer_id, '', t.tax, -c.base_cents, 0, c.tax_cents, 0, 0
    from billing.credit_notes n join billing.credit_note_taxes c on c.credit_note_id = n.id
    join billing.invoice_taxes t on t.invoice_id = c.invoice_id and t.line = c.invoice_tax_line
   where n.issued_on between ${from}::date and ${to}::date
  union all
  select n.issued_on, 'credit_note', n.id, n.customer_id, '', t.tax, -t.base_cents, 0, t.tax_cents, 0, 0
    from billing.credit_notes n join billing.credit_note_own_taxes t on t.credit_note_id = n.id
   where n.issued_on between ${from}::date and ${to}::date
  union all
  select w.on_date, w.kind, w.id, w.customer_id, '', taxed.tax, -w.sign * w.net_cents, 0, 0, w.sign * taxed.cents, 0
    from (select id, 'write_off' as kind, customer_id, on_date, net_cents, gst_cents, qst_cents, hst_cents, 1 as sign
            from billing.write_offs where on_date between ${from}::date and ${to}::date
          union all
          select r.id, 'write_off_recovery', o.customer_id, r.on_date, r.net_cents, r.gst_cents, r.qst_cents, r.hst_cents, -1
            from billing.write_off_recoveries r join billing.write_offs o on o.id = r.write_off_id
           where r.on_date between ${from}::date and ${to}::date) w
    cross join lateral (values ('GST', w.gst_cents), ('QST', w.qst_cents), ('HST', w.hst_cents)) as taxed (tax, cents)
   where taxed.cents <> 0
  union all
  select i.issued_on, 'invoice', i.id, i.customer_id, '', ${MUNICIPAL}, 0, l.net_cents, 0, 0, 0
    from billing.invoice_lines l join billing.invoices i on i.id = l.invoice_id
   where l.revenue_account = '2120' and i.issued_on between ${from}::date and ${to}::date
  union all
  select n.issued_on, 'credit_note', n.id, n.customer_id, '', ${MUNICIPAL}, 0, 0, c.net_cents, 0, 0
    from billing.invoice_lines l
    join billing.credit_note_lines c on c.invoice_id = l.invoice_id and c.invoice_line = l.line
    join billing.credit_notes n on n.id = c.credit_note_id
   where l.revenue_account = '2120' and n.issued_on between ${from}::date and ${to}::date
  union all
  select n.issued_on, 'credit_note', n.id, n.customer_id, '', ${MUNICIPAL}, 0, 0, o.net_cents, 0, 0
    from billing.credit_notes n join billing.credit_note_own_lines o on o.credit_note_id = n.id
   where o.revenue_account = '2120' and n.issued_on between ${from}::date and ${to}::date
  union all
  select b.on_date, 'supplier_bill', b.id, null, ' – ' || s.name, taxed.tax, 0, 0, 0, 0, b.sign * taxed.cents
    from (select id, supplier_id, booked_on as on_date, gst_cents, qst_cents, 1 as sign
            from purchases.bills where booked_on between ${from}::date and ${to}::date
          union all
          select id, supplier_id, reversed_on, gst_cents, qst_cents, -1
            from purchases.bills where booked_on is not null and reversed_on between ${from}::date and ${to}::date) b
    join purchases.suppliers s on s.id = b.supplier_id
    cross join lateral (values ('GST', b.gst_cents), ('QST', b.qst_cents)) as taxed (tax, cents)
   where taxed.cents <> 0`;

type Sums = {
  tax: TaxName;
  month: string;
  base: bigint;
  collected: bigint;
  credited: bigint;
  written_off: bigint;
  paid: bigint;
};

const keyOf = ({ by }: Pick<Asked, 'by'>): RawBuilder<unknown> =>
  by === 'month' ? sql`m.tax || ' ' || to_char(m.on_date, 'YYYY-MM')` : sql`m.tax`;

async function read(reading: Reading, asked: Asked) {
  const month = asked.by === 'month' ? sql`to_char(m.on_date, 'YYYY-MM')` : sql`''`;
  const { rows } = await sql<Sums>`
    select m.tax, ${month} as month, sum(base)::bigint as base, sum(collected)::bigint as collected,
           sum(credited)::bigint as credited, sum(written_off)::bigint as written_off, sum(paid)::bigint as paid
      from (${moved(asked)}) m group by 1, 2
     order by array_position(${sql.val([...TAXES])}::text[], m.tax), 2`.execute(reading.db);
  const { gstNumber, qstNumber } = await readCompany(reading.db);
  const shown = rows.map((row): ReportRow => ({
    key: row.month === '' ? row.tax : `${row.tax} ${row.month}`,
    label: labelOf(row),
    // HST is remitted under the GST registration.
    note: row.tax === MUNICIPAL ? null : row.tax === 'QST' ? qstNumber : gstNumber,
    amounts: {
      base: row.base,
      collected: row.collected,
      credited: -row.credited,
      writtenOff: -row.written_off,
      paid: -row.paid,
      net: netOf(row),
    },
    counts: {},
  }));
  return {
    rows: shown,
    ledger: await ledgerOf(reading, asked, rows),
    totals: totalsOf(shown),
    remarks: REMARKS,
  };
}

/** What is remitted; negative when the tax office gives back. */
const netOf = (row: Sums): bigint => row.collected - row.credited - row.written_off - row.paid;

/** Taxes are never added together but for what leaves the bank; a base belongs to each tax. */
function totalsOf(rows: readonly ReportRow[]) {
  const sum = (key: string) => rows.reduce((cents, { amounts }) => cents + (amounts[key] ?? 0n), 0n);
  const keys = ['collected', 'credited', 'writtenOff', 'paid', 'net'];
  return { amounts: Object.fromEntries(keys.map((key) => [key, sum(key)])), counts: {} };
}

function labelOf({ tax, month }: Pick<Sums, 'tax' | 'month'>): Bilingual {
  const name = NAMES[tax];
  if (month === '') return { fr: name.fr, en: name.en };
  const said = monthName(month);
  return { fr: `${name.fr}, ${said.fr}`, en: `${name.en}, ${said.en}` };
}

/** Each tax to remit beside its two accounts, and what is claimed back beside its own. */
async function ledgerOf(reading: Reading, asked: Asked, rows: readonly Sums[]): Promise<Report['ledger']> {
  const sums: Report['ledger'] = [];
  for (const tax of TAXES) {
    const own = rows.filter((row) => row.tax === tax);
    if (own.length === 0) continue;
    const [name, number] = [NAMES[tax], ACCOUNTS[tax]];
    const collected = await movementOfKinds(reading, { ...asked, accounts: [number], kinds: KINDS });
    // The HST of other provinces is not claimed yet.
    const claimed = tax === 'HST' || tax === MUNICIPAL ? undefined : CLAIMED[tax];
    const paid = claimed
      ? await movementOfKinds(reading, { ...asked, accounts: [claimed.account], kinds: PAID_KINDS })
      : 0n;
    const buys = claimed && (paid !== 0n || own.some((row) => row.paid !== 0n));
    if (buys)
      sums.push({
        column: 'paid',
        label: { fr: `${claimed.fr} (${claimed.account})`, en: `${claimed.en} (${claimed.account})` },
        reportCents: own.reduce((sum, row) => sum - row.paid, 0n),
        ledgerCents: paid,
      });
    sums.push({
      column: 'net',
      label: buys
        ? {
            fr: `${name.fr} à remettre (${number} et ${claimed.account})`,
            en: `${name.en} to remit (${number} and ${claimed.account})`,
          }
        : { fr: `${name.fr} à payer (${number})`, en: `${name.en} payable (${number})` },
      reportCents: own.reduce((sum, row) => sum + netOf(row), 0n),
      ledgerCents: collected + paid,
    });
  }
  return sums;
}

const CLAIMED = {
  GST: { account: TAX_PAID_ACCOUNTS.GST, fr: 'CTI à recevoir', en: 'ITC receivable' },
  QST: { account: TAX_PAID_ACCOUNTS.QST, fr: 'RTI à recevoir', en: 'ITR receivable' },
} as const;

const REMARKS: readonly Bilingual[] = [
  {
    fr: 'Taxes payées (CTI et RTI) : factures de fournisseurs approuvées, à leur date aux livres. La TVH payée dans une autre province est à ajouter à la main.',
    en: 'Taxes paid (ITC and ITR): approved bills of suppliers, on their day in the ledger. HST paid in another province is to be added by hand.',
  },
];

/** The expression behind each column. */
const FIGURES: Readonly<Record<string, RawBuilder<unknown>>> = {
  base: sql`base`,
  collected: sql`collected`,
  credited: sql`-credited`,
  writtenOff: sql`-written_off`,
  paid: sql`-paid`,
  net: sql`collected - credited - written_off - paid`,
};

function documents(_: Reading, figure: Figure): RawBuilder<unknown> | undefined {
  const cents = FIGURES[figure.column];
  if (!cents) return undefined;
  return sql`
    select m.kind, m.document_id as id, m.on_date as "on", m.customer_id as "customerId",
           case m.tax when 'GST' then 'TPS' when 'QST' then 'TVQ' when 'HST' then 'TVH' else ${NAMES[MUNICIPAL].fr} end || m.whose as fr,
           case m.tax when ${MUNICIPAL} then ${NAMES[MUNICIPAL].en} else m.tax end || m.whose as en, sum(${cents})::bigint as cents
      from (${moved(figure)}) m
     where ${cents} <> 0 ${figure.row === undefined ? sql`` : sql`and ${keyOf(figure)} = ${figure.row}`}
     group by 1, 2, 3, 4, 5, 6`;
}

/** Sales taxes as their returns ask for them. */
export const taxes: ReportDefinition = {
  title: { fr: 'Taxes à produire', en: 'Taxes to file' },
  meaning: {
    fr: 'Par taxe et numéro d’inscription : base taxable, taxe des factures, taxe reprise par les notes de crédit et réclamée sur les créances radiées, taxe payée aux fournisseurs, au jour de chaque document.',
    en: 'By tax and registration: taxable base, tax of invoices, tax taken back by credit notes and claimed on debts given up, tax paid to suppliers, on the day of each document.',
  },
  columns: () => [
    money({ key: 'base', fr: 'Base taxable', en: 'Taxable base' }),
    money({ key: 'collected', fr: 'Perçue', en: 'Collected' }),
    money({ key: 'credited', fr: 'Notes de crédit', en: 'Credit notes' }),
    money({ key: 'writtenOff', fr: 'Radiations', en: 'Write-offs' }),
    money({ key: 'paid', fr: 'Payée (CTI, RTI)', en: 'Paid (ITC, ITR)' }),
    money({ key: 'net', fr: 'À remettre', en: 'To remit' }),
  ],
  read,
  documents,
};
