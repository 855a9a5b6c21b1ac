import { sql } from 'kysely';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { CustomersCustomers } from '../../platform/db/types.ts';

export type CustomerRow = Selectable<CustomersCustomers>;
export type NewCustomerRow = Insertable<CustomersCustomers>;

export const insertCustomer = (db: Db, row: NewCustomerRow): Promise<CustomerRow> =>
  db.insertInto('customers.customers').values(row).returningAll().executeTakeFirstOrThrow();

export const customerById = (db: Db, id: string): Promise<CustomerRow | undefined> =>
  db.selectFrom('customers.customers').selectAll().where('id', '=', id).executeTakeFirst();

export const customersById = (db: Db, ids: readonly string[]): Promise<CustomerRow[]> =>
  db
    .selectFrom('customers.customers')
    .selectAll()
    .where('id', '=', sql<string>`any(${ids}::text[])`)
    .execute();

export const customerForUpdate = (db: Db, id: string): Promise<CustomerRow | undefined> =>
  db.selectFrom('customers.customers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const customerByStripeId = (db: Db, stripeId: string): Promise<CustomerRow | undefined> =>
  db.selectFrom('customers.customers').selectAll().where('stripe_id', '=', stripeId).executeTakeFirst();

/** Writes the fields and raises the version. */
export const updateCustomer = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<CustomersCustomers> },
): Promise<CustomerRow> =>
  db
    .updateTable('customers.customers')
    .set(fields)
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Customers reached by this e-mail, phone (E.164) or number, oldest first; a bounded few. */
export const customersReachedBy = (
  db: Db,
  {
    email,
    phone,
    number,
    limit,
  }: { email: string | null; phone: string | null; number: string | null; limit: number },
): Promise<CustomerRow[]> =>
  db
    .selectFrom('customers.customers')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb(eb.fn<string>('lower', ['email_id']), '=', email),
        eb(eb.fn<string>('lower', ['email_billing']), '=', email),
        eb('cell_phone', '=', phone),
        eb('tel_home', '=', phone),
        eb('id', '=', number),
        eb('legacy_account_id', '=', number),
        eb('legacy_customer_id', '=', number),
      ]),
    )
    .orderBy('id')
    .limit(limit)
    .execute();

export type Term = Readonly<{ kind: string; sourceId: string; customerId: string; shown: string }>;

/** What is searchable under a thing of a customer: a location, a device, an invoice … */
export type Source = Readonly<{ kind: string; sourceId: string }>;

/** Replaces what is searchable under a source. */
export async function replaceTerms(db: Db, source: Source, terms: readonly Term[]): Promise<void> {
  await sql`delete from customers.search_terms where kind = ${source.kind} and source_id = ${source.sourceId}`.execute(
    db,
  );
  await addTerms(db, terms);
}

/** Terms are folded: no accents, lower case. */
export async function addTerms(db: Db, terms: readonly Term[]): Promise<void> {
  if (terms.length === 0) return;
  await sql`
    insert into customers.search_terms (customer_id, kind, source_id, term, shown)
    select customer_id, kind, source_id, app.fold(shown), shown
      from jsonb_to_recordset(${JSON.stringify(terms.map((t) => ({ customer_id: t.customerId, kind: t.kind, source_id: t.sourceId, shown: t.shown })))}::jsonb)
        as given(customer_id text, kind text, source_id text, shown text)
    on conflict do nothing`.execute(db);
}

/** Has the server look anew at what customers are found by. */
export const refreshStatistics = (db: Db): Promise<unknown> =>
  sql`analyze customers.search_terms`.execute(db);
