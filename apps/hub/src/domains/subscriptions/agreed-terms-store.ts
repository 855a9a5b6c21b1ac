import type { Insertable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { SubscriptionsAgreedTerms } from '../../platform/db/types.ts';

/** A term agreed at the sale, before its service starts. */
export type AgreedTerm = Readonly<{ months: number; goodsRebateCents: bigint; source: string }>;

export const insertAgreed = (db: Db, row: Insertable<SubscriptionsAgreedTerms>): Promise<unknown> =>
  db.insertInto('subscriptions.agreed_terms').values(row).execute();

export async function agreedTermOf(db: Db, subscriptionId: string): Promise<AgreedTerm | undefined> {
  const row = await db
    .selectFrom('subscriptions.agreed_terms')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .executeTakeFirst();
  return row && { months: row.months, goodsRebateCents: row.goods_rebate_cents, source: row.source };
}
