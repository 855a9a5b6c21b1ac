import { customersEvents, Refusal } from '@gigafibre/contract';
import type { Changes, Tx } from '../../platform/acting.ts';
import type { NewCustomer } from './create-customer.ts';
import { customerOf, type Customer, type CustomerStatus } from './customer.ts';
import { requirePhone } from './phone.ts';
import { indexCustomer } from './search-terms.ts';
import * as store from './store.ts';

export type CustomerEdit = Readonly<
  { id: string; version: number } & {
    [Field in keyof Omit<NewCustomer, 'kind'>]?: NewCustomer[Field] | undefined;
  }
>;

/** Changes the fields given. Refused when somebody changed the record since the version that was seen. */
export async function editCustomer(tx: Tx, { id, version, ...given }: CustomerEdit): Promise<Customer> {
  const before = await customerForChange(tx, id);
  if (before.version !== version) throw new Refusal('changed_meanwhile', { version: before.version });
  const fields = {
    ...(given.name === undefined ? {} : { name: given.name }),
    ...(given.language === undefined ? {} : { language: given.language }),
    ...(given.emailId === undefined ? {} : { email_id: given.emailId }),
    ...(given.emailBilling === undefined ? {} : { email_billing: given.emailBilling }),
    ...(given.cellPhone === undefined ? {} : { cell_phone: requirePhone(given.cellPhone) }),
    ...(given.telHome === undefined ? {} : { tel_home: requirePhone(given.telHome) }),
    ...(given.notes === undefined ? {} : { notes: given.notes }),
    ...(given.tags === undefined ? {} : { tags: given.tags }),
  };
  return write(tx, before, fields);
}

/** Moves a customer to another status; saying the same status again changes nothing. */
export async function setCustomerStatus(
  tx: Tx,
  { id, status }: { id: string; status: CustomerStatus },
): Promise<Customer> {
  const before = await customerForChange(tx, id);
  return before.status === status ? before : write(tx, before, { status });
}

/** Remembers under which reference the payment provider knows this customer. */
export async function setStripeId(
  tx: Tx,
  { id, stripeId }: { id: string; stripeId: string },
): Promise<Customer> {
  const before = await customerForChange(tx, id);
  return before.stripeId === stripeId ? before : write(tx, before, { stripe_id: stripeId });
}

async function customerForChange(tx: Tx, id: string): Promise<Customer> {
  const row = await store.customerForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return customerOf(row);
}

async function write(
  tx: Tx,
  before: Customer,
  fields: Parameters<typeof store.updateCustomer>[1]['fields'],
): Promise<Customer> {
  const after = customerOf(await store.updateCustomer(tx.db, { id: before.id, fields }));
  await indexCustomer(tx, after);
  await tx.tell(customersEvents.customerChanged, {
    subject: before.id,
    customerId: before.id,
    data: {},
    changes: changesBetween(before, after),
  });
  return after;
}

function changesBetween(before: Customer, after: Customer): Changes {
  const names = Object.keys(before).filter((name): name is keyof Customer => name !== 'version');
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, [before[name], after[name]]] as const));
}
