import { sql, type Insertable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  SubscriptionsDueChanges,
  SubscriptionsPauses,
  SubscriptionsTerms,
} from '../../platform/db/types.ts';
import type { Term } from './changes/terms.ts';

export async function newestTerm(db: Db, subscriptionId: string): Promise<Term | undefined> {
  const row = await db
    .selectFrom('subscriptions.terms')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      startsOn: row.starts_on,
      months: row.months,
      endsOn: row.ends_on,
      goodsRebateCents: row.goods_rebate_cents,
    }
  );
}

export const insertTerm = (db: Db, row: Insertable<SubscriptionsTerms>): Promise<unknown> =>
  db.insertInto('subscriptions.terms').values(row).execute();

/** A pause: which items stopped for it, and on which day each would have ended. */
export type Paused = Readonly<{
  fromOn: string;
  reason: string;
  items: Readonly<Record<string, string | null>>;
}>;

export const insertPause = (db: Db, row: Insertable<SubscriptionsPauses>): Promise<unknown> =>
  db.insertInto('subscriptions.pauses').values(row).execute();

export async function openPause(db: Db, subscriptionId: string): Promise<Paused | undefined> {
  const row = await db
    .selectFrom('subscriptions.pauses')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('until_on', 'is', null)
    .executeTakeFirst();
  // Written by insertPause() as a record of item numbers and days.
  return row && { fromOn: row.from_on, reason: row.reason, items: row.items as Paused['items'] };
}

export const closePause = (
  db: Db,
  { subscriptionId, on }: { subscriptionId: string; on: string },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.pauses')
    .set({ until_on: on })
    .where('subscription_id', '=', subscriptionId)
    .where('until_on', 'is', null)
    .execute();

/** Says what must happen on a day to come; the newest word counts. */
export const putDueChange = (db: Db, row: Insertable<SubscriptionsDueChanges>): Promise<unknown> =>
  db
    .insertInto('subscriptions.due_changes')
    .values(row)
    .onConflict((c) =>
      c.columns(['subscription_id', 'what']).doUpdateSet({
        on_date: row.on_date,
        reason: row.reason,
        added_by: row.added_by,
      }),
    )
    .execute();

export const removeDueChange = (
  db: Db,
  { subscriptionId, what }: { subscriptionId: string; what: DueChange['what'] },
): Promise<unknown> =>
  db
    .deleteFrom('subscriptions.due_changes')
    .where('subscription_id', '=', subscriptionId)
    .where('what', '=', what)
    .execute();

export type DueChange = Readonly<{
  subscriptionId: string;
  on: string;
  what: 'provision' | 'cancel' | 'reconnect';
  reason: string;
}>;

/** The next change whose day has come, taken: another worker takes another. */
export async function takeDueChange(db: Db, today: string): Promise<DueChange | undefined> {
  const { rows } = await sql<{
    subscription_id: string;
    on_date: string;
    what: DueChange['what'];
    reason: string;
  }>`
    delete from subscriptions.due_changes where (subscription_id, what) = (
      select subscription_id, what from subscriptions.due_changes where on_date <= ${today}::date
       order by on_date, subscription_id limit 1 for update skip locked)
    returning subscription_id, on_date, what, reason`.execute(db);
  const row = rows[0];
  return row && { subscriptionId: row.subscription_id, on: row.on_date, what: row.what, reason: row.reason };
}
