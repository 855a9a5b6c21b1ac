import type { Db } from '../../platform/db/connect.ts';

type Key = Readonly<{ provider: string; paymentRef: string }>;

export const keepEarlyWord = (
  db: Db,
  row: { provider: string; event_ref: string; payment_ref: string; told: string; at: Date },
): Promise<unknown> =>
  db
    .insertInto('payments.early_words')
    .values(row)
    .onConflict((c) => c.columns(['provider', 'event_ref']).doNothing())
    .execute();

/** Takes away what was told of a payment before it was here, oldest first. */
export async function takeEarlyWords(db: Db, { provider, paymentRef }: Key): Promise<unknown[]> {
  const rows = await db
    .deleteFrom('payments.early_words')
    .where('provider', '=', provider)
    .where('payment_ref', '=', paymentRef)
    .returning(['told', 'at', 'event_ref'])
    .execute();
  return rows
    .toSorted((one, other) => (`${one.at} ${one.event_ref}` < `${other.at} ${other.event_ref}` ? -1 : 1))
    .map(({ told }) => told);
}

/** Settles the reviews that only waited for their payment. */
export const resolveWaiting = (
  db: Db,
  { provider, paymentRef, ...fields }: Key & { resolution: string; resolved_by: string; resolved_at: Date },
): Promise<unknown> =>
  db
    .updateTable('payments.reviews')
    .set(fields)
    .where('provider', '=', provider)
    .where('payment_ref', '=', paymentRef)
    .where('kind', 'in', ['refund', 'dispute'])
    .where('payment_id', 'is', null)
    .where('resolved_at', 'is', null)
    .execute();
