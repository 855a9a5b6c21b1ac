import { z } from 'zod';
import { fileAnswer, redirectAnswer } from './answers.ts';
import { accountBalance } from './billing.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { bankEvents, bankOperations } from './payments-bank.ts';
import { chargebacksEvents, chargebacksOperations } from './payments-chargebacks.ts';
import { debitsEvents, debitsOperations } from './payments-debits.ts';
import { methodsEvents, methodsOperations } from './payments-methods.ts';
import { reconciliationEvents, reconciliationOperations } from './payments-reconciliation.ts';
import { refundsEvents, refundsOperations } from './payments-refunds.ts';
import { statementLinesEvents, statementLinesOperations } from './payments-statements.ts';
import {
  cents,
  civilDate,
  ids,
  instant,
  language,
  line,
  page,
  pageInput,
  text,
  typedCents,
} from './values.ts';

export const paymentMethod = z.enum(['card', 'bank_debit', 'klarna', 'cash', 'cheque', 'transfer']);
/** What staff may record by hand; the others are told by the provider. */
export const handMethod = z.enum(['cash', 'cheque', 'transfer']);

export const payment = z.object({
  id: ids.payment,
  customerId: ids.customer,
  customerName: z.string(),
  method: paymentMethod,
  /** `visa`, and the last digits, when the provider said so. */
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  amountCents: cents,
  /** Cash only: what rounding to five cents added to the debt (negative: took from it). */
  roundingCents: cents,
  /** Not put against any invoice: a credit of the customer. */
  creditCents: cents,
  /** What left it again: refunds, returned debits, chargebacks. */
  withdrawnCents: cents,
  receivedOn: civilDate,
  receivedAt: instant,
  /** The provider’s reference, or the number on the cheque. */
  reference: z.string().nullable(),
  checkoutId: ids.checkout.nullable(),
  note: z.string(),
  by: z.string(),
  allocations: z.array(z.object({ invoiceId: ids.invoice, amountCents: cents, on: civilDate })),
});

/**
 * A checkout as our own records have it. `open`: the page can be paid. `processing`: the payer is done, the money
 * is not here yet. `paid`: the money is recorded. `expired` and `failed`: no money came from it.
 */
export const checkoutState = z.enum(['open', 'processing', 'paid', 'expired', 'failed']);
export const checkout = z.object({
  id: ids.checkout,
  state: checkoutState,
  amountCents: cents,
  invoiceId: ids.invoice.nullable(),
  paymentId: ids.payment.nullable(),
  /** Where to pay, while it can be paid. */
  url: z.string().nullable(),
  startedAt: instant,
  expiresAt: instant.nullable(),
});
const startedCheckout = z.object({ checkoutId: ids.checkout, url: z.string(), amountCents: cents });

/** Money the provider reports that could not be put where it belongs without a person. */
export const paymentReview = z.object({
  id: z.string(),
  kind: z.enum(['unknown_customer', 'wrong_currency', 'wrong_amount', 'refund', 'dispute', 'debit']),
  provider: z.string(),
  providerRef: z.string().nullable(),
  customerId: ids.customer.nullable(),
  paymentId: ids.payment.nullable(),
  amountCents: cents,
  currency: z.string(),
  at: instant,
  /** Null while it waits for somebody. */
  resolution: z.string().nullable(),
});

const checkoutRefusals = [
  'not_found',
  'nothing_to_pay',
  'debit_under_way',
  'amount_too_small',
  'payment_refused',
  'outside_unavailable',
] as const;
const listInput = { ...pageInput, from: civilDate.optional(), to: civilDate.optional() };
const receiptInput = { id: ids.payment, language: language.optional() };

