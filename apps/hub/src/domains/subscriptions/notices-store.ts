import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

/** What a customer is told is coming. */
export type Notice = Readonly<{
  subscriptionId: string;
  kind: 'term_end' | 'promotion_end' | 'price_rise';
  /** Which of its kind: a term's months, an item. */
  about: string;
  /** The day it comes. */
  on: string;
  at: Date;
}>;

/** Writes a notice down; false when it was given already. */
export async function insertNotice(
  db: Db,
  { subscriptionId, kind, about, on, at }: Notice,
): Promise<boolean> {
  const row = await db
    .insertInto('subscriptions.notices')
    .values({ subscription_id: subscriptionId, kind, about, on_date: on, at })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a higher price was announced that holds from a day on, or held on that day at the soonest. */
export async function hasRiseSince(
  db: Db,
  { subscriptionId, since }: { subscriptionId: string; since: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('subscriptions.notices')
    .select('id')
    .where('subscription_id', '=', subscriptionId)
    .where('kind', '=', 'price_rise')
    .where('on_date', '>=', since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export type TermEnding = Readonly<{
  subscription_id: string;
  customer_id: string;
  months: number;
  ends_on: string;
}>;

/** The next running service whose newest term ends by a day, nobody told and no end set; another worker takes another. */
export async function nextTermEnding(
  db: Db,
  { today, by }: { today: string; by: string },
): Promise<TermEnding | undefined> {
  const { rows } = await sql<TermEnding>`
    select s.id as subscription_id, s.customer_id, t.months, t.ends_on
      from subscriptions.terms t join subscriptions.subscriptions s on s.id = t.subscription_id
     where t.ends_on between ${today}::date and ${by}::date and s.status in ('active', 'suspended')
       and not exists (select 1 from subscriptions.terms n where n.subscription_id = t.subscription_id and n.id > t.id)
       and not exists (select 1 from subscriptions.due_changes d where d.subscription_id = s.id and d.what = 'cancel')
       and not exists (select 1 from subscriptions.notices g where g.subscription_id = s.id and g.kind = 'term_end'
                         and g.about = t.months::text and g.on_date = t.ends_on)
     order by t.ends_on, t.id limit 1 for update of s skip locked`.execute(db);
  return rows[0];
}

export type PromotionEnding = Readonly<{
  subscription_id: string;
  customer_id: string;
  item_id: string;
  name_fr: string;
  name_en: string;
  price_cents: bigint;
  ends_on: string;
}>;

/**
 * The next promotion of a running service that ends by a day, nobody told: none that goes on as another item, and none of
 * a service whose end is set.
 */
export async function nextPromotionEnding(
  db: Db,
  { today, by }: { today: string; by: string },
): Promise<PromotionEnding | undefined> {
  const { rows } = await sql<PromotionEnding>`
    select s.id as subscription_id, s.customer_id, i.id as item_id, i.name_fr, i.name_en, i.price_cents, i.ends_on
      from subscriptions.items i join subscriptions.subscriptions s on s.id = i.subscription_id
     where i.price_cents < 0 and i.ends_on between ${today}::date and ${by}::date and i.starts_on <= ${today}::date
       and s.status = 'active'
       and not exists (select 1 from subscriptions.items n where n.subscription_id = i.subscription_id
                         and n.promise = coalesce(i.promise, i.id) and n.starts_on > i.ends_on)
       and not exists (select 1 from subscriptions.due_changes d where d.subscription_id = s.id and d.what = 'cancel')
       and not exists (select 1 from subscriptions.notices g where g.subscription_id = s.id
                         and g.kind = 'promotion_end' and g.about = i.id and g.on_date = i.ends_on)
     order by i.ends_on, i.id limit 1 for update of s skip locked`.execute(db);
  return rows[0];
}

/** The day a service is set to come back by itself. */
export async function returnSet(db: Db, subscriptionId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('subscriptions.due_changes')
    .select('on_date')
    .where('subscription_id', '=', subscriptionId)
    .where('what', '=', 'reconnect')
    .executeTakeFirst();
  return row?.on_date;
}
