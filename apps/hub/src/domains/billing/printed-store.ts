import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

/** What the invoices of a customer are debited from. */
export type DebitedFrom = Readonly<{
  customer_id: string;
  kind: 'card' | 'bank_account';
  brand: string | null;
  last4: string | null;
  institution: string | null;
  transit: string | null;
  /** First day of a debit under the agreement. */
  usable_from: string;
}>;

/** Of some customers, those with an agreement in force, and what it debits. */
export async function debitedFrom(db: Db, customerIds: readonly string[]): Promise<DebitedFrom[]> {
  const { rows } = await sql<DebitedFrom>`
    select a.customer_id, m.kind, m.brand, m.last4, m.institution, m.transit, a.usable_from
      from payments.agreements a join payments.methods m on m.id = a.method_id
     where a.ended_at is null and m.removed_at is null and a.customer_id = any(${[...customerIds]})`.execute(
    db,
  );
  return rows;
}

/** Why an invoice of a run is not as the one before. */
export const differenceOf = (db: Db, invoiceId: string) =>
  db
    .selectFrom('billing.run_customers')
    .select(['before_cents', 'causes', 'comparison', 'explanation', 'explanation_shown'])
    .where('invoice_id', '=', invoiceId)
    .executeTakeFirst();
