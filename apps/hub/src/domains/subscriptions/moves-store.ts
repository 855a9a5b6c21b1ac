import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { SubscriptionsMoves } from '../../platform/db/types.ts';
import type { Ends } from './terms-store.ts';

/** A move that is set: to which place, from which day on, and which items end for it. */
export type Move = Readonly<{
  id: bigint;
  subscriptionId: string;
  on: string;
  fromLocationId: string;
  toLocationId: string;
  equipment: 'carried' | 'swapped';
  items: Ends;
}>;

const moveOf = (row: Selectable<SubscriptionsMoves>): Move => ({
  id: row.id,
  subscriptionId: row.subscription_id,
  on: row.on_date,
  fromLocationId: row.from_location_id,
  toLocationId: row.to_location_id,
  equipment: row.equipment as Move['equipment'], // held by a check constraint
  items: row.items as Ends, // written by insertMove()
});

export const insertMove = async (db: Db, row: Insertable<SubscriptionsMoves>): Promise<Move> =>
  moveOf(await db.insertInto('subscriptions.moves').values(row).returningAll().executeTakeFirstOrThrow());

/** The move of a service that is set and has not been done. */
export async function moveSet(db: Db, subscriptionId: string): Promise<Move | undefined> {
  const row = await db
    .selectFrom('subscriptions.moves')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', 'set')
    .executeTakeFirst();
  return row && moveOf(row);
}

/** First day at its address of a service that has moved. */
export async function lastMoveDone(db: Db, subscriptionId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('subscriptions.moves')
    .select('on_date')
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', 'done')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.on_date;
}

/** What a move that is set gives back when it is withdrawn, said anew. */
export const putMoveItems = (db: Db, { id, items }: { id: bigint; items: Ends }): Promise<unknown> =>
  db
    .updateTable('subscriptions.moves')
    .set({ items: JSON.stringify(items) })
    .where('id', '=', id)
    .execute();

/** Services whose move to a place on a day takes place, or has. */
export async function movingTo(
  db: Db,
  { locationId, on }: { locationId: string; on: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('subscriptions.moves')
    .select('subscription_id')
    .distinct()
    .where('to_location_id', '=', locationId)
    .where('on_date', '=', on)
    .where('state', '<>', 'withdrawn')
    .orderBy('subscription_id')
    .execute();
  return rows.map((row) => row.subscription_id);
}

/** The devices other services of a customer at a place run over, while they do; null for one without. */
export async function devicesOfOthers(
  db: Db,
  { locationId, customerId, except }: { locationId: string; customerId: string; except: string },
): Promise<(string | null)[]> {
  const rows = await db
    .selectFrom('subscriptions.subscriptions')
    .select('equipment_id')
    .where('location_id', '=', locationId)
    .where('customer_id', '=', customerId)
    .where('status', 'in', ['active', 'suspended'])
    .where('id', '<>', except)
    .execute();
  return rows.map((row) => row.equipment_id);
}

/** The state of a move, its row held until the transaction ends: whoever takes it back waits. */
export const stateForUpdate = async (db: Db, id: number): Promise<string | undefined> =>
  (
    await db
      .selectFrom('subscriptions.moves')
      .select('state')
      .where('id', '=', BigInt(id))
      .forUpdate()
      .executeTakeFirst()
  )?.state;

export const closeMove = (
  db: Db,
  { id, state }: { id: bigint; state: 'done' | 'withdrawn' },
): Promise<unknown> => db.updateTable('subscriptions.moves').set({ state }).where('id', '=', id).execute();
