import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsPayments } from '../../platform/db/types.ts';

export type PaymentRow = Selectable<PaymentsPayments> & { customer_name: string };

const payments = (db: Db) =>
  db
    .selectFrom('payments.payments as p')
    .innerJoin('customers.customers as c', 'c.id', 'p.customer_id')
    .selectAll('p')
    .select('c.name as customer_name');

/** Records a payment; undefined when the provider's reference, or the cheque's number, is recorded already. */
export const insertPayment = (
  db: Db,
  row: Insertable<PaymentsPayments>,
): Promise<{ id: string } | undefined> =>
  db
    .insertInto('payments.payments')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();

export const paymentById = (db: Db, id: string): Promise<PaymentRow | undefined> =>
  payments(db).where('p.id', '=', id).executeTakeFirst();

export const paymentByProviderRef = (
  db: Db,
  { provider, ref }: { provider: string; ref: string },
): Promise<PaymentRow | undefined> =>
  payments(db).where('p.provider', '=', provider).where('p.provider_ref', '=', ref).executeTakeFirst();

export const paymentByReference = (
  db: Db,
  { customerId, method, reference }: { customerId: string; method: string; reference: string },
): Promise<PaymentRow | undefined> =>
  payments(db)
    .where('p.customer_id', '=', customerId)
    .where('p.method', '=', method)
    .where('p.reference', '=', reference)
    .where('p.provider', 'is', null)
    .executeTakeFirst();

/** What is left of a payment once some of it was put against invoices. */
export const putCredit = (
  db: Db,
  { id, creditCents }: { id: string; creditCents: bigint },
): Promise<unknown> =>
  db.updateTable('payments.payments').set({ credit_cents: creditCents }).where('id', '=', id).execute();

/** Closes the recording of a payment: what is left of it, and what its receipt says for ever. */
export const putReceipt = (
  db: Db,
  { id, creditCents, receipt }: { id: string; creditCents: bigint; receipt: string },
): Promise<unknown> =>
  db
    .updateTable('payments.payments')
    .set({ credit_cents: creditCents, receipt })
    .where('id', '=', id)
    .execute();

/** Payments of a customer with something left, oldest first, locked. */
export const creditsForUpdate = (
  db: Db,
  { customerId, limit }: { customerId: string; limit: number },
): Promise<{ id: string; credit_cents: bigint }[]> =>
  db
    .selectFrom('payments.payments')
    .select(['id', 'credit_cents'])
    .where('customer_id', '=', customerId)
    .where('credit_cents', '>', 0n)
    .orderBy('received_on')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .execute();

export const describePayment = (
  db: Db,
  { id, brand, last4 }: { id: string; brand: string | null; last4: string | null },
): Promise<{ customer_id: string } | undefined> =>
  db
    .updateTable('payments.payments')
    .set({ brand, last4 })
    .where('id', '=', id)
    .where('brand', 'is', null)
    .where('last4', 'is', null)
    .returning('customer_id')
    .executeTakeFirst();

export type PaymentPage = Readonly<{
  customerId?: string | undefined;
  method?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  before: readonly [receivedOn: string, id: string] | undefined;
  limit: number;
}>;

/** Newest first, one more than the page. */
export const paymentsPage = (db: Db, page: PaymentPage): Promise<PaymentRow[]> =>
  payments(db)
    .$if(page.customerId !== undefined, (q) => q.where('p.customer_id', '=', page.customerId ?? ''))
    .$if(page.method !== undefined, (q) => q.where('p.method', '=', page.method ?? ''))
    .$if(page.from !== undefined, (q) => q.where('p.received_on', '>=', page.from ?? ''))
    .$if(page.to !== undefined, (q) => q.where('p.received_on', '<=', page.to ?? ''))
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(
          eb.refTuple('p.received_on', 'p.id'),
          '<',
          eb.tuple(page.before?.[0] ?? '', page.before?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('p.received_on', 'desc')
    .orderBy('p.id', 'desc')
    .limit(page.limit + 1)
    .execute();

export type FoundDifference = { what: string; key: string; kept_cents: bigint; found_cents: bigint };

/** Recomputes what is kept about payments in one statement, hence of one instant, and gives what disagrees. */
export async function differencesFromZero(db: Db, limit: number): Promise<FoundDifference[]> {
  const { rows } = await sql<FoundDifference>`
    with used as (
      select source_id, sum(amount_cents) as cents from billing.settlements where source_kind = 'payment' group by 1),
    gone as (
      select payment_id, sum(amount_cents) as cents from payments.withdrawals group by 1),
    held as (
      select customer_id, sum(credit_cents) as cents
        from (select customer_id, credit_cents from payments.payments
              union all select customer_id, credit_cents from billing.credit_notes) credits group by 1)
    select 'credit' as what, p.id as key, p.credit_cents as kept_cents,
           (p.amount_cents - p.rounding_cents - p.withdrawn_cents - coalesce(u.cents, 0))::bigint as found_cents
      from payments.payments p left join used u on u.source_id = p.id
     where p.credit_cents <> p.amount_cents - p.rounding_cents - p.withdrawn_cents - coalesce(u.cents, 0)
    union all
    select 'withdrawn', p.id, p.withdrawn_cents, coalesce(w.cents, 0)::bigint
      from payments.payments p left join gone w on w.payment_id = p.id
     where p.withdrawn_cents <> coalesce(w.cents, 0)
    union all
    select 'customer credit', customer_id, -coalesce(b.balance_cents, 0), coalesce(h.cents, 0)::bigint
      from (select * from ledger.customer_balances where account = '2210') b full join held h using (customer_id)
     where -coalesce(b.balance_cents, 0) <> coalesce(h.cents, 0)
    union all
    select 'credit paid out', w.source_id, w.amount_cents, coalesce(u.cents, 0)::bigint
      from payments.withdrawals w
      left join (select document_id, sum(amount_cents) as cents from billing.credit_uses
                  where document_kind = 'refund' group by 1) u on u.document_id = w.source_id
     where w.payment_id is null and w.amount_cents <> coalesce(u.cents, 0)
    union all
    select 'entry', p.id, p.amount_cents, 0
      from payments.payments p
     where not exists (select 1 from ledger.entries where document_kind = 'payment' and document_id = p.id)
    limit ${limit}`.execute(db);
  return rows;
}