export const paymentsOperations = {
  ...refundsOperations,
  ...chargebacksOperations,
  ...methodsOperations,
  ...debitsOperations,
  ...reconciliationOperations,
  ...bankOperations,
  ...statementLinesOperations,
  checkoutInvoice: command({
    name: 'payments.checkoutInvoice',
    path: '/payments/checkout-invoice',
    summary: 'Opens a payment page for what is left of one invoice of the customer who asks.',
    allow: 'portal.self',
    input: z.object({ invoiceId: ids.invoice, payBy: z.enum(['card', 'klarna']).default('card') }),
    output: startedCheckout,
    refusals: [...checkoutRefusals, 'invoice_already_paid'],
  }),
  checkoutBalance: command({
    name: 'payments.checkoutBalance',
    path: '/payments/checkout',
    summary: 'Opens a payment page for the whole balance of the customer who asks.',
    allow: 'portal.self',
    input: z.object({}),
    output: startedCheckout,
    refusals: checkoutRefusals,
  }),
  checkoutProduct: command({
    name: 'payments.checkoutProduct',
    path: '/payments/checkout-product',
    summary: 'Opens a payment page for things of the catalog; they are invoiced when they are paid.',
    allow: 'portal.self',
    input: z.object({
      items: z
        .array(z.object({ sku: line(40), quantity: z.int().min(1).max(20).default(1) }))
        .min(1)
        .max(20),
    }),
    output: startedCheckout,
    refusals: [...checkoutRefusals, 'not_sold_online'],
  }),
  checkoutForCustomer: command({
    name: 'payments.checkoutForCustomer',
    path: '/api/customers/{id}/checkout',
    summary: 'Opens a payment page for a customer: one invoice, or the whole balance.',
    allow: 'payments.take',
    input: z.object({ id: ids.customer, invoiceId: ids.invoice.nullable().default(null) }),
    output: startedCheckout,
    refusals: [...checkoutRefusals, 'invoice_already_paid'],
  }),
  returnFromProvider: query({
    name: 'payments.returnFromProvider',
    path: '/payments/return',
    summary: 'Where the payment page sends the browser back; leads to the result, proves nothing.',
    allow: 'public',
    input: z.object({
      checkout: ids.checkout,
      cancelled: z.enum(['1']).optional(),
      session: z.string().max(200).optional(),
    }),
    output: redirectAnswer,
  }),
  readMyCheckout: query({
    name: 'payments.readMyCheckout',
    path: '/api/me/checkouts/{id}',
    summary: 'What became of a checkout of the customer who asks, from our own records.',
    allow: 'portal.self',
    input: z.object({ id: ids.checkout }),
    output: checkout,
    refusals: ['not_found'],
  }),
  readCheckout: query({
    name: 'payments.readCheckout',
    path: '/api/checkouts/{id}',
    summary: 'What became of a checkout.',
    allow: 'billing.read',
    input: z.object({ id: ids.checkout }),
    output: checkout.extend({ customerId: ids.customer }),
    refusals: ['not_found'],
  }),
  readBalance: query({
    name: 'payments.readBalance',
    path: '/payments/balance/{customer}',
    summary: 'What a customer owes, and what is held for them.',
    allow: 'billing.read',
    input: z.object({ customer: ids.customer }),
    output: accountBalance,
    refusals: ['not_found'],
  }),
  readReceipt: query({
    name: 'payments.readReceipt',
    path: '/payments/receipt/{id}',
    summary: 'The receipt of a payment, as PDF.',
    allow: 'billing.read',
    input: z.object(receiptInput),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  readMyReceipt: query({
    name: 'payments.readMyReceipt',
    path: '/api/me/payments/{id}/receipt',
    summary: 'The receipt of a payment of the customer who asks, as PDF.',
    allow: 'portal.self',
    input: z.object(receiptInput),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  recordPayment: command({
    name: 'payments.recordPayment',
    path: '/api/payments',
    summary: 'Records money received by hand; put against the invoice chosen, or the oldest first.',
    allow: 'payments.take',
    input: z.object({
      customerId: ids.customer,
      method: handMethod,
      amountCents: typedCents,
      /** Day the money came; today when absent. */
      receivedOn: civilDate.optional(),
      invoiceId: ids.invoice.nullable().default(null),
      /** Number of the cheque or of the transfer. */
      reference: line(80).nullable().default(null),
      note: text(500).default(''),
    }),
    output: payment,
    refusals: ['not_found', 'amount_not_valid', 'cash_not_rounded', 'date_in_the_future', 'reference_used'],
  }),
  applyCredit: command({
    name: 'payments.applyCredit',
    path: '/api/customers/{id}/apply-credit',
    summary: 'Puts money held for a customer against their open invoices, oldest first.',
    allow: 'payments.take',
    input: z.object({ id: ids.customer }),
    output: z.object({ appliedCents: cents, creditCents: cents }),
    refusals: ['not_found'],
  }),
  listPayments: query({
    name: 'payments.listPayments',
    path: '/api/payments',
    summary: 'Payments, newest first; of one customer or between dates.',
    allow: 'billing.read',
    input: z.object({ ...listInput, customerId: ids.customer.optional(), method: paymentMethod.optional() }),
    output: page(payment),
  }),
  readPayment: query({
    name: 'payments.readPayment',
    path: '/api/payments/{id}',
    summary: 'One payment with what it was put against.',
    allow: 'billing.read',
    input: z.object({ id: ids.payment }),
    output: payment,
    refusals: ['not_found'],
  }),
  listMyPayments: query({
    name: 'payments.listMyPayments',
    path: '/api/me/payments',
    summary: 'The payments of the customer who asks, newest first.',
    allow: 'portal.self',
    input: z.object(listInput),
    output: page(payment.omit({ note: true, by: true })),
  }),
  listReviews: query({
    name: 'payments.listReviews',
    path: '/api/payment-reviews',
    summary: 'What the provider reported that waits for a person, oldest first.',
    allow: 'billing.read',
    input: z.object({ ...pageInput }),
    output: page(paymentReview),
  }),
  resolveReview: command({
    name: 'payments.resolveReview',
    path: '/api/payment-reviews/{id}/resolve',
    summary: 'Settles a review; money of an unknown customer is recorded as theirs when one is given.',
    allow: 'billing.write',
    input: z.object({
      id: z.string().max(20),
      customerId: ids.customer.nullable().default(null),
      note: line(),
    }),
    output: paymentReview,
    refusals: ['not_found', 'not_in_this_state', 'customer_needed'],
  }),
};

const paymentStale = [
  'payments.listPayments',
  'payments.readPayment',
  'payments.listMyPayments',
  'payments.readBalance',
  'payments.readCheckout',
  'payments.readMyCheckout',
  'billing.readMyBalance',
  'customers.listCustomers',
  'views.customer360',
  'views.dashboard',
];

export const paymentsEvents = {
  ...refundsEvents,
  ...chargebacksEvents,
  ...methodsEvents,
  ...debitsEvents,
  ...reconciliationEvents,
  ...bankEvents,
  ...statementLinesEvents,
  paymentReceived: event({
    type: 'payment.received',
    subject: 'payment',
    data: z.object({
      method: paymentMethod,
      amountCents: cents,
      /** What was put against invoices at once; the rest is a credit. */
      appliedCents: cents,
      creditCents: cents,
      invoiceIds: z.array(ids.invoice),
      checkoutId: ids.checkout.nullable(),
      receivedOn: civilDate,
    }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: paymentStale,
  }),
  creditApplied: event({
    type: 'credit.applied',
    subject: 'payment',
    data: z.object({ amountCents: cents, invoiceId: ids.invoice }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: paymentStale,
  }),
  checkoutStarted: event({
    type: 'checkout.started',
    subject: 'checkout',
    data: z.object({ amountCents: cents, invoiceId: ids.invoice.nullable() }),
    seenWith: 'billing.read',
    stale: ['payments.readCheckout', 'views.customer360'],
  }),
  checkoutMoved: event({
    type: 'checkout.moved',
    subject: 'checkout',
    data: z.object({ state: checkoutState }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: ['payments.readCheckout', 'payments.readMyCheckout', 'views.customer360'],
  }),
  paymentDetailed: event({
    type: 'payment.detailed',
    subject: 'payment',
    data: z.object({ brand: z.string().nullable(), last4: z.string().nullable() }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: ['payments.listPayments', 'payments.readPayment', 'payments.listMyPayments'],
  }),
  reviewOpened: event({
    type: 'payment_review.opened',
    subject: 'payment_review',
    data: z.object({ kind: paymentReview.shape.kind, amountCents: cents }),
    seenWith: 'billing.read',
    stale: ['payments.listReviews', 'views.dashboard'],
  }),
  reviewResolved: event({
    type: 'payment_review.resolved',
    subject: 'payment_review',
    data: z.object({ note: z.string(), paymentId: ids.payment.nullable() }),
    seenWith: 'billing.read',
    stale: ['payments.listReviews', 'views.dashboard'],
  }),
};
