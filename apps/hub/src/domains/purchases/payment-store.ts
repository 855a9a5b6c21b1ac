import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { insertMany } from '../../platform/db/insert-many.ts';
import type { PurchasesPaymentReversals, PurchasesPayments } from '../../platform/db/types.ts';

export type PaymentRow = Selectable<PurchasesPayments>;
export type ReversalRow = Selectable<PurchasesPaymentReversals>;

/** Writes a payment with the bills it settles. */
export async function insertPayment(
  db: Db,
  row: Insertable<PurchasesPayments>,
  settled: readonly Readonly<{ id: string; total_cents: bigint }>[],
): Promise<PaymentRow> {
  const payment = await db
    .insertInto('purchases.payments')
    .values(row)
    .returningAll()
    .executeTakeFirstOrThrow();
  await insertMany(db, 'purchases.payment_bills', {
    rows: settled.map(({ id, total_cents }) => ({
      payment_id: payment.id,
      bill_id: id,
      amount_cents: total_cents,
    })),
  });
  return payment;
}

export const paymentById = (db: Db, id: string): Promise<PaymentRow | undefined> =>
  db.selectFrom('purchases.payments').selectAll().where('id', '=', id).executeTakeFirst();

export async function billsOfPayment(db: Db, paymentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('purchases.payment_bills')
    .select('bill_id')
    .where('payment_id', '=', paymentId)
    .orderBy('bill_id')
    .execute();
  return rows.map(({ bill_id }) => bill_id);
}

export const reversalOf = (db: Db, paymentId: string): Promise<ReversalRow | undefined> =>
  db
    .selectFrom('purchases.payment_reversals')
    .selectAll()
    .where('payment_id', '=', paymentId)
    .executeTakeFirst();

/** Takes a payment back; undefined when somebody did already. */
export const insertReversal = (
  db: Db,
  row: Insertable<PurchasesPaymentReversals>,
): Promise<ReversalRow | undefined> =>
  db
    .insertInto('purchases.payment_reversals')
    .values(row)
    .onConflict((c) => c.column('payment_id').doNothing())
    .returningAll()
    .executeTakeFirst();

export type AgeingRow = Readonly<{
  supplier_id: string;
  supplier_name: string;
  bills: number;
  current_cents: bigint;
  to30_cents: bigint;
  to60_cents: bigint;
  to90_cents: bigint;
  over90_cents: bigint;
  total_cents: bigint;
}>;

/** What is approved and unpaid by supplier and by days late, the largest sums first; all of it in the last row. */
export async function ageing(
  db: Db,
  { on, limit }: { on: string; limit: number },
): Promise<{ rows: AgeingRow[]; totals: AgeingRow | undefined }> {
  const part = (condition: ReturnType<typeof sql>) =>
    sql`coalesce(sum(b.total_cents) filter (where ${condition}), 0)::bigint`;
  const late = sql`(${on}::date - b.due_on)`;
  const { rows } = await sql<AgeingRow>`
    select b.supplier_id, s.name as supplier_name, count(*)::int as bills,
           ${part(sql`${late} <= 0`)} as current_cents, ${part(sql`${late} between 1 and 30`)} as to30_cents,
           ${part(sql`${late} between 31 and 60`)} as to60_cents, ${part(sql`${late} between 61 and 90`)} as to90_cents,
           ${part(sql`${late} > 90`)} as over90_cents, coalesce(sum(b.total_cents), 0)::bigint as total_cents
      from purchases.bills b join purchases.suppliers s on s.id = b.supplier_id
     where b.state = 'approved'
     group by grouping sets ((b.supplier_id, s.name), ())
     order by b.supplier_id is null desc, sum(b.total_cents) desc, s.name
     limit ${limit + 1}`.execute(db);
  const [totals, ...suppliers] = rows;
  return { rows: suppliers, totals };
}

/** Accounts payable as the ledger has it: credits less debits. */
export async function payableInLedger(db: Db): Promise<bigint> {
  const { rows } = await sql<{ cents: bigint }>`
    select coalesce(sum(credit_cents - debit_cents), 0)::bigint as cents
      from ledger.account_balances where account = '2010'`.execute(db);
  return rows[0]?.cents ?? 0n;
}
