import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, language, line, page, pageInput, text } from './values.ts';

/**
 * `awaiting_approval`: above what its author may give alone. `sending`: being asked of the provider. `pending`:
 * the provider has it, the bank not yet. `failed`: the bank refused it, and the money is the customer’s credit again.
 */
export const refundState = z.enum([
  'awaiting_approval',
  'rejected',
  'sending',
  'pending',
  'succeeded',
  'failed',
]);
/** `method`: the way it came. `credit`: it stays, off the invoices it paid, as a credit of the customer. */
export const refundDestination = z.enum(['method', 'credit', 'cash', 'cheque', 'transfer']);
const askedReason = z.enum(['requested_by_customer', 'duplicate', 'service_not_rendered', 'mistake']);
/** `made_at_provider`: by somebody on the provider’s own site, and taken over from there. */
export const refundReason = z.enum([...askedReason.options, 'made_at_provider']);

export const refund = z.object({
  id: ids.refund,
  /** Null for a credit that came with no payment, paid out by hand. */
  paymentId: ids.payment.nullable(),
  customerId: ids.customer,
  customerName: z.string(),
  amountCents: cents,
  destination: refundDestination,
  state: refundState,
  reason: refundReason,
  note: z.string(),
  reference: z.string().nullable(),
  failure: z.string().nullable(),
  askedAt: instant,
  askedBy: z.string(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
});

const deciding = [
  'not_found',
  'not_in_this_state',
  'refund_too_large',
  'credit_refund_too_large',
  'payment_disputed',
] as const;
const why = {
  reason: askedReason,
  note: text(500).default(''),
  /** Number of the cheque or of the transfer. */
  reference: line(80).nullable().default(null),
};

export const refundsOperations = {
  refundPayment: command({
    name: 'payments.refundPayment',
    path: '/payments/refund',
    summary:
      'Gives a payment back, whole or in part: the way it came, by hand, or as a credit. Above a limit it waits for somebody else’s approval.',
    allow: 'billing.refund',
    input: z.object({
      paymentId: ids.payment,
      /** All that is left of it when absent. */
      amountCents: cents.optional(),
      destination: refundDestination.default('method'),
      ...why,
    }),
    output: refund,
    refusals: [
      'not_found',
      'amount_not_valid',
      'refund_too_large',
      'payment_disputed',
      'refund_by_hand_only',
    ],
  }),
  refundCredit: command({
    name: 'payments.refundCredit',
    path: '/api/customers/{customerId}/refund-credit',
    summary:
      'Pays out a credit that came with no payment, of credit notes: to the method of a payment that has as much left, or by hand. Above a limit it waits for somebody else’s approval.',
    allow: 'billing.refund',
    input: z.object({
      customerId: ids.customer,
      /** All of it when absent. */
      amountCents: cents.optional(),
      destination: refundDestination.exclude(['credit']),
      ...why,
    }),
    output: refund,
    refusals: ['not_found', 'amount_not_valid', 'credit_refund_too_large', 'refund_no_method'],
  }),
  approveRefund: command({
    name: 'payments.approveRefund',
    path: '/api/refunds/{id}/approve',
    summary: 'Approves a refund above the limit and sends it; never by the one who asked for it.',
    allow: 'billing.refund_large',
    input: z.object({ id: ids.refund }),
    output: refund,
    refusals: [...deciding, 'own_refund'],
  }),
  rejectRefund: command({
    name: 'payments.rejectRefund',
    path: '/api/refunds/{id}/reject',
    summary: 'Turns down a refund that waits for approval; nothing moves.',
    allow: 'billing.refund_large',
    input: z.object({ id: ids.refund, note: line() }),
    output: refund,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  listRefunds: query({
    name: 'payments.listRefunds',
    path: '/api/refunds',
    summary: 'Refunds, newest first; of one customer, of one payment, or in one state.',
    allow: 'billing.read',
    input: z.object({
      ...pageInput,
      customerId: ids.customer.optional(),
      paymentId: ids.payment.optional(),
      state: refundState.optional(),
    }),
    output: page(refund),
  }),
  readRefund: query({
    name: 'payments.readRefund',
    path: '/api/refunds/{id}',
    summary: 'One refund and where it stands.',
    allow: 'billing.read',
    input: z.object({ id: ids.refund }),
    output: refund,
    refusals: ['not_found'],
  }),
  readRefundReceipt: query({
    name: 'payments.readRefundReceipt',
    path: '/api/refunds/{id}/receipt',
    summary: 'The receipt of a refund, as PDF.',
    allow: 'billing.read',
    input: z.object({ id: ids.refund, language: language.optional() }),
    output: fileAnswer,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  readMyRefundReceipt: query({
    name: 'payments.readMyRefundReceipt',
    path: '/api/me/refunds/{id}/receipt',
    summary: 'The receipt of a refund of the customer who asks, as PDF.',
    allow: 'portal.self',
    input: z.object({ id: ids.refund, language: language.optional() }),
    output: fileAnswer,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  listMyRefunds: query({
    name: 'payments.listMyRefunds',
    path: '/api/me/refunds',
    summary: 'The refunds of the customer who asks, newest first.',
    allow: 'portal.self',
    input: z.object({ ...pageInput }),
    output: page(refund.omit({ note: true, askedBy: true, decidedBy: true })),
  }),
};

const stale = [
  'payments.listRefunds',
  'payments.readRefund',
  'payments.listMyRefunds',
  'payments.listPayments',
  'payments.readPayment',
  'payments.listMyPayments',
  'payments.readBalance',
  'billing.readMyBalance',
  'billing.listCreditNotes',
  'billing.readCreditNote',
  'views.customer360',
];
const booksStale = [...stale, 'customers.listCustomers', 'views.dashboard'];

export const refundsEvents = {
  refundMoved: event({
    type: 'refund.moved',
    subject: 'refund',
    data: z.object({
      state: refundState,
      amountCents: cents,
      destination: refundDestination,
      paymentId: ids.payment.nullable(),
    }),
    seenWith: 'billing.read',
    customerSees: true,
    stale,
  }),
  /** Money left a payment again; the invoices named are owed anew. */
  paymentWithdrawn: event({
    type: 'payment.withdrawn',
    subject: 'payment',
    data: z.object({
      kind: z.enum(['refund', 'return', 'chargeback']),
      sourceId: z.string(),
      amountCents: cents,
      fromCreditCents: cents,
      invoiceIds: z.array(ids.invoice),
      on: civilDate,
    }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: booksStale,
  }),
  /** Money that had left a payment is here again: a refund the bank refused, a chargeback that was won. */
  paymentReinstated: event({
    type: 'payment.reinstated',
    subject: 'payment',
    data: z.object({
      kind: z.enum(['refund_failed', 'chargeback_reinstated']),
      sourceId: z.string(),
      amountCents: cents,
      on: civilDate,
    }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: booksStale,
  }),
};
