import type { ReportRow } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import { movementOfKinds } from './ledger-sums.ts';
import {
  count,
  money,
  monthName,
  said,
  type Asked,
  type Bilingual,
  type Figure,
  type ReportDefinition,
} from './report.ts';

const MONEY_ACCOUNTS = ['1010', '1050', '1055'] as const;
/** What leaves a payment again, by the column it stands in. What comes back after all is negative there. */
const LEFT: Readonly<Record<string, readonly string[]>> = {
  refunded: ['refund', 'refund_failed'],
  returned: ['return'],
  disputed: ['chargeback', 'chargeback_reinstated'],
};
const columnOf = (kind: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`case ${kind} when 'return' then 'returned' when 'refund' then 'refunded' when 'refund_failed' then 'refunded' else 'disputed' end`;

/** Money that came and money that left again, each on its day. */
const moved = ({ from, to }: Pick<Asked, 'from' | 'to'>): RawBuilder<unknown> => sql`
  select p.received_on as on_date, 'payment' as kind, p.id as document_id, p.customer_id, p.method,
         'received' as what, p.amount_cents as cents
    from payments.payments p where p.received_on between ${from}::date and ${to}::date
  union all
  select w.on_date, 'withdrawal', w.source_id, w.customer_id, coalesce(p.method, r.destination),
         ${columnOf(sql`w.kind`)}, -w.amount_cents
    from payments.withdrawals w left join payments.payments p on p.id = w.payment_id
    left join payments.refunds r on w.payment_id is null and r.id = w.source_id
   where w.on_date between ${from}::date and ${to}::date`;

const keyOf = ({ by }: Pick<Asked, 'by'>): RawBuilder<unknown> =>
  by === 'month' ? sql`to_char(m.on_date, 'YYYY-MM')` : sql`m.method`;

type Sums = {
  key: string;
  payments: number;
  received: bigint;
  refunded: bigint;
  returned: bigint;
  disputed: bigint;
};

async function read(reading: Reading, asked: Asked) {
  const sumOf = (what: string) =>
    sql`coalesce(sum(m.cents) filter (where m.what = ${what}), 0)::bigint as ${sql.ref(what)}`;
  const { rows } = await sql<Sums>`
    select ${keyOf(asked)} as key, count(*) filter (where m.what = 'received')::int as payments,
           ${sql.join(['received', ...Object.keys(LEFT)].map(sumOf))}
      from (${moved(asked)}) m group by 1 order by 1`.execute(reading.db);
  const received = rows.reduce((sum, row) => sum + row.received, 0n);
  return {
    rows: rows.map(({ key, payments, ...cents }): ReportRow => ({
      key,
      label: asked.by === 'month' ? monthName(key) : (METHODS[key] ?? { fr: key, en: key }),
      note: null,
      amounts: { ...cents, net: cents.received + cents.refunded + cents.returned + cents.disputed },
      counts: { payments },
    })),
    ledger: [
      {
        column: 'received',
        label: { fr: 'Encaisse et fonds en transit, paiements', en: 'Cash and funds in transit, payments' },
        reportCents: received,
        ledgerCents: -(await movementOfKinds(reading, {
          ...asked,
          accounts: MONEY_ACCOUNTS,
          kinds: ['payment'],
        })),
      },
    ],
  };
}

const METHODS: Readonly<Record<string, Bilingual>> = {
  card: { fr: 'Carte', en: 'Card' },
  bank_debit: { fr: 'Débit préautorisé', en: 'Pre-authorized debit' },
  cash: { fr: 'Comptant', en: 'Cash' },
  cheque: { fr: 'Chèque', en: 'Cheque' },
  transfer: { fr: 'Virement', en: 'Transfer' },
};

function documents(_: Reading, figure: Figure): RawBuilder<unknown> | undefined {
  const { column, row } = figure;
  const what =
    column === 'net'
      ? sql`true`
      : column === 'payments'
        ? sql`m.what = 'received'`
        : column === 'received' || column in LEFT
          ? sql`m.what = ${column}`
          : undefined;
  if (!what) return undefined;
  return sql`
    select m.kind, m.document_id as id, m.on_date as "on", m.customer_id as "customerId",
           ${said(sql`m.method`, METHODS, 'fr')} as fr, ${said(sql`m.method`, METHODS, 'en')} as en, sum(m.cents)::bigint as cents
      from (${moved(figure)}) m
     where ${what} ${row === undefined ? sql`` : sql`and ${keyOf(figure)} = ${row}`}
     group by 1, 2, 3, 4, 5, 6`;
}

/** Money received, and what left it again. */
export const payments: ReportDefinition = {
  title: { fr: 'Paiements', en: 'Payments' },
  meaning: {
    fr: 'Argent reçu au jour de sa réception, et ce qui en est reparti au jour de son départ : remboursements, débits retournés, contestations.',
    en: 'Money on the day it was received, and what left it again on the day it left: refunds, returned debits, disputes.',
  },
  columns: () => [
    count({ key: 'payments', fr: 'Nombre', en: 'Count' }),
    money({ key: 'received', fr: 'Reçu', en: 'Received' }),
    money({ key: 'refunded', fr: 'Remboursé', en: 'Refunded' }),
    money({ key: 'returned', fr: 'Retourné', en: 'Returned' }),
    money({ key: 'disputed', fr: 'Contesté', en: 'Disputed' }),
    money({ key: 'net', fr: 'Net', en: 'Net' }),
  ],
  read,
  documents,
};
