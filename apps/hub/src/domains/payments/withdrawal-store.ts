import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsPayments, PaymentsWithdrawals } from '../../platform/db/types.ts';

export const paymentForUpdate = (db: Db, id: string): Promise<Selectable<PaymentsPayments> | undefined> =>
  db.selectFrom('payments.payments').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Writes what left a payment, or came back; undefined when the same was written already. */
export const insertWithdrawal = (
  db: Db,
  row: Insertable<PaymentsWithdrawals>,
): Promise<{ id: bigint } | undefined> =>
  db
    .insertInto('payments.withdrawals')
    .values(row)
    .onConflict((c) => c.columns(['kind', 'source_id']).doNothing())
    .returning('id')
    .executeTakeFirst();

export const withdrawalOf = (
  db: Db,
  { kind, sourceId }: { kind: string; sourceId: string },
): Promise<{ payment_id: string | null; amount_cents: bigint } | undefined> =>
  db
    .selectFrom('payments.withdrawals')
    .select(['payment_id', 'amount_cents'])
    .where('kind', '=', kind)
    .where('source_id', '=', sourceId)
    .executeTakeFirst();
