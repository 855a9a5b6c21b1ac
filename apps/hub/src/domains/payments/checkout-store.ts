import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsCheckouts } from '../../platform/db/types.ts';

export type CheckoutRow = Selectable<PaymentsCheckouts>;

/** A number for a checkout that is about to be written: the provider is told it in the same row. */
export async function newCheckoutId(db: Db): Promise<string> {
  const { rows } = await sql<{
    id: string;
  }>`select 'CHK-' || nextval('payments.checkout_number') as id`.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('no checkout number');
  return id;
}

export const insertCheckout = (db: Db, row: Insertable<PaymentsCheckouts>): Promise<CheckoutRow> =>
  db.insertInto('payments.checkouts').values(row).returningAll().executeTakeFirstOrThrow();

export const checkoutById = (db: Db, id: string): Promise<CheckoutRow | undefined> =>
  db.selectFrom('payments.checkouts').selectAll().where('id', '=', id).executeTakeFirst();
export const checkoutForUpdate = (db: Db, id: string): Promise<CheckoutRow | undefined> =>
  db.selectFrom('payments.checkouts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const checkoutBySession = (
  db: Db,
  { provider, session }: { provider: string; session: string },
): Promise<CheckoutRow | undefined> =>
  db
    .selectFrom('payments.checkouts')
    .selectAll()
    .where('provider', '=', provider)
    .where('provider_session', '=', session)
    .executeTakeFirst();

export type SameIntent = Readonly<{
  customerId: string;
  invoiceId: string | null;
  payBy: string;
  amountCents: bigint;
  provider: string;
  customerRef: string | null;
  /** Its page must still be payable then. */
  until: Date;
  /** One whose answer was lost is asked again only while the provider remembers its key. */
  startedAfter: Date;
  /** What it buys, as JSON. */
  cart: string | null;
}>;

/** A checkout for the same thing that can still be paid, or whose answer from the provider was lost. */
export const reusableCheckout = (db: Db, same: SameIntent): Promise<CheckoutRow | undefined> =>
  db
    .selectFrom('payments.checkouts')
    .selectAll()
    .where('customer_id', '=', same.customerId)
    .where('invoice_id', 'is not distinct from', same.invoiceId)
    .where('pay_by', '=', same.payBy)
    .where('amount_cents', '=', same.amountCents)
    .where('provider', '=', same.provider)
    .where(sql`request ->> 'customerRef'`, 'is not distinct from', same.customerRef)
    .where('cart', 'is not distinct from', sql<string>`${same.cart}::jsonb`)
    .where('started_at', '>', same.startedAfter.toISOString())
    .where((eb) =>
      eb.or([
        eb('state', '=', 'starting'),
        eb.and([eb('state', '=', 'open'), eb('expires_at', '>', same.until.toISOString())]),
      ]),
    )
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();

export const updateCheckout = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PaymentsCheckouts> },
): Promise<CheckoutRow> =>
  db
    .updateTable('payments.checkouts')
    .set(fields)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Takes the checkouts that are due to be looked at; each is given to one taker. */
export const takeDue = (db: Db, { now, limit }: { now: Date; limit: number }): Promise<{ id: string }[]> =>
  db
    .updateTable('payments.checkouts')
    .set({ look_at: null })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('payments.checkouts')
        .select('id')
        .where('look_at', '<=', now.toISOString())
        .orderBy('look_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning('id')
    .execute();
