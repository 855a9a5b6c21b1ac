import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { SubscriptionsActivationTroubles } from '../../platform/db/types.ts';

export type TroubleRow = Selectable<SubscriptionsActivationTroubles>;

/** Keeps why a service could not start; false when one stands open for it already, which then stays as it was. */
export const insertTrouble = async (
  db: Db,
  row: Insertable<SubscriptionsActivationTroubles>,
): Promise<boolean> =>
  (await db
    .insertInto('subscriptions.activation_troubles')
    .values(row)
    .onConflict((c) => c.column('subscription_id').where('settled_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined;

/** The service started or was withdrawn. */
export const settleTrouble = (
  db: Db,
  { subscriptionId, at, by }: { subscriptionId: string; at: Date; by: string },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.activation_troubles')
    .set({ settled_at: at, settled_by: by })
    .where('subscription_id', '=', subscriptionId)
    .where('settled_at', 'is', null)
    .execute();

/** What is open, the longest so first, one more than the page. */
export const troublesPage = (
  db: Db,
  { after, limit }: { after: readonly [since: string, subscription: string] | undefined; limit: number },
): Promise<TroubleRow[]> =>
  db
    .selectFrom('subscriptions.activation_troubles')
    .selectAll()
    .where('settled_at', 'is', null)
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(since, subscription_id) > (${after?.[0]}::timestamptz, ${after?.[1]}::text)`),
    )
    .orderBy('since')
    .orderBy('subscription_id')
    .limit(limit + 1)
    .execute();
