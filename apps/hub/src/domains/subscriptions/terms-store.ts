import { sql, type Insertable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  SubscriptionsDueChanges,
  SubscriptionsPauses,
  SubscriptionsTerms,
} from '../../platform/db/types.ts';
import type { Term } from './changes/terms.ts';

export const newestTerm = (db: Db, subscriptionId: string): Promise<Term | undefined> =>
  newestOf(db, { subscriptionId, aboveCents: -1n });

/** The newest term with a rebate on goods: what is left of it does not go away with a new term. */
export const newestRebate = (db: Db, subscriptionId: string): Promise<Term | undefined> =>
  newestOf(db, { subscriptionId, aboveCents: 0n });

async function newestOf(
  db: Db,
  { subscriptionId, aboveCents }: { subscriptionId: string; aboveCents: bigint },
): Promise<Term | undefined> {
  const row = await db
    .selectFrom('subscriptions.terms')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('goods_rebate_cents', '>', aboveCents)
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

/** The newest pause that is over: since when, until the day the service came back, and since when it rested before. */
export type PastPause = Readonly<{ fromOn: string; backOn: string; reason: string; restFrom: string | null }>;

export async function lastPause(db: Db, subscriptionId: string): Promise<PastPause | undefined> {
  const row = await db
    .selectFrom('subscriptions.pauses')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('until_on', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.until_on == null
    ? undefined
    : { fromOn: row.from_on, backOn: row.until_on, reason: row.reason, restFrom: row.rest_from };
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

/** Says what must happen on a day to come; said again for the same day, the newest word counts. */
export const putDueChange = (db: Db, row: Insertable<SubscriptionsDueChanges>): Promise<unknown> =>
  db
    .insertInto('subscriptions.due_changes')
    .values(row)
    .onConflict((c) =>
      c
        .columns(['subscription_id', 'what', 'on_date'])
        .doUpdateSet({ reason: row.reason, added_by: row.added_by, problem: null }),
    )
    .execute();

/** Withdraws what was set for a day to come, or for the days from one on. */
export const removeDueChange = (
  db: Db,
  {
    subscriptionId,
    what,
    from = '0001-01-01',
  }: { subscriptionId: string; what: DueChange['what']; from?: string },
): Promise<unknown> =>
  db
    .deleteFrom('subscriptions.due_changes')
    .where('subscription_id', '=', subscriptionId)
    .where('what', '=', what)
    .where('on_date', '>=', from)
    .execute();

/** Which items stop, and the day on which each would have ended. */
export type Ends = Readonly<Record<string, string | null>>;

/** An end that was set for a day to come: its last day, and what it ended. */
export type EndToCome = Readonly<{ lastDay: string; items: Ends; pausedItems: Ends }>;

export async function endToCome(db: Db, subscriptionId: string): Promise<EndToCome | undefined> {
  const { rows } = await sql<{ last_day: string; items: Ends; paused_items: Ends }>`
    select (on_date - 1) as last_day, items, paused_items from subscriptions.due_changes
     where subscription_id = ${subscriptionId} and what = 'cancel' order by on_date limit 1`.execute(db);
  const row = rows[0];
  return row && { lastDay: row.last_day, items: row.items, pausedItems: row.paused_items };
}

/** What an end that is set gives back when it is said again, said anew. */
export const putEndToCome = (
  db: Db,
  { subscriptionId, items, pausedItems }: { subscriptionId: string; items: Ends; pausedItems: Ends },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.due_changes')
    .set({ items: JSON.stringify(items), paused_items: JSON.stringify(pausedItems) })
    .where('subscription_id', '=', subscriptionId)
    .where('what', '=', 'cancel')
    .execute();

/** What the items of an open pause would have ended on, said anew. */
export const putPausedItems = (
  db: Db,
  { subscriptionId, items }: { subscriptionId: string; items: Ends },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.pauses')
    .set({ items: JSON.stringify(items) })
    .where('subscription_id', '=', subscriptionId)
    .where('until_on', 'is', null)
    .execute();

export type DueChange = Readonly<{
  subscriptionId: string;
  on: string;
  what: 'provision' | 'cancel' | 'reconnect' | 'move';
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
    delete from subscriptions.due_changes where (subscription_id, what, on_date) = (
      select subscription_id, what, on_date from subscriptions.due_changes
       where on_date <= ${today}::date and problem is null
       order by on_date, subscription_id, what limit 1 for update skip locked)
    returning subscription_id, on_date, what, reason`.execute(db);
  const row = rows[0];
  return row && { subscriptionId: row.subscription_id, on: row.on_date, what: row.what, reason: row.reason };
}

/** Says why the next change whose day has come could not be done: it waits for a person. */
export const markDueProblem = (
  db: Db,
  { subscriptionId, what, on, problem }: Omit<DueChange, 'reason'> & { problem: string },
): Promise<unknown> =>
  db
    .updateTable('subscriptions.due_changes')
    .set({ problem })
    .where('subscription_id', '=', subscriptionId)
    .where('what', '=', what)
    .where('on_date', '=', on)
    .execute();
