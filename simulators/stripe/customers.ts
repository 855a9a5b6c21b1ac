import type { StripeBooks } from './books.ts';
import { formList, formText, type Form } from './form.ts';
import type { Customer } from './objects.ts';
import { metadataOf, onlyKnown } from './parameters.ts';
import { invalid, missing } from './stripe-refusal.ts';

const PARAMETERS = [
  'name',
  'email',
  'phone',
  'description',
  'metadata',
  'preferred_locales',
  'address',
  'invoice_settings',
  'expand',
] as const;

/** `POST /v1/customers` */
export function createCustomer(books: StripeBooks, form: Form): Customer {
  onlyKnown(form, PARAMETERS);
  const customer: Customer = {
    id: books.newId('cus', 14),
    object: 'customer',
    created: books.nowSeconds(),
    name: null,
    email: null,
    phone: null,
    preferred_locales: [],
    metadata: {},
    description: null,
    invoice_settings: { default_payment_method: null },
    livemode: false,
  };
  writeFacts(customer, form);
  books.customers.set(customer.id, customer);
  books.tell('customer.created', customer);
  return customer;
}

/** `POST /v1/customers/:id` */
export function updateCustomer(books: StripeBooks, id: string, form: Form): Customer {
  onlyKnown(form, PARAMETERS);
  const customer = foundCustomer(books, id);
  writeFacts(customer, form);
  books.tell('customer.updated', customer);
  return customer;
}

/** The customer, or 404. */
export function foundCustomer(books: StripeBooks, id: string): Customer {
  const customer = books.customers.get(id);
  if (customer === undefined) throw missing('customer', id);
  return customer;
}

function writeFacts(customer: Customer, form: Form): void {
  const email = formText(form, 'email');
  if (email !== undefined && email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw invalid(`Invalid email address: ${email}`, { code: 'email_invalid', param: 'email' });
  }
  for (const field of ['name', 'email', 'phone', 'description'] as const) {
    const text = formText(form, field);
    if (text !== undefined) customer[field] = text === '' ? null : text;
  }
  const locales = formList(form, 'preferred_locales');
  if (locales.length > 0) customer.preferred_locales = locales;
  Object.assign(customer.metadata, metadataOf(form, 'metadata'));
  const method = formText(form, 'invoice_settings', 'default_payment_method');
  if (method !== undefined) customer.invoice_settings.default_payment_method = method;
}
