import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { isHeld } from './debit-store.ts';
import { CONFIRMATION_DAYS, heldCounts, sentOn } from './notice-store.ts';
import { insertMany } from '../../platform/db/insert-many.ts';
import type {
  PaymentsDebitFiles,
  PaymentsDebits,
  PaymentsReturnedItems,
  PaymentsReturnsFiles,
} from '../../platform/db/types.ts';

export type DebitFileRow = Selectable<PaymentsDebitFiles>;

export const insertDebitFile = (db: Db, row: Insertable<PaymentsDebitFiles>): Promise<{ id: string }> =>
  db.insertInto('payments.debit_files').values(row).returning('id').executeTakeFirstOrThrow();

export const debitFileById = (db: Db, id: string): Promise<DebitFileRow | undefined> =>
  db.selectFrom('payments.debit_files').selectAll().where('id', '=', id).executeTakeFirst();
export const debitFileForUpdate = (db: Db, id: string): Promise<DebitFileRow | undefined> =>
  db.selectFrom('payments.debit_files').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const updateDebitFile = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PaymentsDebitFiles> },
): Promise<unknown> => db.updateTable('payments.debit_files').set(fields).where('id', '=', id).execute();

type Before = readonly [at: string, id: string] | undefined;

/** Newest first, one more than the page. */
export const debitFilesPage = (
  db: Db,
  { before, limit }: { before: Before; limit: number },
): Promise<DebitFileRow[]> =>
  db
    .selectFrom('payments.debit_files')
    .selectAll()
    .$if(before !== undefined, (q) =>
      q.where((eb) => eb(eb.refTuple('made_at', 'id'), '<', eb.tuple(before?.[0] ?? '', before?.[1] ?? ''))),
    )
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();

