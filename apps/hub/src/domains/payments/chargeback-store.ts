import type { Insertable, Selectable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsChargebacks } from '../../platform/db/types.ts';

export type ChargebackRow = Selectable<PaymentsChargebacks> & {
  customer_name: string;
  withdrawn_cents: bigint;
};

const chargebacks = (db: Db) =>
  db
    .selectFrom('payments.chargebacks as d')
    .innerJoin('customers.customers as c', 'c.id', 'd.customer_id')
    .selectAll('d')
    .select([
      'c.name as customer_name',
      sql<bigint>`coalesce((select sum(w.amount_cents) from payments.withdrawals w
        where w.source_id = d.id and w.kind in ('chargeback', 'chargeback_reinstated')), 0)::bigint`.as(
        'withdrawn_cents',
      ),
    ]);

/** A chargeback of a payment that is not over, if any. */
export const openChargebackOf = (db: Db, paymentId: string): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('payments.chargebacks')
    .select('id')
    .where('payment_id', '=', paymentId)
    .where('state', 'in', ['needs_response', 'under_review'])
    .limit(1)
    .executeTakeFirst();

/** Writes a chargeback, or gives the one that is written already, locked. */
export async function chargebackForUpdate(
  db: Db,
  row: Insertable<PaymentsChargebacks>,
): Promise<{ row: Selectable<PaymentsChargebacks>; isNew: boolean }> {
  const inserted = await db
    .insertInto('payments.chargebacks')
    .values(row)
    .onConflict((c) => c.columns(['provider', 'provider_ref']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted) return { row: inserted, isNew: true };
  const known = await db
    .selectFrom('payments.chargebacks')
    .selectAll()
    .where('provider', '=', row.provider)
    .where('provider_ref', '=', row.provider_ref)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { row: known, isNew: false };
}

export const updateChargeback = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PaymentsChargebacks> },
): Promise<unknown> => db.updateTable('payments.chargebacks').set(fields).where('id', '=', id).execute();

export const chargebackById = (db: Db, id: string): Promise<ChargebackRow | undefined> =>
  chargebacks(db).where('d.id', '=', id).executeTakeFirst();

export type ChargebackPage = Readonly<{
  customerId?: string | undefined;
  state?: string | undefined;
  before: readonly [openedAt: string, id: string] | undefined;
  limit: number;
}>;

/** Newest first, one more than the page. */
export const chargebacksPage = (db: Db, page: ChargebackPage): Promise<ChargebackRow[]> =>
  chargebacks(db)
    .$if(page.customerId !== undefined, (q) => q.where('d.customer_id', '=', page.customerId ?? ''))
    .$if(page.state !== undefined, (q) => q.where('d.state', '=', page.state ?? ''))
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.refTuple('d.opened_at', 'd.id'), '<', eb.tuple(page.before?.[0] ?? '', page.before?.[1] ?? '')),
      ),
    )
    .orderBy('d.opened_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(page.limit + 1)
    .execute();

/** Whether money of a chargeback left its payment. */
export const hasWithdrawn = async (db: Db, chargebackId: string): Promise<boolean> =>
  (await db
    .selectFrom('payments.withdrawals')
    .select('id')
    .where('kind', '=', 'chargeback')
    .where('source_id', '=', chargebackId)
    .executeTakeFirst()) !== undefined;
