import type { Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { SubscriptionsDesiredStates } from '../../platform/db/types.ts';
import { json } from '../../platform/transact.ts';

export type DesiredRow = Selectable<SubscriptionsDesiredStates>;
export type Target = 'radius' | 'olt' | 'acs';
export type Facts = Readonly<Record<string, string>>;

/** Says what a system should hold from now on; what it was seen to hold before counts no more. */
export const putDesired = (
  db: Db,
  row: { subscriptionId: string; target: Target; desired: Facts; at: Date; lookAt: Date },
): Promise<unknown> => {
  const fresh = {
    desired: json(row.desired),
    desired_at: row.at,
    actual: null,
    seen_at: null,
    state: 'waiting',
    since: row.at,
    look_at: row.lookAt,
    looks: 0,
    reason: null,
  };
  return db
    .insertInto('subscriptions.desired_states')
    .values({ subscription_id: row.subscriptionId, target: row.target, ...fresh })
    .onConflict((c) => c.columns(['subscription_id', 'target']).doUpdateSet(fresh))
    .execute();
};

export const desiredForUpdate = (
  db: Db,
  { subscriptionId, target }: { subscriptionId: string; target: Target },
): Promise<DesiredRow | undefined> =>
  db
    .selectFrom('subscriptions.desired_states')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('target', '=', target)
    .forUpdate()
    .executeTakeFirst();

/** What a look came to. Without `seen` the system was not heard: what it was seen to hold before stands. */
export type Looked = Readonly<{
  subscriptionId: string;
  target: Target;
  seen: { actual: Facts; at: Date } | null;
  state: string;
  since: Date | string;
  reason: string | null;
  looks: number;
  /** Null: never again. */
  lookAt: Date | null;
}>;

export const putLooked = (db: Db, row: Looked): Promise<unknown> =>
  db
    .updateTable('subscriptions.desired_states')
    .set({
      ...(row.seen ? { actual: json(row.seen.actual), seen_at: row.seen.at } : {}),
      state: row.state,
      since: row.since,
      reason: row.reason,
      looks: row.looks,
      look_at: row.lookAt,
    })
    .where('subscription_id', '=', row.subscriptionId)
    .where('target', '=', row.target)
    .execute();

export const desiredOf = (db: Db, subscriptionId: string): Promise<DesiredRow[]> =>
  db
    .selectFrom('subscriptions.desired_states')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .orderBy('target', 'desc')
    .execute();

/** What is not as it should be, the longest so first, one more than the page. */
export const driftPage = (
  db: Db,
  page: { after: readonly [since: string, subscription: string, target: string] | undefined; limit: number },
): Promise<(DesiredRow & { customer_id: string })[]> =>
  db
    .selectFrom('subscriptions.desired_states as d')
    .innerJoin('subscriptions.subscriptions as s', 's.id', 'd.subscription_id')
    .selectAll('d')
    .select('s.customer_id')
    .where('d.state', '<>', 'agrees')
    .$if(page.after !== undefined, (q) =>
      q.where((eb) =>
        eb(
          eb.refTuple('d.since', 'd.subscription_id', 'd.target'),
          '>',
          eb.tuple(page.after?.[0] ?? '', page.after?.[1] ?? '', page.after?.[2] ?? ''),
        ),
      ),
    )
    .orderBy('d.since')
    .orderBy('d.subscription_id')
    .orderBy('d.target')
    .limit(page.limit + 1)
    .execute();

/** Services of which some system is due to be asked, the longest due first; each is put off while it is asked. */
export async function takeDue(
  db: Db,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<string[]> {
  const due = await db
    .selectFrom('subscriptions.desired_states')
    .select('subscription_id')
    .where('look_at', '<=', now.toISOString())
    .orderBy('look_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  const ids = [...new Set(due.map((row) => row.subscription_id))];
  if (ids.length > 0)
    await db
      .updateTable('subscriptions.desired_states')
      .set({ look_at: until })
      .where('subscription_id', 'in', ids)
      .where('look_at', '<=', now.toISOString())
      .execute();
  return ids;
}

/** A service at a place, or set to move there, that has not ended, other than one; undefined when there is none. */
export const livingAt = (
  db: Db,
  { locationId, except }: { locationId: string; except: string | null },
): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('subscriptions.subscriptions')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('location_id', '=', locationId),
        eb(
          'id',
          'in',
          eb
            .selectFrom('subscriptions.moves')
            .select('subscription_id')
            .where('to_location_id', '=', locationId)
            .where('state', '=', 'set'),
        ),
      ]),
    )
    .where('status', '<>', 'cancelled')
    .$if(except !== null, (q) => q.where('id', '<>', except ?? ''))
    .limit(1)
    .executeTakeFirst();
