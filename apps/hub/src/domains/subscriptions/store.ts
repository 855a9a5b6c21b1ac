import type { ExpressionBuilder, Insertable, Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { AnchorFrom } from '../charges/index.ts';
import type {
  DB,
  SubscriptionsItems,
  SubscriptionsSteps,
  SubscriptionsSubscriptions,
} from '../../platform/db/types.ts';

export type SubscriptionRow = Selectable<SubscriptionsSubscriptions>;
export type ItemRow = Selectable<SubscriptionsItems>;
export type StepRow = Selectable<SubscriptionsSteps>;

export const insertSubscription = (
  db: Db,
  row: Insertable<SubscriptionsSubscriptions>,
): Promise<SubscriptionRow> =>
  db.insertInto('subscriptions.subscriptions').values(row).returningAll().executeTakeFirstOrThrow();

export const insertItems = (db: Db, rows: Insertable<SubscriptionsItems>[]): Promise<ItemRow[]> =>
  db.insertInto('subscriptions.items').values(rows).returningAll().execute();

export const insertStep = (db: Db, row: Insertable<SubscriptionsSteps>): Promise<unknown> =>
  db.insertInto('subscriptions.steps').values(row).execute();

export const subscriptionById = (db: Db, id: string): Promise<SubscriptionRow | undefined> =>
  db.selectFrom('subscriptions.subscriptions').selectAll().where('id', '=', id).executeTakeFirst();

export const subscriptionForUpdate = (db: Db, id: string): Promise<SubscriptionRow | undefined> =>
  db
    .selectFrom('subscriptions.subscriptions')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const itemsOf = (db: Db, subscriptionIds: readonly string[]): Promise<ItemRow[]> =>
  db
    .selectFrom('subscriptions.items')
    .selectAll()
    .where('subscription_id', 'in', subscriptionIds)
    .orderBy('subscription_id')
    .orderBy('line')
    .execute();

export const stepsOf = (db: Db, subscriptionId: string): Promise<StepRow[]> =>
  db
    .selectFrom('subscriptions.steps')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .orderBy('id')
    .execute();

export const markActive = (
  db: Db,
  {
    id,
    ...fields
  }: {
    id: string;
    activated_on: string;
    billing_anchor: string;
    equipment_id: string | null;
    radius_user: string;
    radius_password_sealed: string;
  },
): Promise<SubscriptionRow> =>
  db
    .updateTable('subscriptions.subscriptions')
    .set({ status: 'active', ...fields })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** The items of a service come into force, from its first day on. */
export const startItems = (
  db: Db,
  { subscriptionId, on }: { subscriptionId: string; on: string },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.items')
    .set({ starts_on: on })
    .where('subscription_id', '=', subscriptionId)
    .where('starts_on', 'is', null)
    .execute();

/** The last day of an item; null: it stands. */
export const endItem = (db: Db, { id, on }: { id: string; on: string | null }): Promise<unknown> =>
  db.updateTable('subscriptions.items').set({ ends_on: on }).where('id', '=', id).execute();

/** The items of a service that moves were rendered at its first address until then; said once. */
export const placeItems = (
  db: Db,
  { subscriptionId, locationId }: { subscriptionId: string; locationId: string },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.items')
    .set({ location_id: locationId })
    .where('subscription_id', '=', subscriptionId)
    .where('location_id', 'is', null)
    .execute();

/** When its cycles start from some days on, oldest first. */
export const putAnchors = (
  db: Db,
  { id, anchors }: { id: string; anchors: readonly AnchorFrom[] },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.subscriptions')
    .set({ anchors: JSON.stringify(anchors) })
    .where('id', '=', id)
    .execute();

/** Where the service is from now on. */
export const putLocation = (
  db: Db,
  { id, locationId }: { id: string; locationId: string },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.subscriptions')
    .set({ location_id: locationId })
    .where('id', '=', id)
    .execute();

/** The device a service runs over; null while there is none. */
export const putEquipment = (
  db: Db,
  { id, equipmentId }: { id: string; equipmentId: string | null },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.subscriptions')
    .set({ equipment_id: equipmentId })
    .where('id', '=', id)
    .execute();

export const markSuspended = (db: Db, { id, reason }: { id: string; reason: string }): Promise<unknown> =>
  db
    .updateTable('subscriptions.subscriptions')
    .set({ status: 'suspended', suspended_for: reason })
    .where('id', '=', id)
    .execute();

export const markReconnected = (db: Db, id: string): Promise<unknown> =>
  db
    .updateTable('subscriptions.subscriptions')
    .set({ status: 'active', suspended_for: null })
    .where('id', '=', id)
    .execute();

export const markCancelled = (db: Db, { id, on }: { id: string; on: string }): Promise<SubscriptionRow> =>
  db
    .updateTable('subscriptions.subscriptions')
    .set({ status: 'cancelled', cancelled_on: on, suspended_for: null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

export type SubscriptionPage = Readonly<{
  customerId?: string | undefined;
  locationId?: string | undefined;
  status?: string | undefined;
  before: readonly [at: string, id: string] | undefined;
  limit: number;
}>;

/** Newest first, one more than the page. */
export const subscriptionsPage = (db: Db, page: SubscriptionPage): Promise<SubscriptionRow[]> =>
  db
    .selectFrom('subscriptions.subscriptions')
    .selectAll()
    .$if(page.customerId !== undefined, (q) => q.where('customer_id', '=', page.customerId ?? ''))
    .$if(page.locationId !== undefined, (q) => q.where('location_id', '=', page.locationId ?? ''))
    .$if(page.status !== undefined, (q) => q.where('status', '=', page.status ?? ''))
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.refTuple('opened_at', 'id'), '<', eb.tuple(page.before?.[0] ?? '', page.before?.[1] ?? '')),
      ),
    )
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();

type Services = ExpressionBuilder<DB, 'subscriptions.subscriptions'>;

/** It runs, or ended not before a day, or was never charged to its end, however long ago that was. */
const toCharge = (endedSince: string) => (eb: Services) =>
  eb.or([
    eb('cancelled_on', 'is', null),
    eb('cancelled_on', '>=', endedSince),
    eb.exists(
      eb
        .selectFrom('charges.charged_through as charged')
        .select('charged.through')
        .whereRef('charged.subscription_id', '=', 'subscriptions.subscriptions.id')
        .whereRef('charged.through', '<', 'subscriptions.subscriptions.cancelled_on'),
    ),
  ]);

/** Such services of some customers: what a billing run may have to charge. */
export const chargeable = (
  db: Db,
  { customerIds, endedSince }: { customerIds: readonly string[]; endedSince: string },
): Promise<SubscriptionRow[]> =>
  db
    .selectFrom('subscriptions.subscriptions')
    .selectAll()
    .where('customer_id', 'in', customerIds)
    .where('activated_on', 'is not', null)
    .where(toCharge(endedSince))
    .orderBy('customer_id')
    .orderBy('id')
    .execute();

/** Customers with such a service, by number, after one. */
export async function customersServed(
  db: Db,
  { after, endedSince, limit }: { after: string; endedSince: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('subscriptions.subscriptions')
    .select('customer_id')
    .distinct()
    .where('customer_id', '>', after)
    .where('activated_on', 'is not', null)
    .where(toCharge(endedSince))
    .orderBy('customer_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.customer_id);
}

/** Services of some customers that have not started: what waits for them is for their first bill. */
export async function pendingIds(db: Db, customerIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('subscriptions.subscriptions')
    .select('id')
    .where('customer_id', 'in', customerIds)
    .where('status', '=', 'pending')
    .execute();
  return rows.map(({ id }) => id);
}
