import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { insertMany, type JsonRow } from '../../platform/db/insert-many.ts';
import type {
  BillingInvoiceLines,
  BillingInvoiceReliefs,
  BillingInvoices,
  BillingInvoiceTaxes,
  BillingSettlements,
} from '../../platform/db/types.ts';

export type InvoiceRow = Selectable<BillingInvoices>;
/** What a list of invoices shows; the rest of a row is what was printed, ten times as much. */
const SUMMARY = [
  'id',
  'number',
  'customer_id',
  'bill_to',
  'issued_on',
  'due_on',
  'subtotal_cents',
  'tax_cents',
  'total_cents',
  'settled_cents',
  'credited_cents',
  'written_off_cents',
  'outstanding_cents',
  'disputed_cents',
] as const satisfies (keyof BillingInvoices)[];
export type SummaryRow = Pick<InvoiceRow, (typeof SUMMARY)[number]>;
export type LineRow = Selectable<BillingInvoiceLines>;
export type TaxRow = Selectable<BillingInvoiceTaxes>;
export type ReliefRow = Selectable<BillingInvoiceReliefs>;
export type SettlementRow = Selectable<BillingSettlements>;
/** An invoice to write, as JSON has it: `billTo` and its like are values, not their text. */
export type NewInvoice = Readonly<{
  invoice: JsonRow & Readonly<{ id: string }>;
  lines: readonly JsonRow[];
  taxes: readonly JsonRow[];
  reliefs: readonly JsonRow[];
}>;

/**
 * The last of the next `count` numbers of a series. Whoever takes them holds the series until their transaction
 * ends: no gap, no twin.
 */
export async function nextNumbers(db: Db, series: 'INV' | 'CN', count: number): Promise<bigint> {
  const { last } = await db
    .updateTable('billing.counters')
    .set((eb) => ({ last: eb('last', '+', BigInt(count)) }))
    .where('series', '=', series)
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}

/** Writes invoices with their lines, in as many statements for many as for one. */
export async function insertInvoices(db: Db, made: readonly NewInvoice[]): Promise<void> {
  await insertMany(db, 'billing.invoices', { rows: made.map(({ invoice }) => invoice) });
  const numbered = (part: 'lines' | 'taxes' | 'reliefs') =>
    made.flatMap(({ invoice, [part]: rows }) =>
      rows.map((row, index) => ({ ...row, invoice_id: invoice.id, line: index + 1 })),
    );
  await insertMany(db, 'billing.invoice_lines', { rows: numbered('lines') });
  await insertMany(db, 'billing.invoice_taxes', { rows: numbered('taxes') });
  await insertMany(db, 'billing.invoice_reliefs', { rows: numbered('reliefs') });
}

export const firstBillOf = (
  db: Db,
  subscriptionId: string,
): Promise<{ invoice_id: string | null } | undefined> =>
  db
    .selectFrom('billing.first_bills')
    .select('invoice_id')
    .where('subscription_id', '=', subscriptionId)
    .executeTakeFirst();

export const insertFirstBill = (
  db: Db,
  row: { subscription_id: string; invoice_id: string | null; at: Date },
): Promise<unknown> => db.insertInto('billing.first_bills').values(row).execute();

/** Invoices of a customer with something left to pay, the one due first before the others. */
const open = (db: Db, customerId: string) =>
  db
    .selectFrom('billing.invoices')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where((eb) => eb('settled_cents', '<', eb.ref('total_cents')))
    .orderBy('due_on')
    .orderBy('number');

export const openInvoices = (db: Db, customerId: string, limit: number): Promise<InvoiceRow[]> =>
  open(db, customerId).limit(limit).execute();
export const openInvoicesForUpdate = (db: Db, customerId: string, limit: number): Promise<InvoiceRow[]> =>
  open(db, customerId).limit(limit).forUpdate().execute();

export const invoiceById = (db: Db, id: string): Promise<InvoiceRow | undefined> =>
  db.selectFrom('billing.invoices').selectAll().where('id', '=', id).executeTakeFirst();
export const invoiceForUpdate = (db: Db, id: string): Promise<InvoiceRow | undefined> =>
  db.selectFrom('billing.invoices').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const linesOf = (db: Db, invoiceId: string): Promise<LineRow[]> =>
  db
    .selectFrom('billing.invoice_lines')
    .selectAll()
    .where('invoice_id', '=', invoiceId)
    .orderBy('line')
    .execute();