/** The place of the last file the bank saw, zero before the first. */
export async function lastSequence(db: Db): Promise<bigint> {
  const row = await db
    .selectFrom('payments.debit_files')
    .select('sequence')
    .where('state', 'in', ['released', 'sent'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sequence ?? 0n;
}

/** How many debits wait for a file, and of how much. */
export async function waitingForBank(db: Db, today: string): Promise<{ debits: number; cents: bigint }> {
  const { rows } = await sql<{ debits: number; cents: bigint }>`
    select count(*)::int as debits, coalesce(sum(amount_cents), 0)::bigint as cents from payments.debits
     where rail = 'bank_file' and state = 'planned' and scheduled_on <= ${today}::date`.execute(db);
  return rows[0] ?? { debits: 0, cents: 0n };
}

export type Collected = Readonly<{
  id: string;
  customer_id: string;
  amount_cents: bigint;
  invoice_id: string | null;
}>;

/** Puts the debits that wait, the oldest first, into a file; each is given to one taker. */
export async function collect(
  db: Db,
  { fileId, today, now, limit }: { fileId: string; today: string; now: Date; limit: number },
): Promise<Collected[]> {
  const { rows } = await sql<Collected>`
    update payments.debits set state = 'sending', file_id = ${fileId}, moved_at = ${now}
     where id in (select id from payments.debits
                   where rail = 'bank_file' and state = 'planned' and scheduled_on <= ${today}::date
                   order by scheduled_on, id limit ${limit} for update skip locked)
    returning id, customer_id, amount_cents, invoice_id`.execute(db);
  return rows;
}

/** A debit of a file with what decides whether it still goes, and the account it goes to. */
export type FiledDebit = Readonly<{
  id: string;
  customer_id: string;
  invoice_id: string | null;
  amount_cents: bigint;
  represents: string | null;
  /** The day the debit it presents again came back. */
  returned_on: string | null;
  state: string;
  return_code: string | null;
  open_cents: bigint | null;
  /** Of an invoice whose customer has nothing else on its way: what is open of it is all there is to know. */
  is_alone: boolean;
  /** Its agreement ended; or nothing but its payer's word allows it, and that was not confirmed in time. */
  not_agreed: boolean;
  /** The calendar debits them no more: an estate, a bankruptcy, somebody to be spared. */
  is_held: boolean;
  method_usable: boolean;
  provider_ref: string;
  institution: string;
  transit: string;
  account_sealed: string;
  payer_name: string;
}>;

/** Whether other money of a debit's customer is on its way that the same invoice may be paid with. */
const moneyBesides = sql`(
  exists (select from payments.debits o where o.customer_id = d.customer_id and o.id <> d.id
           and o.state in ('planned', 'sending', 'sent') and (o.invoice_id is null or o.invoice_id = d.invoice_id))
  or exists (select from payments.checkouts c where c.customer_id = d.customer_id and c.state = 'processing'
              and c.cart is null and (c.invoice_id is null or c.invoice_id = d.invoice_id)))`;

/** The debits of a file in the order they are written. */
export async function debitsInFile(
  db: Db,
  { fileId, today }: { fileId: string; today: string },
): Promise<FiledDebit[]> {
  const held = await heldCounts(db);
  const { rows } = await sql<FiledDebit>`
    select d.id, d.customer_id, d.invoice_id, d.amount_cents, d.represents, d.state, d.return_code,
           r.returned_on, i.outstanding_cents - i.disputed_cents as open_cents,
           d.invoice_id is not null and not ${moneyBesides} as is_alone,
           d.cause = 'ppa' and ${isHeld(sql`d.customer_id`, today)} as is_held,
           case when d.authorized is null then a.id is null or a.ended_at is not null
                else d.agreement_id is null and coalesce(
                  ${sentOn(sql`'debit:' || d.id || ':confirmed'`, held)} + ${CONFIRMATION_DAYS}::int > ${today}::date, true)
            end as not_agreed,
           m.removed_at is null and m.mandate_state = 'active' as method_usable, m.provider_ref,
           m.institution, m.transit, m.account_sealed, m.payer_name
      from payments.debits d join payments.methods m on m.id = d.method_id
      left join billing.invoices i on i.id = d.invoice_id
      left join payments.agreements a on a.id = d.agreement_id
      left join payments.debits r on r.id = d.represents
     where d.file_id = ${fileId}
     order by d.made_at, d.id`.execute(db);
  return rows;
}

/** Moves debits of a file that stand in one of some states, together; gives those it moved. */
export async function moveFiled(
  db: Db,
  { fileId, from, fields }: { fileId: string; from: readonly string[]; fields: Updateable<PaymentsDebits> },
): Promise<MovedDebit[]> {
  return db
    .updateTable('payments.debits')
    .set(fields)
    .where('file_id', '=', fileId)
    .where('state', 'in', [...from])
    .returning(['id', 'customer_id', 'amount_cents', 'invoice_id', 'state'])
    .execute();
}
export type MovedDebit = Readonly<{
  id: string;
  customer_id: string;
  amount_cents: bigint;
  invoice_id: string | null;
  state: string;
}>;

/** Whether the bank has answered for any debit of a file. */
export const isAnswered = async (db: Db, fileId: string): Promise<boolean> =>
  (await db
    .selectFrom('payments.debits')
    .select('id')
    .where('file_id', '=', fileId)
    .where('state', 'not in', ['sending', 'sent', 'cancelled'])
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Debits the bank was given and has not brought back by their day, with the day their accounts were debited. */
export const unreturned = (
  db: Db,
  { today, limit }: { today: string; limit: number },
): Promise<{ id: string; customer_id: string; debit_on: string }[]> =>
  db
    .selectFrom('payments.debits as d')
    .innerJoin('payments.debit_files as f', 'f.id', 'd.file_id')
    .select(['d.id', 'd.customer_id', 'f.debit_on'])
    .where('d.rail', '=', 'bank_file')
    .where('d.state', '=', 'sent')
    .where('d.answer_by', '<', today)
    .orderBy('d.answer_by')
    .orderBy('d.id')
    .limit(limit)
    .execute();

export type ReturnsFileRow = Selectable<PaymentsReturnsFiles>;
export type ReturnedItemRow = Selectable<PaymentsReturnedItems>;

/** Keeps a file of returns; undefined when it was read before. */
export const insertReturnsFile = (
  db: Db,
  row: Insertable<PaymentsReturnsFiles>,
): Promise<ReturnsFileRow | undefined> =>
  db
    .insertInto('payments.returns_files')
    .values(row)
    .onConflict((c) => c.column('digest').doNothing())
    .returningAll()
    .executeTakeFirst();

export const returnsFileByDigest = (db: Db, digest: string): Promise<ReturnsFileRow | undefined> =>
  db.selectFrom('payments.returns_files').selectAll().where('digest', '=', digest).executeTakeFirst();

export const insertReturnedItems = (db: Db, rows: Insertable<PaymentsReturnedItems>[]): Promise<unknown> =>
  insertMany(db, 'payments.returned_items', { rows });

export const returnedItems = (db: Db, fileId: string): Promise<ReturnedItemRow[]> =>
  db
    .selectFrom('payments.returned_items')
    .selectAll()
    .where('file_id', '=', fileId)
    .orderBy('place')
    .execute();

/** Newest first, one more than the page. */
export const returnsFilesPage = (
  db: Db,
  { before, limit }: { before: Before; limit: number },
): Promise<ReturnsFileRow[]> =>
  db
    .selectFrom('payments.returns_files')
    .selectAll()
    .$if(before !== undefined, (q) =>
      q.where((eb) => eb(eb.refTuple('read_at', 'id'), '<', eb.tuple(before?.[0] ?? '', before?.[1] ?? ''))),
    )
    .orderBy('read_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();

export type NamedDebit = Readonly<{
  id: string;
  customer_id: string;
  amount_cents: bigint;
  file_id: string | null;
  file_state: string | null;
}>;

/** The debits that returns speak of, by their numbers, with the file they are in. */
export const debitsNamed = (db: Db, ids: readonly string[]): Promise<NamedDebit[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('payments.debits as d')
        .leftJoin('payments.debit_files as f', 'f.id', 'd.file_id')
        .select(['d.id', 'd.customer_id', 'd.amount_cents', 'd.file_id', 'f.state as file_state'])
        .where('d.id', 'in', [...ids])
        .where('d.rail', '=', 'bank_file')
        .execute();
