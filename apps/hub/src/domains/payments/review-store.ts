import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsReviews } from '../../platform/db/types.ts';

export type ReviewRow = Selectable<PaymentsReviews>;

/** Opens a review; undefined when there is one about the same thing already. */
export const insertReview = (db: Db, row: Insertable<PaymentsReviews>): Promise<ReviewRow | undefined> =>
  db
    .insertInto('payments.reviews')
    .values(row)
    .onConflict((c) => c.columns(['provider', 'kind', 'provider_ref']).doNothing())
    .returningAll()
    .executeTakeFirst();

export const reviewForUpdate = (db: Db, id: string): Promise<ReviewRow | undefined> =>
  db.selectFrom('payments.reviews').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const markResolved = (
  db: Db,
  {
    id,
    ...fields
  }: {
    id: string;
    resolution: string;
    resolved_by: string;
    resolved_at: Date;
    customer_id: string | null;
    payment_id: string | null;
  },
): Promise<ReviewRow> =>
  db
    .updateTable('payments.reviews')
    .set(fields)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** What waits for a person, oldest first, one more than the page. */
export const reviewsPage = (
  db: Db,
  { after, limit }: { after: readonly [at: string, id: string] | undefined; limit: number },
): Promise<ReviewRow[]> =>
  db
    .selectFrom('payments.reviews')
    .selectAll()
    .where('resolved_at', 'is', null)
    .$if(after !== undefined, (q) =>
      q.where((eb) => eb(eb.refTuple('at', 'id'), '>', eb.tuple(after?.[0] ?? '', after?.[1] ?? ''))),
    )
    .orderBy('at')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
