import type { Db } from '../../platform/db/connect.ts';

/** Keeps a service that started while nothing could be billed; once, however often it is said. */
export const insertWaiting = (db: Db, subscriptionId: string): Promise<unknown> =>
  db
    .insertInto('billing.first_bills_waiting')
    .values({ subscription_id: subscriptionId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();

export const removeWaiting = (db: Db, subscriptionId: string): Promise<unknown> =>
  db.deleteFrom('billing.first_bills_waiting').where('subscription_id', '=', subscriptionId).execute();

/** Whether any service waits for its first bill and was not asked for since. */
export async function anyWaiting(db: Db, since: Date): Promise<boolean> {
  const row = await waiting(db, since).limit(1).executeTakeFirst();
  return row !== undefined;
}

const waiting = (db: Db, since: Date) =>
  db
    .selectFrom('billing.first_bills_waiting')
    .select('subscription_id')
    .where((where) => where.or([where('asked_at', 'is', null), where('asked_at', '<', since.toISOString())]));

/** Marks the services that have waited longest as asked for, at most `limit`; two that ask at once mark different ones. */
export async function askWaiting(
  db: Db,
  { now, since, limit }: { now: Date; since: Date; limit: number },
): Promise<string[]> {
  const rows = await db
    .updateTable('billing.first_bills_waiting')
    .set({ asked_at: now })
    .where(
      'subscription_id',
      'in',
      waiting(db, since).orderBy('since').orderBy('subscription_id').limit(limit).forUpdate().skipLocked(),
    )
    .returning('subscription_id')
    .execute();
  return rows.map(({ subscription_id }) => subscription_id);
}
