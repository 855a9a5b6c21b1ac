import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, email, ids, instant, language, line, page, pageInput, phone, text } from './values.ts';

export const customerStatus = z.enum(['prospect', 'active', 'suspended', 'terminated']);

export const customer = z.object({
  id: ids.customer,
  kind: z.enum(['residential', 'business']),
  name: z.string(),
  language,
  status: customerStatus,
  emailId: z.string().nullable(),
  emailBilling: z.string().nullable(),
  cellPhone: z.string().nullable(),
  telHome: z.string().nullable(),
  notes: z.string(),
  tags: z.array(z.string()),
  stripeId: z.string().nullable(),
  legacyAccountId: z.string().nullable(),
  createdAt: instant,
  /** Goes up by one with each change; send it back to say which state you saw. */
  version: z.int(),
});

/** A row of the clients list: what an agent needs to recognise the caller. */
export const customerRow = z.object({
  id: ids.customer,
  name: z.string(),
  status: customerStatus,
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  balanceCents: cents,
  /** Why it matched, when it was not the name: `INV-00012`, a serial, an address. */
  matched: z.string().nullable(),
});

const editable = {
  name: line(160),
  language,
  emailId: email.nullable(),
  emailBilling: email.nullable(),
  cellPhone: phone.nullable(),
  telHome: phone.nullable(),
  notes: text(),
  tags: z.array(line(40)).max(30),
};

export const customersOperations = {
  createCustomer: command({
    name: 'customers.createCustomer',
    path: '/api/customers',
    summary: 'Registers a prospect.',
    allow: 'clients.write',
    input: z.object({
      kind: customer.shape.kind.default('residential'),
      name: editable.name,
      language: language.default('fr'),
      emailId: editable.emailId.default(null),
      emailBilling: editable.emailBilling.default(null),
      cellPhone: editable.cellPhone.default(null),
      telHome: editable.telHome.default(null),
      notes: editable.notes.default(''),
      tags: editable.tags.default([]),
    }),
    output: customer,
    refusals: ['phone_not_valid'],
  }),
  readCustomer: query({
    name: 'customers.readCustomer',
    path: '/api/customers/{id}',
    summary: 'One customer.',
    allow: 'clients.read',
    input: z.object({ id: ids.customer }),
    output: customer,
    refusals: ['not_found'],
  }),
  editCustomer: command({
    name: 'customers.editCustomer',
    method: 'PATCH',
    path: '/api/customers/{id}',
    summary: 'Changes the fields given; refused when somebody changed the record since `version`.',
    allow: 'clients.write',
    input: z.object({ id: ids.customer, version: z.int().min(1), ...z.object(editable).partial().shape }),
    output: customer,
    refusals: ['not_found', 'changed_meanwhile', 'phone_not_valid'],
  }),
  listCustomers: query({
    name: 'customers.listCustomers',
    path: '/api/customers',
    summary: 'Customers found by anything people say on the phone; accents and typos forgiven.',
    allow: 'clients.read',
    input: z.object({
      ...pageInput,
      search: z.string().trim().max(120).optional(),
      status: customerStatus.optional(),
    }),
    output: page(customerRow),
  }),
};

export const customersEvents = {
  customerCreated: event({
    type: 'customer.created',
    subject: 'customer',
    data: z.object({ name: z.string() }),
    seenWith: 'clients.read',
    stale: ['customers.listCustomers'],
  }),
  customerChanged: event({
    type: 'customer.changed',
    subject: 'customer',
    data: z.object({}),
    seenWith: 'clients.read',
    customerSees: true,
    stale: ['customers.listCustomers', 'customers.readCustomer', 'views.customer360'],
  }),
};
