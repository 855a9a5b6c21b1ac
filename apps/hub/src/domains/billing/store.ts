import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
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
export type NewInvoice = Readonly<{
  invoice: Insertable<BillingInvoices>;
  lines: Omit<Insertable<BillingInvoiceLines>, 'invoice_id' | 'line'>[];
  taxes: Omit<Insertable<BillingInvoiceTaxes>, 'invoice_id' | 'line'>[];
  reliefs: Omit<Insertable<BillingInvoiceReliefs>, 'invoice_id' | 'line'>[];
}>;

/** The next number of a series. Whoever takes it holds the series until their transaction ends: no gap, no twin. */
export async function nextNumber(db: Db, series: 'INV' | 'CN'): Promise<bigint> {
  const { last } = await db
    .updateTable('billing.counters')
    .set((eb) => ({ last: eb('last', '+', 1n) }))
    .where('series', '=', series)
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}

export async function insertInvoice(
  db: Db,
  { invoice, lines, taxes, reliefs }: NewInvoice,
): Promise<InvoiceRow> {
  const row = await db
    .insertInto('billing.invoices')
    .values(invoice)
    .returningAll()
    .executeTakeFirstOrThrow();
  const numbered = <T extends object>(rows: T[]) =>
    rows.map((one, index) => ({ ...one, invoice_id: row.id, line: index + 1 }));
  await db.insertInto('billing.invoice_lines').values(numbered(lines)).execute();
  if (taxes.length > 0) await db.insertInto('billing.invoice_taxes').values(numbered(taxes)).execute();
  if (reliefs.length > 0) await db.insertInto('billing.invoice_reliefs').values(numbered(reliefs)).execute();
  return row;
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

export type FoundDifference = { what: string; key: string; kept_cents: bigint; found_cents: bigint };

/** Recomputes what is kept about invoices in one statement, hence of one instant, and gives what disagrees. */
export async function differencesFromZero(db: Db, limit: number): Promise<FoundDifference[]> {
  const { rows } = await sql<FoundDifference>`
    with settled as (
      select invoice_id, sum(amount_cents) as cents from billing.settlements group by 1),
    owed as (
      select customer_id, sum(outstanding_cents) as cents from billing.invoices group by 1)
    select 'settled' as what, i.id as key, i.settled_cents as kept_cents, coalesce(s.cents, 0)::bigint as found_cents
      from billing.invoices i left join settled s on s.invoice_id = i.id
     where i.settled_cents <> coalesce(s.cents, 0)
    union all
    select 'receivable', customer_id, coalesce(b.balance_cents, 0), coalesce(o.cents, 0)::bigint
      from (select * from ledger.customer_balances where account = '1100') b full join owed o using (customer_id)
     where coalesce(b.balance_cents, 0) <> coalesce(o.cents, 0)
    union all
    select 'entry', i.id, i.total_cents, coalesce(e.total_cents, 0)
      from billing.invoices i left join ledger.entries e on e.document_kind = 'invoice' and e.document_id = i.id
     where (i.total_cents > 0 and e.id is null)
    union all
    select 'credited', i.id, i.credited_cents, coalesce(c.cents, 0)::bigint
      from billing.invoices i
      left join (select invoice_id, sum(total_cents) as cents from billing.credit_notes group by 1) c on c.invoice_id = i.id
     where i.credited_cents <> coalesce(c.cents, 0)
    union all
    select 'written off', i.id, i.written_off_cents, coalesce(w.cents, 0)::bigint
      from billing.invoices i
      left join (select w.invoice_id, sum(w.amount_cents - coalesce(r.cents, 0)) as cents from billing.write_offs w
                   left join (select write_off_id, sum(amount_cents) as cents from billing.write_off_recoveries group by 1) r
                     on r.write_off_id = w.id group by 1) w on w.invoice_id = i.id
     where i.written_off_cents <> coalesce(w.cents, 0)
    union all
    select 'disputed', i.id, i.disputed_cents, coalesce(d.cents, 0)::bigint
      from billing.invoices i
      left join (select invoice_id, sum(amount_cents) as cents from billing.disputes
                  where id not in (select dispute_id from billing.dispute_outcomes) group by 1) d on d.invoice_id = i.id
     where i.disputed_cents <> coalesce(d.cents, 0)
    union all
    select 'tax credited', i.id || ' ' || t.line, t.tax_cents, c.cents::bigint
      from billing.invoice_taxes t join billing.invoices i on i.id = t.invoice_id
      join (select invoice_id, invoice_tax_line, sum(tax_cents) as cents from billing.credit_note_taxes group by 1, 2) c
        on c.invoice_id = t.invoice_id and c.invoice_tax_line = t.line
     where c.cents > greatest(t.tax_cents, 0) or c.cents < least(t.tax_cents, 0)
        or (i.credited_cents = i.total_cents and c.cents <> t.tax_cents)
    union all
    select 'note credit', n.id, n.credit_cents, (n.total_cents - coalesce(s.cents, 0) - coalesce(u.cents, 0))::bigint
      from billing.credit_notes n
      left join (select source_id, sum(amount_cents) as cents from billing.settlements
                  where source_kind = 'credit_note' group by 1) s on s.source_id = n.id
      left join (select credit_note_id, sum(amount_cents) as cents from billing.credit_uses group by 1) u
        on u.credit_note_id = n.id
     where n.credit_cents <> n.total_cents - coalesce(s.cents, 0) - coalesce(u.cents, 0)
    union all
    select 'entry', d.id, d.cents, coalesce(e.total_cents, 0)
      from (select 'credit_note' as kind, id, total_cents as cents from billing.credit_notes
            union all select 'write_off', id, amount_cents from billing.write_offs
            union all select 'write_off_recovery', id, amount_cents from billing.write_off_recoveries) d
      left join ledger.entries e on e.document_kind = d.kind and e.document_id = d.id
     where e.id is null
    union all
    select 'cycle', c.item_id || ' ' || c.cycle_from, c.cents, (coalesce(l.cents, 0) + coalesce(h.cents, 0))::bigint
      from charges.cycles c
      left join lateral (select sum(amount_cents) as cents from billing.invoice_lines
                          where subscription_item_id = c.item_id and kind = 'recurring'
                            and period_from between c.cycle_from and c.cycle_to) l on true
      left join lateral (select sum(amount_cents) as cents from charges.charges
                          where subscription_item_id = c.item_id and cycle_from = c.cycle_from and state = 'open') h on true
     where c.cents <> coalesce(l.cents, 0) + coalesce(h.cents, 0)
    union all
    select 'gap', 'CN', (select last from billing.counters where series = 'CN'), count(*)
      from billing.credit_notes having count(*) <> (select last from billing.counters where series = 'CN')
    union all
    select 'gap', 'INV', (select last from billing.counters where series = 'INV'), count(*)
      from billing.invoices having count(*) <> (select last from billing.counters where series = 'INV')
    limit ${limit}`.execute(db);
  return rows;
}
