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
  row: { subscriptionId: string; target: Target; desired: Facts; at: Date },
): Promise<unknown> => {
  const fresh = {
    desired: json(row.desired),
    desired_at: row.at,
    actual: null,
    seen_at: null,
    state: 'waiting',
    since: row.at,
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

export const putSeen = (
  db: Db,
  row: {
    subscriptionId: string;
    target: Target;
    actual: Facts;
    state: string;
    since: Date | string;
    at: Date;
  },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.desired_states')
    .set({ actual: json(row.actual), seen_at: row.at, state: row.state, since: row.since })
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
