import { customersEvents, type Language } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { customerOf, type Customer } from './customer.ts';
import { requirePhone } from './phone.ts';
import { indexCustomer } from './search-terms.ts';
import * as store from './store.ts';

export type NewCustomer = Readonly<{
  kind: Customer['kind'];
  name: string;
  language: Language;
  emailId: string | null;
  emailBilling: string | null;
  cellPhone: string | null;
  telHome: string | null;
  notes: string;
  tags: string[];
}>;

/** Registers a prospect. Refused when a phone number is not one. */
export async function createCustomer(tx: Tx, input: NewCustomer): Promise<Customer> {
  const row = await store.insertCustomer(tx.db, {
    kind: input.kind,
    name: input.name,
    language: input.language,
    email_id: input.emailId,
    email_billing: input.emailBilling,
    cell_phone: requirePhone(input.cellPhone),
    tel_home: requirePhone(input.telHome),
    notes: input.notes,
    tags: input.tags,
    created_at: tx.now,
  });
  const customer = customerOf(row);
  await indexCustomer(tx, customer);
  await tx.tell(customersEvents.customerCreated, {
    subject: customer.id,
    customerId: customer.id,
    data: { name: customer.name },
  });
  return customer;
}
