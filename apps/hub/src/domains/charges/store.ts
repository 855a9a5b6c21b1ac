import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { ChargesCharges } from '../../platform/db/types.ts';

export type ChargeRow = Selectable<ChargesCharges>;

export const insertCharge = (db: Db, row: Insertable<ChargesCharges>): Promise<ChargeRow> =>
  db.insertInto('charges.charges').values(row).returningAll().executeTakeFirstOrThrow();

export const chargeForUpdate = (db: Db, id: string): Promise<ChargeRow | undefined> =>
  db.selectFrom('charges.charges').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Open charges, oldest first. With a subscription: those of it and those of none, not those of another. */
const open = (db: Db, { customerId, subscriptionId }: Whose) =>
  db
    .selectFrom('charges.charges')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('state', '=', 'open')
    .$if(subscriptionId !== undefined, (q) =>
      q.where((eb) =>
        eb.or([eb('subscription_id', 'is', null), eb('subscription_id', '=', subscriptionId ?? '')]),
      ),
    )
    .orderBy('id');
export type Whose = Readonly<{ customerId: string; subscriptionId?: string | undefined }>;

export const openCharges = (db: Db, whose: Whose): Promise<ChargeRow[]> => open(db, whose).execute();
export const openChargesForUpdate = (db: Db, whose: Whose): Promise<ChargeRow[]> =>
  open(db, whose).forUpdate().execute();

/** What waits for the next invoices of some customers, oldest first; locked when it will be taken. */
export const openChargesOfMany = (
  db: Db,
  { customerIds, lock }: { customerIds: readonly string[]; lock: boolean },
): Promise<ChargeRow[]> =>
  db
    .selectFrom('charges.charges')
    .selectAll()
    .where('customer_id', 'in', customerIds)
    .where('state', '=', 'open')
    .orderBy('customer_id')
    .orderBy('id')
    .$if(lock, (q) => q.forUpdate())
    .execute();

/** Customers for whom something waits, by number, after one. */
export async function customersCharged(
  db: Db,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('charges.charges')
    .select('customer_id')
    .distinct()
    .where('customer_id', '>', after)
    .where('state', '=', 'open')
    .orderBy('customer_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.customer_id);
}

/** What a subscription was asked of one item of the catalog, and neither withdrawn nor given back by another charge. */
export async function askedCents(
  db: Db,
  { subscriptionId, sku }: { subscriptionId: string; sku: string },
): Promise<bigint> {
  const { cents } = await db
    .selectFrom('charges.charges')
    .select(
      // One that waits again stands for a line that a credit note took back: what it was billed on asks no more.
      sql<bigint>`(coalesce(sum(amount_cents) filter (where state <> 'cancelled'), 0)
        - coalesce(sum(amount_cents) filter (where source ~ '^CN-[0-9]+ INV-[0-9]+$'), 0))::bigint`.as(
        'cents',
      ),
    )
    .where('subscription_id', '=', subscriptionId)
    .where('sku', '=', sku)
    .executeTakeFirstOrThrow();
  return cents;
}

export const openChargesOfSubscription = (db: Db, subscriptionId: string): Promise<ChargeRow[]> =>
  db
    .selectFrom('charges.charges')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', 'open')
    .orderBy('id')
    .forUpdate()
    .execute();

/** What waits for an invoice of one item and cycle, newest first. */
export const openChargesOfCycle = (
  db: Db,
  { itemId, cycleFrom }: { itemId: string; cycleFrom: string },
): Promise<ChargeRow[]> =>
  db
    .selectFrom('charges.charges')
    .selectAll()
    .where('subscription_item_id', '=', itemId)
    .where('cycle_from', '=', cycleFrom)
    .where('state', '=', 'open')
    .orderBy('added_at', 'desc')
    .forUpdate()
    .execute();

/** Gives back how many were open until now. */
export async function markInvoiced(
  db: Db,
  invoiced: readonly Readonly<{ id: string; invoiceId: string }>[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    update charges.charges c set state = 'invoiced', invoice_id = given.invoice_id
      from unnest(${invoiced.map(({ id }) => id)}::text[], ${invoiced.map(({ invoiceId }) => invoiceId)}::text[])
             as given(id, invoice_id)
     where c.id = given.id and c.state = 'open'`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Says that a note of an account carries these charges; gives back how many were open until now. */
export async function markCredited(
  db: Db,
  { ids, creditNoteId }: { ids: readonly string[]; creditNoteId: string },
): Promise<number> {
  const marked = await db
    .updateTable('charges.charges')
    .set({ state: 'credited', credit_note_id: creditNoteId })
    .where('id', 'in', ids)
    .where('state', '=', 'open')
    .returning('id')
    .execute();
  return marked.length;
}

export async function markCancelled(
  db: Db,
  { id, reason, by, at }: { id: string; reason: string; by: string; at: Date },
): Promise<ChargeRow> {
  await db.insertInto('charges.cancellations').values({ charge_id: id, at, by, reason }).execute();
  return db
    .updateTable('charges.charges')
    .set({ state: 'cancelled' })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export type ChargePage = Readonly<{
  customerId: string;
  state: string;
  before: readonly [at: string, id: string] | undefined;
  limit: number;
}>;

/** Newest first, one more than the page. */
export const chargesPage = (db: Db, { customerId, state, before, limit }: ChargePage): Promise<ChargeRow[]> =>
  db
    .selectFrom('charges.charges')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('state', '=', state)
    .$if(before !== undefined, (q) =>
      q.where((eb) => eb(eb.refTuple('added_at', 'id'), '<', eb.tuple(before?.[0] ?? '', before?.[1] ?? ''))),
    )
    .orderBy('added_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
