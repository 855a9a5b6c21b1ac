import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsRefunds } from '../../platform/db/types.ts';

export type RefundRow = Selectable<PaymentsRefunds> & { customer_name: string };

const refunds = (db: Db) =>
  db
    .selectFrom('payments.refunds as r')
    .innerJoin('customers.customers as c', 'c.id', 'r.customer_id')
    .selectAll('r')
    .select('c.name as customer_name');

/** A number for a refund that is about to be written: its key names it. */
export async function newRefundId(db: Db): Promise<string> {
  const { rows } = await sql<{
    id: string;
  }>`select 'REF-' || nextval('payments.refund_number') as id`.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('no refund number');
  return id;
}

/** Writes a refund; undefined when one with the provider's reference is written already. */
export const insertRefund = (db: Db, row: Insertable<PaymentsRefunds>): Promise<{ id: string } | undefined> =>
  db
    .insertInto('payments.refunds')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();

export const refundById = (db: Db, id: string): Promise<RefundRow | undefined> =>
  refunds(db).where('r.id', '=', id).executeTakeFirst();

export const refundForUpdate = (db: Db, id: string): Promise<Selectable<PaymentsRefunds> | undefined> =>
  db.selectFrom('payments.refunds').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const refundByProviderRef = (
  db: Db,
  { provider, ref }: { provider: string; ref: string },
): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('payments.refunds')
    .select('id')
    .where('provider', '=', provider)
    .where('provider_ref', '=', ref)
    .executeTakeFirst();

export const updateRefund = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PaymentsRefunds> },
): Promise<unknown> => db.updateTable('payments.refunds').set(fields).where('id', '=', id).execute();

export type RefundPage = Readonly<{
  customerId?: string | undefined;
  paymentId?: string | undefined;
  state?: string | undefined;
  before: readonly [askedAt: string, id: string] | undefined;
  limit: number;
}>;

/** Newest first, one more than the page. */
export const refundsPage = (db: Db, page: RefundPage): Promise<RefundRow[]> =>
  refunds(db)
    .$if(page.customerId !== undefined, (q) => q.where('r.customer_id', '=', page.customerId ?? ''))
    .$if(page.paymentId !== undefined, (q) => q.where('r.payment_id', '=', page.paymentId ?? ''))
    .$if(page.state !== undefined, (q) => q.where('r.state', '=', page.state ?? ''))
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.refTuple('r.asked_at', 'r.id'), '<', eb.tuple(page.before?.[0] ?? '', page.before?.[1] ?? '')),
      ),
    )
    .orderBy('r.asked_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(page.limit + 1)
    .execute();

/** Takes the refunds whose sending got no answer and is due to be asked again; each is given to one taker. */
export const takeDueRefunds = (
  db: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<{ id: string }[]> =>
  db
    .updateTable('payments.refunds')
    .set({ look_at: null })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('payments.refunds')
        .select('id')
        .where('look_at', '<=', now.toISOString())
        .orderBy('look_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning('id')
    .execute();

/** The newest payment that came by a provider, is not contested and has that much left to give back. */
export const refundablePayment = (
  db: Db,
  { customerId, amountCents, except }: { customerId: string; amountCents: bigint; except: string },
): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('payments.payments as p')
    .select('p.id')
    .where('p.customer_id', '=', customerId)
    .where('p.provider', 'is not', null)
    .where('p.provider', '<>', except)
    .where(sql<boolean>`p.amount_cents - p.rounding_cents - p.withdrawn_cents >= ${amountCents}`)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('payments.chargebacks as c')
            .select('c.id')
            .whereRef('c.payment_id', '=', 'p.id')
            .where('c.state', 'in', ['needs_response', 'under_review']),
        ),
      ),
    )
    .orderBy('p.received_on', 'desc')
    .orderBy('p.id', 'desc')
    .limit(1)
    .executeTakeFirst();

/**
 * Cents of a payment that were given back, by whoever, and to its customer by one person since a moment: each refund
 * once, without those that wait, were turned down or failed, and without what a second person approved for that customer.
 */
export async function givenBefore(
  db: Db,
  {
    id,
    customerId,
    paymentId,
    by,
    since,
  }: {
    id: string;
    customerId: string;
    paymentId: string | null;
    by: string | null;
    since: Date;
  },
): Promise<bigint> {
  const { rows } = await sql<{ cents: bigint }>`
    select coalesce(sum(amount_cents), 0)::bigint as cents from payments.refunds
     where customer_id = ${customerId} and id <> ${id} and state not in ('awaiting_approval', 'rejected', 'failed')
       and (payment_id = ${paymentId}
         or asked_by_id = ${by} and decided_at is null and asked_at > ${since.toISOString()})`.execute(db);
  return rows[0]?.cents ?? 0n;
}
