import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsAgreements, PaymentsMethods } from '../../platform/db/types.ts';

export type MethodRow = Selectable<PaymentsMethods>;
export type AgreementRow = Selectable<PaymentsAgreements>;

/** One customer does not keep more than this. */
const METHODS_MAX = 50;

export const methodsOf = (db: Db, customerId: string): Promise<MethodRow[]> =>
  db
    .selectFrom('payments.methods')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('removed_at', 'is', null)
    .orderBy('is_default', 'desc')
    .orderBy('saved_at', 'desc')
    .limit(METHODS_MAX)
    .execute();

export const methodById = (db: Db, id: string): Promise<MethodRow | undefined> =>
  db.selectFrom('payments.methods').selectAll().where('id', '=', id).executeTakeFirst();

export const methodByRef = (
  db: Db,
  { provider, ref }: { provider: string; ref: string },
): Promise<MethodRow | undefined> =>
  db
    .selectFrom('payments.methods')
    .selectAll()
    .where('provider', '=', provider)
    .where('provider_ref', '=', ref)
    .executeTakeFirst();

export const methodByMandate = (
  db: Db,
  { provider, ref }: { provider: string; ref: string },
): Promise<MethodRow | undefined> =>
  db
    .selectFrom('payments.methods')
    .selectAll()
    .where('provider', '=', provider)
    .where('mandate_ref', '=', ref)
    .executeTakeFirst();

/** Keeps a method; undefined when it is kept already. */
export const insertMethod = (db: Db, row: Insertable<PaymentsMethods>): Promise<{ id: string } | undefined> =>
  db
    .insertInto('payments.methods')
    .values(row)
    .onConflict((c) => c.columns(['provider', 'provider_ref']).doNothing())
    .returning('id')
    .executeTakeFirst();

export const updateMethod = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PaymentsMethods> },
): Promise<unknown> => db.updateTable('payments.methods').set(fields).where('id', '=', id).execute();

/** Leaves a customer without default, before another method becomes it. */
export const clearDefault = (db: Db, customerId: string): Promise<unknown> =>
  db
    .updateTable('payments.methods')
    .set({ is_default: false })
    .where('customer_id', '=', customerId)
    .where('is_default', '=', true)
    .execute();

export const activeAgreement = (db: Db, customerId: string): Promise<AgreementRow | undefined> =>
  db
    .selectFrom('payments.agreements')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();

export const agreementById = (db: Db, id: string): Promise<AgreementRow | undefined> =>
  db.selectFrom('payments.agreements').selectAll().where('id', '=', id).executeTakeFirst();

export const lastAgreement = (db: Db, customerId: string): Promise<AgreementRow | undefined> =>
  db
    .selectFrom('payments.agreements')
    .selectAll()
    .where('customer_id', '=', customerId)
    .orderBy('accepted_at', 'desc')
    .limit(1)
    .executeTakeFirst();

export const insertAgreement = (db: Db, row: Insertable<PaymentsAgreements>): Promise<{ id: string }> =>
  db.insertInto('payments.agreements').values(row).returning('id').executeTakeFirstOrThrow();

export const endAgreement = (
  db: Db,
  { id, ...fields }: { id: string; ended_at: Date; ended_by: string; end_reason: string },
): Promise<unknown> =>
  db
    .updateTable('payments.agreements')
    .set(fields)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
