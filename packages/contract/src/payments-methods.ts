import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, ids, instant } from './values.ts';

export const savedMethodKind = z.enum(['card', 'bank_account']);
/** A card or bank account kept by the provider; its number is never here. */
export const savedMethod = z.object({
  id: ids.method,
  kind: savedMethodKind,
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  expMonth: z.int().nullable(),
  expYear: z.int().nullable(),
  /** A card past its month. */
  expired: z.boolean(),
  institution: z.string().nullable(),
  transit: z.string().nullable(),
  isDefault: z.boolean(),
  /** A bank account whose mandate ended cannot be debited. */
  usable: z.boolean(),
  savedAt: instant,
});
const methods = z.object({ rows: z.array(savedMethod) });
const setupInput = { kind: savedMethodKind.default('card') };
const opened = z.object({ url: z.string() });
const outsideRefusals = ['not_found', 'payment_refused', 'outside_unavailable'] as const;

export const methodsOperations = {
  setupMethod: command({
    name: 'payments.setupMethod',
    path: '/payments/setup',
    summary: 'Opens the provider’s page on which the customer who asks saves a card or a bank account.',
    allow: 'portal.self',
    input: z.object(setupInput),
    output: opened,
    refusals: outsideRefusals,
  }),
  setupForCustomer: command({
    name: 'payments.setupForCustomer',
    path: '/api/customers/{id}/payment-setup',
    summary: 'Opens the provider’s page on which a customer saves a card or a bank account.',
    allow: 'payments.take',
    input: z.object({ id: ids.customer, ...setupInput }),
    output: opened,
    refusals: outsideRefusals,
  }),
  openPaymentPortal: command({
    name: 'payments.openPaymentPortal',
    path: '/payments/portal',
    summary: 'Opens the provider’s own page on which the customer who asks looks after their methods.',
    allow: 'portal.self',
    input: z.object({}),
    output: opened,
    refusals: outsideRefusals,
  }),
  listMethods: query({
    name: 'payments.listMethods',
    path: '/payments/methods/{customer}',
    summary: 'The saved cards and bank accounts of a customer.',
    allow: 'billing.read',
    input: z.object({ customer: ids.customer }),
    output: methods,
    refusals: ['not_found'],
  }),
  listMyMethods: query({
    name: 'payments.listMyMethods',
    path: '/api/me/payment-methods',
    summary: 'The saved cards and bank accounts of the customer who asks.',
    allow: 'portal.self',
    input: z.object({}),
    output: methods,
  }),
  chooseMyMethod: command({
    name: 'payments.chooseMyMethod',
    path: '/api/me/payment-methods/{id}/choose',
    summary: 'Makes a saved method the one that is used unless another is named.',
    allow: 'portal.self',
    input: z.object({ id: ids.method }),
    output: methods,
    refusals: ['not_found', 'method_not_usable'],
  }),
  removeMyMethod: command({
    name: 'payments.removeMyMethod',
    path: '/api/me/payment-methods/{id}/remove',
    summary: 'Forgets a saved method of the customer who asks; an agreement on it ends.',
    allow: 'portal.self',
    input: z.object({ id: ids.method }),
    output: methods,
    refusals: ['not_found'],
  }),
  removeMethod: command({
    name: 'payments.removeMethod',
    path: '/api/payment-methods/{id}/remove',
    summary: 'Forgets a saved method of a customer; an agreement on it ends.',
    allow: 'payments.take',
    input: z.object({ id: ids.method }),
    output: methods,
    refusals: ['not_found'],
  }),
  sendPaymentLink: command({
    name: 'payments.sendPaymentLink',
    path: '/payments/send-link',
    summary: 'Opens a payment page for a customer and sends its address by e-mail, SMS, or both.',
    allow: 'payments.take',
    input: z.object({
      customerId: ids.customer,
      invoiceId: ids.invoice.nullable().default(null),
      channels: z
        .array(z.enum(['email', 'sms']))
        .min(1)
        .max(2)
        .default(['email', 'sms']),
    }),
    output: z.object({ checkoutId: ids.checkout, url: z.string(), amountCents: cents }),
    refusals: [
      ...outsideRefusals,
      'nothing_to_pay',
      'amount_too_small',
      'invoice_already_paid',
      'debit_under_way',
    ],
  }),
};

const stale = [
  'payments.listMethods',
  'payments.listMyMethods',
  'payments.readPpa',
  'payments.readMyPpa',
  'views.customer360',
];
export const methodsEvents = {
  methodSaved: event({
    type: 'payment_method.saved',
    subject: 'payment_method',
    data: z.object({ kind: savedMethodKind, last4: z.string().nullable() }),
    seenWith: 'billing.read',
    customerSees: true,
    stale,
  }),
  methodRemoved: event({
    type: 'payment_method.removed',
    subject: 'payment_method',
    data: z.object({ kind: savedMethodKind, last4: z.string().nullable() }),
    seenWith: 'billing.read',
    customerSees: true,
    stale,
  }),
  paymentLinkSent: event({
    type: 'payment_link.sent',
    subject: 'checkout',
    data: z.object({
      amountCents: cents,
      invoiceId: ids.invoice.nullable(),
      channels: z.array(z.enum(['email', 'sms'])),
    }),
    seenWith: 'billing.read',
    stale: ['views.customer360'],
  }),
};
