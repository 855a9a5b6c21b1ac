import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { insertMany } from '../../platform/db/insert-many.ts';
import type { PaymentsBankStatements, PaymentsStatementLines } from '../../platform/db/types.ts';

export type StatementRow = Selectable<PaymentsBankStatements>;
export type LineRow = Selectable<PaymentsStatementLines>;
/** A statement with what became of its lines. */
export type CountedStatement = StatementRow & Readonly<{ matched: number; waiting: number }>;

/** Keeps a statement; undefined when the same was read before. */
export const insertStatement = (
  db: Db,
  row: Insertable<PaymentsBankStatements>,
): Promise<{ id: string } | undefined> =>
  db
    .insertInto('payments.bank_statements')
    .values(row)
    .onConflict((c) => c.column('digest').doNothing())
    .returning('id')
    .executeTakeFirst();

export const updateStatement = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PaymentsBankStatements> },
): Promise<unknown> => db.updateTable('payments.bank_statements').set(fields).where('id', '=', id).execute();

const lines = (state: string) =>
  sql<number>`(select count(*)::int from payments.statement_lines l where l.statement_id = s.id and l.state = ${state})`;
const counted = (db: Db) =>
  db
    .selectFrom('payments.bank_statements as s')
    .selectAll('s')
    .select([lines('matched').as('matched'), lines('waiting').as('waiting')]);

export const statementById = (db: Db, id: string): Promise<CountedStatement | undefined> =>
  counted(db).where('s.id', '=', id).executeTakeFirst();
export const statementByDigest = (db: Db, digest: string): Promise<CountedStatement | undefined> =>
  counted(db).where('s.digest', '=', digest).executeTakeFirst();

type Before = readonly [at: string, id: string] | undefined;

/** Newest first, one more than the page. */
export const statementsPage = (
  db: Db,
  { before, limit }: { before: Before; limit: number },
): Promise<CountedStatement[]> =>
  counted(db)
    .$if(before !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.refTuple('s.read_at', 's.id'), '<', eb.tuple(before?.[0] ?? '', before?.[1] ?? '')),
      ),
    )
    .orderBy('s.read_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(limit + 1)
    .execute();

/** Which of some lines an earlier statement brought. */
export async function knownFingerprints(db: Db, fingerprints: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ fingerprint: string }>`
    select fingerprint from payments.statement_lines where fingerprint = any(${[...fingerprints]}::text[])`.execute(
    db,
  );
  return new Set(rows.map(({ fingerprint }) => fingerprint));
}

export type NewLine = Readonly<{
  statement_id: string;
  place: number;
  on_date: string;
  description: string;
  reference: string | null;
  amount_cents: bigint;
  fingerprint: string;
  state: string;
  kind: string;
}>;
export const insertLines = (db: Db, rows: readonly NewLine[]): Promise<unknown> =>
  insertMany(db, 'payments.statement_lines', { rows });

export const lineById = (db: Db, id: string): Promise<LineRow | undefined> =>
  db.selectFrom('payments.statement_lines').selectAll().where('id', '=', id).executeTakeFirst();
export const lineForUpdate = (db: Db, id: string): Promise<LineRow | undefined> =>
  db.selectFrom('payments.statement_lines').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const updateLine = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PaymentsStatementLines> },
): Promise<unknown> => db.updateTable('payments.statement_lines').set(fields).where('id', '=', id).execute();

/** The next lines of a statement nobody has looked for yet, in their order. */
export const unlooked = (
  db: Db,
  { statementId, limit }: { statementId: string; limit: number },
): Promise<LineRow[]> =>
  db
    .selectFrom('payments.statement_lines')
    .selectAll()
    .where('statement_id', '=', statementId)
    .where('looked_at', 'is', null)
    .orderBy('place')
    .limit(limit)
    .execute();

