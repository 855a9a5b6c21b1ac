import { Refusal, type OutputOf, type subscriptionsOperations } from '@gigafibre/contract';
import { civilDateOf } from '@gigafibre/calendar';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { readLocation } from '../plant/index.ts';
import { moveSet } from './moves-store.ts';
import * as provisioning from './provisioning-store.ts';
import * as store from './store.ts';
import { subscriptionOf, type ShownSubscription, type Subscription } from './subscription.ts';

type Db = Pick<Reading, 'db' | 'now'>;
type Detailed = OutputOf<typeof subscriptionsOperations.readSubscription>;
type Drift = OutputOf<typeof subscriptionsOperations.listDrift>;

/** One subscription; refused `not_found`. */
export async function readSubscription({ db, now }: Db, id: string): Promise<Subscription> {
  const row = await store.subscriptionById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return subscriptionOf(row, await store.itemsOf(db, [id]), civilDateOf(now));
}

/** The same, its row locked until the transaction ends. */
export async function subscriptionForChange(tx: Pick<Tx, 'db' | 'now'>, id: string): Promise<Subscription> {
  const row = await store.subscriptionForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return subscriptionOf(row, await store.itemsOf(tx.db, [id]), civilDateOf(tx.now));
}

const OF_ONE_CUSTOMER_MAX = 200;

/** The subscriptions of a customer, newest first. */
export async function subscriptionsOf(reading: Db, customerId: string): Promise<Subscription[]> {
  return (await listSubscriptions(reading, { customerId, limit: OF_ONE_CUSTOMER_MAX })).rows;
}

export type SubscriptionQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  customerId?: string | undefined;
  locationId?: string | undefined;
  status?: Subscription['status'] | undefined;
}>;

/** Subscriptions, newest first, a page at a time. */
export async function listSubscriptions(
  { db, now }: Db,
  { after, ...filter }: SubscriptionQuery,
): Promise<{ rows: Subscription[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const rows = await store.subscriptionsPage(db, { ...filter, before });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.opened_at, last.id));
  if (page.rows.length === 0) return { rows: [], next: null };
  const items = Map.groupBy(
    await store.itemsOf(
      db,
      page.rows.map((row) => row.id),
    ),
    (item) => item.subscription_id,
  );
  const today = civilDateOf(now);
  return {
    next: page.next,
    rows: page.rows.map((row) => subscriptionOf(row, items.get(row.id) ?? [], today)),
  };
}

/** Subscriptions as screens show them: with the service address. */
export async function withAddress(
  reading: Db,
  subscriptions: readonly Subscription[],
): Promise<ShownSubscription[]> {
  const ids = [...new Set(subscriptions.map((subscription) => subscription.locationId))];
  const addresses = new Map(
    await Promise.all(ids.map(async (id) => [id, (await readLocation(reading, id)).text] as const)),
  );
  return subscriptions.map((subscription) => ({
    ...subscription,
    items: [...subscription.items],
    itemsToCome: [...subscription.itemsToCome],
    address: addresses.get(subscription.locationId) ?? '',
  }));
}

/** One subscription as shown. */
export async function shown(reading: Db, subscription: Subscription): Promise<ShownSubscription> {
  const [one] = await withAddress(reading, [subscription]);
  if (!one) throw new Error(`${subscription.id} vanished while it was shown`);
  return one;
}

/** The move of a service that is set for a day to come. */
export async function shownMove(reading: Pick<Reading, 'db'>, id: string): Promise<Detailed['move']> {
  const move = await moveSet(reading.db, id);
  if (!move) return null;
  const { on, toLocationId: locationId, equipment } = move;
  return { on, locationId, equipment, address: (await readLocation(reading, locationId)).text };
}

/** One subscription with its history and the state of each system. */
export async function readSubscriptionInFull(reading: Db, id: string): Promise<Detailed> {
  const subscription = await readSubscription(reading, id);
  const steps = await store.stepsOf(reading.db, id);
  return {
    ...(await shown(reading, subscription)),
    move: await shownMove(reading, id),
    history: steps.map((step) => ({
      at: step.at,
      // Held by check constraints.
      from: step.from_status as Subscription['status'] | null,
      to: step.to_status as Subscription['status'],
      on: step.on_date,
      reason: step.reason,
      by: step.by,
    })),
    provisioning: (await provisioning.desiredOf(reading.db, id)).map(provisioningOf),
  };
}

/** Services whose systems are not as they should be, the longest so first. */
export async function listDrift(
  { db }: Db,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Drift> {
  const rows = await provisioning.driftPage(db, {
    limit,
    after: readCursor(after, z.tuple([keys.instant, keys.id, keys.id])),
  });
  const page = pageOf(rows, limit, (last) => cursorOf(last.since, last.subscription_id, last.target));
  return {
    next: page.next,
    rows: page.rows.map((row) => ({
      ...provisioningOf(row),
      subscriptionId: row.subscription_id,
      customerId: row.customer_id,
      since: row.since,
    })),
  };
}

const provisioningOf = (row: provisioning.DesiredRow): Detailed['provisioning'][number] => ({
  target: row.target as provisioning.Target,
  state: row.state as 'waiting' | 'agrees' | 'drifts',
  // Both written by desire() and recordSeen() as records of text.
  desired: row.desired as provisioning.Facts,
  actual: row.actual as provisioning.Facts | null,
  desiredAt: row.desired_at,
  seenAt: row.seen_at,
  reason: row.reason as Detailed['provisioning'][number]['reason'], // held by a check constraint
  lookAt: row.look_at,
});