export const taxesOf = (db: Db, invoiceId: string): Promise<TaxRow[]> =>
  db
    .selectFrom('billing.invoice_taxes')
    .selectAll()
    .where('invoice_id', '=', invoiceId)
    .orderBy('line')
    .execute();
export const reliefsOf = (db: Db, invoiceId: string): Promise<ReliefRow[]> =>
  db
    .selectFrom('billing.invoice_reliefs')
    .selectAll()
    .where('invoice_id', '=', invoiceId)
    .orderBy('line')
    .execute();
export const settlementsOf = (db: Db, invoiceId: string): Promise<SettlementRow[]> =>
  db
    .selectFrom('billing.settlements')
    .selectAll()
    .where('invoice_id', '=', invoiceId)
    .orderBy('id')
    .execute();
export const settlementsBySource = (
  db: Db,
  { kind, ids }: { kind: string; ids: readonly string[] },
): Promise<SettlementRow[]> =>
  db
    .selectFrom('billing.settlements')
    .selectAll()
    .where('source_kind', '=', kind)
    .where('source_id', 'in', ids)
    .orderBy('id')
    .execute();

export const insertSettlements = (
  db: Db,
  rows: Insertable<BillingSettlements>[],
): Promise<{ id: bigint; invoice_id: string; amount_cents: bigint }[]> =>
  db.insertInto('billing.settlements').values(rows).returning(['id', 'invoice_id', 'amount_cents']).execute();

export type InvoicePage = Readonly<{
  customerId?: string | undefined;
  show: 'all' | 'open' | 'overdue' | 'paid';
  from?: string | undefined;
  to?: string | undefined;
  number?: bigint | undefined;
  name?: string | undefined;
  today: string;
  before: readonly [issuedOn: string, number: string] | undefined;
  limit: number;
}>;

/** Newest first, one more than the page. */
export const invoicesPage = (db: Db, page: InvoicePage): Promise<SummaryRow[]> => {
  const isOpen = page.show === 'open' || page.show === 'overdue';
  return db
    .selectFrom('billing.invoices')
    .select(SUMMARY)
    .$if(page.customerId !== undefined, (q) => q.where('customer_id', '=', page.customerId ?? ''))
    .$if(isOpen, (q) => q.where((eb) => eb('settled_cents', '<', eb.ref('total_cents'))))
    .$if(page.show === 'overdue', (q) => q.where('due_on', '<', page.today))
    .$if(page.show === 'paid', (q) => q.where((eb) => eb('settled_cents', '=', eb.ref('total_cents'))))
    .$if(page.from !== undefined, (q) => q.where('issued_on', '>=', page.from ?? ''))
    .$if(page.to !== undefined, (q) => q.where('issued_on', '<=', page.to ?? ''))
    .$if(page.number !== undefined, (q) => q.where('number', '=', page.number ?? 0n))
    .$if(page.name !== undefined, (q) =>
      q.where(sql<boolean>`app.fold(bill_to ->> 'name') like '%' || app.fold(${likeText(page.name)}) || '%'`),
    )
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(
          eb.refTuple('issued_on', 'number'),
          '<',
          eb.tuple(page.before?.[0] ?? '', BigInt(page.before?.[1] ?? 0)),
        ),
      ),
    )
    .orderBy('issued_on', 'desc')
    .orderBy('number', 'desc')
    .limit(page.limit + 1)
    .execute();
};

/** What is searched for, with the signs that mean something to LIKE taken literally. */
const likeText = (search: string | undefined): string => (search ?? '').replaceAll(/[\\%_]/g, '\\$&');

/** What is open of a customer's invoices in figures. */
export async function openFigures(
  db: Db,
  { customerId, today }: { customerId: string; today: string },
): Promise<OpenFigures> {
  const { rows } = await sql<OpenFigures>`
    select count(*)::int as count,
           coalesce(sum(outstanding_cents) filter (where due_on < ${today}::date), 0)::bigint as overdue_cents,
           coalesce(sum(least(disputed_cents, outstanding_cents)) filter (where due_on < ${today}::date), 0)::bigint
             as disputed_cents,
           min(due_on) filter (where due_on >= ${today}::date) as next_due_on
      from billing.invoices where customer_id = ${customerId} and settled_cents < total_cents`.execute(db);
  return rows[0] ?? { count: 0, overdue_cents: 0n, disputed_cents: 0n, next_due_on: null };
}
type OpenFigures = {
  count: number;
  overdue_cents: bigint;
  /** The contested part of what is overdue. */
  disputed_cents: bigint;
  next_due_on: string | null;
};