/** How often a line was recorded as a payment of a customer, and taken back. */
export async function timesRecorded(
  db: Db,
  { customerId, lineId }: { customerId: string; lineId: string },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from payments.payments
     where customer_id = ${customerId} and method = 'transfer' and provider is null
       and (reference = ${lineId} or starts_with(reference, ${`${lineId}/`}))`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Newest first, one more than the page. */
export const linesPage = (
  db: Db,
  page: {
    state?: string | undefined;
    statementId?: string | undefined;
    before: Before;
    limit: number;
  },
): Promise<LineRow[]> =>
  db
    .selectFrom('payments.statement_lines')
    .selectAll()
    .$if(page.state !== undefined, (q) => q.where('state', '=', page.state ?? ''))
    .$if(page.statementId !== undefined, (q) => q.where('statement_id', '=', page.statementId ?? ''))
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.refTuple('on_date', 'id'), '<', eb.tuple(page.before?.[0] ?? '', page.before?.[1] ?? '')),
      ),
    )
    .orderBy('on_date', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();

/** A customer that lines may be of. */
export type PayerRow = Readonly<{ id: string; name: string; legacy: string | null }>;

/** Customers by their number or their number with the system before, and those who owe one of some amounts. */
export async function payersFor(
  db: Db,
  { ids, amounts, limit }: { ids: readonly string[]; amounts: readonly bigint[]; limit: number },
): Promise<PayerRow[]> {
  const { rows } = await sql<PayerRow>`
    with owing as (
      select customer_id from ledger.customer_balances
       where account = '1100' and balance_cents = any(${amounts.map(String)}::bigint[]) limit ${limit}),
    open as (
      select customer_id from billing.invoices
       where settled_cents < total_cents and outstanding_cents = any(${amounts.map(String)}::bigint[]) limit ${limit}),
    billed as (select customer_id from billing.invoices where id = any(${[...ids]}::text[]) limit ${limit})
    select id, name, legacy_account_id as legacy from customers.customers
     where id = any(${[...ids]}::text[]) or legacy_account_id = any(${[...ids]}::text[])
        or id in (select customer_id from owing union select customer_id from open union select customer_id from billed)
     order by id = any(${[...ids]}::text[]) or legacy_account_id is not null and legacy_account_id = any(${[...ids]}::text[]) desc, id
     limit ${limit}`.execute(db);
  return rows;
}

export type OpenInvoice = Readonly<{ id: string; customer_id: string; outstanding_cents: bigint }>;

/** What some customers have to pay, the oldest first. */
export const openInvoicesFor = (
  db: Db,
  { customerIds, limit }: { customerIds: readonly string[]; limit: number },
): Promise<OpenInvoice[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('billing.invoices')
        .select(['id', 'customer_id', 'outstanding_cents'])
        .where('customer_id', 'in', [...customerIds])
        .whereRef('settled_cents', '<', 'total_cents')
        .orderBy('due_on')
        .orderBy('number')
        .limit(limit)
        .execute();

export type HandPayment = Readonly<{
  id: string;
  customer_id: string;
  amount_cents: bigint;
  received_on: string;
  reference: string | null;
}>;

/** Cheques and transfers recorded by hand between days, of some amounts, that no line has been said to be. */
export async function paidByHand(
  db: Db,
  { from, to, amounts, limit }: { from: string; to: string; amounts: readonly bigint[]; limit: number },
): Promise<HandPayment[]> {
  const { rows } = await sql<HandPayment>`
    select id, customer_id, amount_cents, received_on, reference from payments.payments p
     where provider is null and method in ('transfer', 'cheque') and received_on between ${from}::date and ${to}::date
       and amount_cents = any(${amounts.map(String)}::bigint[])
       and not exists (select from payments.statement_lines l where l.payment_id = p.id)
     order by received_on, id limit ${limit}`.execute(db);
  return rows;
}

/** A payment taken by hand that no line has been said to be. */
export async function unmatchedPayment(db: Db, id: string): Promise<HandPayment | undefined> {
  const { rows } = await sql<HandPayment>`
    select id, customer_id, amount_cents, received_on, reference from payments.payments p
     where id = ${id} and provider is null
       and not exists (select from payments.statement_lines l where l.payment_id = p.id)`.execute(db);
  return rows[0];
}

export type OurMovement = Readonly<{
  kind: 'debit_file' | 'returns' | 'payout';
  id: string;
  on_date: string;
}>;
const OURS_MAX = 20;

/**
 * What else brings money in and out near a day, of an amount: files of debits, of returns, a provider's transfers.
 * The nearest first of each kind.
 */
export async function ourMovements(
  db: Db,
  { on, days, amountCents }: { on: string; days: number; amountCents: bigint },
): Promise<OurMovement[]> {
  const { rows } = await sql<OurMovement>`
    with ours as (
      select 'debit_file' as kind, id, debit_on as on_date from payments.debit_files
       where state = 'sent' and amount_cents = ${amountCents}
      union all
      select 'returns', id, (read_at at time zone 'America/Toronto')::date from payments.returns_files
       where amount_cents = -${amountCents}::bigint
      union all
      select 'payout', provider_ref, arrives_on from payments.payouts
       where state = 'paid' and currency = 'cad' and amount_cents = ${amountCents})
    select kind, id, on_date from ours
     where on_date between ${on}::date - ${days}::int and ${on}::date + ${days}::int
       and not exists (select from payments.statement_lines l where l.file_id = ours.id)
     order by abs(on_date - ${on}::date), kind, id limit ${OURS_MAX}`.execute(db);
  return rows;
}
