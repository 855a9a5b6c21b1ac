import { Refusal } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import { customerOf, type Customer } from './customer.ts';
import { parsePhone } from './phone.ts';
import * as store from './store.ts';

/** One customer; refused `not_found`. */
export async function readCustomer({ db }: Pick<Reading, 'db'>, id: string): Promise<Customer> {
  const row = await store.customerById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return customerOf(row);
}

/** Several customers by number; refused `not_found` when one of them is not there. */
export async function readCustomers(
  { db }: Pick<Reading, 'db'>,
  ids: readonly string[],
): Promise<Map<string, Customer>> {
  const rows = ids.length === 0 ? [] : await store.customersById(db, ids);
  const found = new Map(rows.map((row) => [row.id, customerOf(row)]));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw new Refusal('not_found', { what: missing });
  return found;
}

/** The customer the payment provider knows under this reference; undefined when there is none. */
export async function customerByStripeId(
  { db }: Pick<Reading, 'db'>,
  stripeId: string,
): Promise<Customer | undefined> {
  const row = await store.customerByStripeId(db, stripeId);
  return row ? customerOf(row) : undefined;
}

const MATCHES_MAX = 10;

/** Customers behind what a person types to sign in: an e-mail, a phone in any format, a customer number new or old. */
export async function customersByIdentifier(
  { db }: Pick<Reading, 'db'>,
  identifier: string,
): Promise<Customer[]> {
  const typed = identifier.trim();
  const email = typed.includes('@') ? typed.toLowerCase() : null;
  const phone = email === null ? (parsePhone(typed) ?? null) : null;
  const number = email === null ? typed.toUpperCase() : null;
  return (await store.customersReachedBy(db, { email, phone, number, limit: MATCHES_MAX })).map(customerOf);
}
