import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  CollectionsArrangements,
  CollectionsHolds,
  CollectionsNotes,
  CollectionsPromises,
} from '../../platform/db/types.ts';

export type PromiseRow = Selectable<CollectionsPromises>;
export type ArrangementRow = Selectable<CollectionsArrangements> & {
  left_cents: bigint;
  invoice_ids: string[];
};
export type HoldRow = Selectable<CollectionsHolds>;
export type NoteRow = Selectable<CollectionsNotes>;
/** How many of each kind a customer's page shows. */
const SHOWN_MAX = 50;

export const openPromise = (db: Db, customerId: string): Promise<PromiseRow | undefined> =>
  db
    .selectFrom('collections.promises')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('state', '=', 'open')
    .executeTakeFirst();
export const promiseById = (db: Db, id: string): Promise<PromiseRow | undefined> =>
  db.selectFrom('collections.promises').selectAll().where('id', '=', id).executeTakeFirst();
export const promisesOf = (db: Db, customerId: string): Promise<PromiseRow[]> =>
  db
    .selectFrom('collections.promises')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('made_at', 'desc')
    .limit(SHOWN_MAX)
    .execute();
export const insertPromise = (
  db: Db,
  row: Insertable<CollectionsPromises>,
): Promise<{ id: string } | undefined> =>
  db
    .insertInto('collections.promises')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
/** Moves an open promise; false when it is not open any more. */
export const movePromise = async (
  db: Db,
  { id, ...fields }: { id: string; state: string; moved_at: Date },
): Promise<boolean> =>
  (await db
    .updateTable('collections.promises')
    .set(fields)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returning('id')
    .executeTakeFirst()) !== undefined;

/**
 * What is left of an arrangement: of what it covers, less what came for it since, whichever is less. What came is what
 * settled the invoices it covers, and money that went first to one due before them; what came back again is not
 * counted, nor is a credit for what was contested before it was made, which it never covered.
 */
const leftOf = sql<bigint>`least(
  (select coalesce(sum(least(l.amount_cents, i.outstanding_cents)), 0)
     from collections.arrangement_invoices l join billing.invoices i on i.id = l.invoice_id
    where l.arrangement_id = a.id),
  greatest(0, a.total_cents - (select coalesce(sum(greatest(came.cents, 0)), 0) from (
    select sum(s.amount_cents) as cents
      from billing.settlements s
      join billing.invoices i on i.id = s.invoice_id
      left join collections.arrangement_invoices l on l.arrangement_id = a.id and l.invoice_id = s.invoice_id
     where s.customer_id = a.customer_id and s.at >= a.made_at
       and (l.invoice_id is not null or (s.source_kind = 'payment' and i.due_on <= (
             select max(c.due_on) from collections.arrangement_invoices k
               join billing.invoices c on c.id = k.invoice_id where k.arrangement_id = a.id)))
       and not exists (select from billing.dispute_outcomes o join billing.disputes d on d.id = o.dispute_id
                        where o.credit_note_id = s.source_id and d.opened_at <= a.made_at)
     group by s.source_kind, s.source_id) came)))::bigint`;

const arrangements = (db: Db) =>
  db
    .selectFrom('collections.arrangements as a')
    .selectAll('a')
    .select(leftOf.as('left_cents'))
    .select(
      sql<string[]>`array(select invoice_id from collections.arrangement_invoices l
        where l.arrangement_id = a.id order by invoice_id)`.as('invoice_ids'),
    );
export const activeArrangement = (db: Db, customerId: string): Promise<ArrangementRow | undefined> =>
  arrangements(db).where('a.customer_id', '=', customerId).where('a.state', '=', 'active').executeTakeFirst();
export const arrangementById = (db: Db, id: string): Promise<ArrangementRow | undefined> =>
  arrangements(db).where('a.id', '=', id).executeTakeFirst();
export const arrangementsOf = (db: Db, customerId: string): Promise<ArrangementRow[]> =>
  arrangements(db)
    .where('a.customer_id', '=', customerId)
    .orderBy('a.made_at', 'desc')
    .limit(SHOWN_MAX)
    .execute();
export const instalmentsOf = (
  db: Db,
  ids: readonly string[],
): Promise<{ arrangement_id: string; number: number; due_on: string; amount_cents: bigint }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('collections.instalments')
        .selectAll()
        .where('arrangement_id', 'in', ids)
        .orderBy('arrangement_id')
        .orderBy('number')
        .execute();

export async function insertArrangement(
  db: Db,
  {
    arrangement,
    invoices,
    instalments,
  }: {
    arrangement: Insertable<CollectionsArrangements>;
    invoices: readonly { invoice_id: string; amount_cents: bigint }[];
    instalments: readonly { due_on: string; amount_cents: bigint }[];
  },
): Promise<string> {
  const { id } = await db
    .insertInto('collections.arrangements')
    .values(arrangement)
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('collections.arrangement_invoices')
    .values(invoices.map((row) => ({ ...row, arrangement_id: id })))
    .execute();
  await db
    .insertInto('collections.instalments')
    .values(instalments.map((row, index) => ({ ...row, arrangement_id: id, number: index + 1 })))
    .execute();
  return id;
}
/** Moves an active arrangement; false when it is not active any more. */
export const moveArrangement = async (
  db: Db,
  { id, ...fields }: { id: string; state: string; moved_at: Date },
): Promise<boolean> =>
  (await db
    .updateTable('collections.arrangements')
    .set(fields)
    .where('id', '=', id)
    .where('state', '=', 'active')
    .returning('id')
    .executeTakeFirst()) !== undefined;

/** Holds a person placed that are in force on a day. */
export const holdsInForce = (
  db: Db,
  { customerId, today }: { customerId: string; today: string },
): Promise<HoldRow[]> =>
  db
    .selectFrom('collections.holds')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('released_at', 'is', null)
    .where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>=', today)]))
    .orderBy('placed_at', 'desc')
    .limit(SHOWN_MAX)
    .execute();
export const holdById = (db: Db, id: string): Promise<HoldRow | undefined> =>
  db.selectFrom('collections.holds').selectAll().where('id', '=', id).executeTakeFirst();
export const insertHold = (db: Db, row: Insertable<CollectionsHolds>): Promise<{ id: string }> =>
  db.insertInto('collections.holds').values(row).returning('id').executeTakeFirstOrThrow();
/** Whether a customer is under a hold of a kind that nobody released. */
export const isHeldFor = async (
  db: Db,
  { customerId, kind }: { customerId: string; kind: string },
): Promise<boolean> =>
  (await db
    .selectFrom('collections.holds')
    .select('id')
    .where('customer_id', '=', customerId)
    .where('kind', '=', kind)
    .where('released_at', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined;
export const releaseHold = async (
  db: Db,
  { id, ...fields }: { id: string; released_at: Date; released_by: string },
): Promise<boolean> =>
  (await db
    .updateTable('collections.holds')
    .set(fields)
    .where('id', '=', id)
    .where('released_at', 'is', null)
    .returning('id')
    .executeTakeFirst()) !== undefined;

export const insertNote = (db: Db, row: Insertable<CollectionsNotes>): Promise<unknown> =>
  db.insertInto('collections.notes').values(row).execute();
export const notesOf = (db: Db, customerId: string): Promise<NoteRow[]> =>
  db
    .selectFrom('collections.notes')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('id', 'desc')
    .limit(SHOWN_MAX)
    .execute();
