import type { Db } from '../../platform/db/connect.ts';

/** Keeps a service that started while billing was paused; once, however often it is said. */
export const insertWaiting = (db: Db, subscriptionId: string): Promise<unknown> =>
  db
    .insertInto('billing.first_bills_waiting')
    .values({ subscription_id: subscriptionId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();

/** Takes the services that have waited longest off the list, at most `limit`; two that take at once take different ones. */
export async function takeWaiting(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .deleteFrom('billing.first_bills_waiting')
    .where('subscription_id', 'in', (next) =>
      next
        .selectFrom('billing.first_bills_waiting')
        .select('subscription_id')
        .orderBy('since')
        .orderBy('subscription_id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning('subscription_id')
    .execute();
  return rows.map(({ subscription_id }) => subscription_id);
}
