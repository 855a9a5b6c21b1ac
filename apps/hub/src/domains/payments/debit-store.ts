import { sql, type Insertable, type RawBuilder, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsDebits } from '../../platform/db/types.ts';

export type DebitRow = Selectable<PaymentsDebits> & { customer_name: string };

const debits = (db: Db) =>
  db
    .selectFrom('payments.debits as d')
    .innerJoin('customers.customers as c', 'c.id', 'd.customer_id')
    .selectAll('d')
    .select('c.name as customer_name');

/** A number for a debit that is about to be written: its key names it. */
export async function newDebitId(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`select 'DEB-' || nextval('payments.debit_number') as id`.execute(
    db,
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('no debit number');
  return id;
}

/** Writes a debit; undefined when its invoice has one for this attempt or day, or one under way. */
export const insertDebit = (db: Db, row: Insertable<PaymentsDebits>): Promise<{ id: string } | undefined> =>
  db
    .insertInto('payments.debits')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();

export const debitById = (db: Db, id: string): Promise<DebitRow | undefined> =>
  debits(db).where('d.id', '=', id).executeTakeFirst();

export const debitForUpdate = (db: Db, id: string): Promise<Selectable<PaymentsDebits> | undefined> =>
  db.selectFrom('payments.debits').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const debitOfPayment = (db: Db, paymentId: string): Promise<{ id: string } | undefined> =>
  db.selectFrom('payments.debits').select('id').where('payment_id', '=', paymentId).executeTakeFirst();

export const updateDebit = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PaymentsDebits> },
): Promise<unknown> => db.updateTable('payments.debits').set(fields).where('id', '=', id).execute();

/** Whether money of a customer is under way without an invoice of its own, or for an invoice. */
export const underWay = async (
  db: Db,
  { customerId, invoiceId }: { customerId: string; invoiceId: string | null },
): Promise<boolean> =>
  (await db
    .selectFrom('payments.debits')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('state', 'in', ['planned', 'sending', 'sent'])
    .$if(invoiceId !== null, (q) =>
      q.where((eb) => eb.or([eb('invoice_id', '=', invoiceId), eb('invoice_id', 'is', null)])),
    )
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Holds of the ladder under which the calendar debits nobody. */
export const isHeld = (customerId: RawBuilder<unknown>, today: string) => sql<boolean>`exists (
  select from collections.holds h where h.customer_id = ${customerId} and h.released_at is null
     and (h.until_date is null or h.until_date >= ${today}::date) and h.kind in ('deceased', 'bankruptcy', 'vulnerable'))`;

/** Whether the calendar debits a customer at all: not in an estate, a bankruptcy, nor who must be spared. */
export async function mayBeDebited(
  db: Db,
  { customerId, today }: { customerId: string; today: string },
): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select ${isHeld(sql`${customerId}`, today)} as held`.execute(
    db,
  );
  return rows[0]?.held === false;
}

/** Cents of a customer's open invoices that they contest. */
export async function contestedCents(db: Db, customerId: string): Promise<bigint> {
  const { rows } = await sql<{ cents: bigint }>`
    select coalesce(sum(disputed_cents), 0)::bigint as cents from billing.invoices
     where customer_id = ${customerId} and settled_cents < total_cents`.execute(db);
  return rows[0]?.cents ?? 0n;
}

/** One agreement plans no more debits at once than this. */
const PLANNED_MAX = 500;

/** Debits planned under an agreement that no bank has; locked. */
export const plannedUnder = (db: Db, agreementId: string): Promise<{ id: string }[]> =>
  db
    .selectFrom('payments.debits')
    .select('id')
    .where('agreement_id', '=', agreementId)
    .where('state', '=', 'planned')
    .orderBy('id')
    .limit(PLANNED_MAX)
    .forUpdate()
    .execute();

/** Cents of a customer that banks have and have not answered for. */
export async function processingCents(db: Db, customerId: string): Promise<bigint> {
  const row = await db
    .selectFrom('payments.debits')
    .select((eb) => eb.fn.sum<bigint | string>('amount_cents').as('cents'))
    .where('customer_id', '=', customerId)
    .where('state', 'in', ['sending', 'sent'])
    .executeTakeFirst();
  return BigInt(row?.cents ?? 0);
}

/** How many of an agreement's newest debits in a row have failed, but for returns with some codes. */
export async function failuresInARow(
  db: Db,
  { agreementId, limit, without }: { agreementId: string; limit: number; without: readonly string[] },
): Promise<number> {
  const rows = await db
    .selectFrom('payments.debits')
    .select('state')
    .where('agreement_id', '=', agreementId)
    .where('state', 'not in', ['planned', 'sending', 'sent', 'cancelled'])
    .where((eb) => eb.or([eb('return_code', 'is', null), eb('return_code', 'not in', [...without])]))
    .orderBy('moved_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const good = rows.findIndex(({ state }) => state !== 'declined' && state !== 'returned');
  return good < 0 ? rows.length : good;
}

export type DebitPage = Readonly<{
  customerId?: string | undefined;
  runId?: string | undefined;
  state?: string | undefined;
  fileId?: string | undefined;
  before: readonly [madeAt: string, id: string] | undefined;
  limit: number;
}>;

/** Newest first, one more than the page. */
export const debitsPage = (db: Db, page: DebitPage): Promise<DebitRow[]> =>
  debits(db)
    .$if(page.customerId !== undefined, (q) => q.where('d.customer_id', '=', page.customerId ?? ''))
    .$if(page.runId !== undefined, (q) => q.where('d.run_id', '=', page.runId ?? ''))
    .$if(page.state !== undefined, (q) => q.where('d.state', '=', page.state ?? ''))
    .$if(page.fileId !== undefined, (q) => q.where('d.file_id', '=', page.fileId ?? ''))
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.refTuple('d.made_at', 'd.id'), '<', eb.tuple(page.before?.[0] ?? '', page.before?.[1] ?? '')),
      ),
    )
    .orderBy('d.made_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(page.limit + 1)
    .execute();

/** Takes the debits it is time to send, to ask again or to ask about; each is given to one taker. */
export const takeDueDebits = (
  db: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<{ id: string; state: string }[]> =>
  db
    .updateTable('payments.debits')
    .set({ look_at: null })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('payments.debits')
        .select('id')
        .where('look_at', '<=', now.toISOString())
        .orderBy('look_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'state'])
    .execute();

/** Debits whose payer may not claim them back any more; locked, each given to one taker. */
export const pastTheirWindow = (
  db: Db,
  { today, limit }: { today: string; limit: number },
): Promise<{ id: string }[]> =>
  db
    .selectFrom('payments.debits')
    .select('id')
    .where('state', '=', 'in_window')
    .where('window_until', '<', today)
    .orderBy('window_until')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
