import { z } from 'zod';
import { invoice, invoiceStale } from './billing.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, line, page, pageInput } from './values.ts';

/** A yearly rate in per cent, as a decimal text: `18`, `9.5`. */
export const yearlyPercent = z
  .string()
  .max(8)
  .regex(/^\d{1,3}(\.\d{1,4})?$/, 'per cent');

/** What is charged on overdue principal from a day on; a null rate charges nothing. */
export const interestTerm = z.object({
  from: civilDate,
  residentialPercent: yearlyPercent.nullable(),
  businessPercent: yearlyPercent.nullable(),
  /** Days after the due date before interest runs. */
  graceDays: z.int().min(0).max(120).default(0),
});

/** Until somebody sets another: a discount of 10 $ a month for a year. */
const DISCOUNT_LIMIT = 12_000;
/** And a refund of 200 $. */
const REFUND_LIMIT = 20_000;
/** Until somebody sets another: a bill of a supplier of 1 000 $, taxes included. */
const SUPPLIER_BILL_LIMIT = 100_000;
/**
 * Cents above which somebody who may approve is wanted: for a credit note and a credit by hand, a write-off, what
 * a discount or a lower price takes off, over a year at most, a refund, and a bill of a supplier (the last two: then a
 * second person).
 */
export const approvalLimits = z.object({
  creditCents: cents,
  writeOffCents: cents,
  discountCents: cents.prefault(DISCOUNT_LIMIT),
  refundCents: cents.prefault(REFUND_LIMIT),
  supplierBillCents: cents.prefault(SUPPLIER_BILL_LIMIT),
});

/** Fees people ask about; the law and the house say which may be charged to whom. */
export const feeKind = z.enum([
  'late',
  'returned_payment',
  'reminder',
  'collection',
  'paper_bill',
  'card_surcharge',
  'activation',
  'plan_change',
  'reconnection',
  'missed_visit',
]);

/** Interest of one overdue invoice, not charged yet. */
export const interestDue = z.object({
  invoiceId: ids.invoice,
  /** Days it covers, both included. */
  from: civilDate,
  to: civilDate,
  /** What was overdue on the last of these days, without any interest in it. */
  principalCents: cents,
  /** The rate in force on the last of these days. */
  yearlyPercent: z.string(),
  interestCents: cents,
});
const dueNow = z.object({ lines: z.array(interestDue), totalCents: cents });

export const interestOperations = {
  readBillingRules: query({
    name: 'billing.readBillingRules',
    path: '/api/billing/rules',
    summary:
      'Interest by date, the limits above which credits, write-offs, discounts and refunds are approved, and whether billing is paused.',
    allow: 'billing.read',
    input: z.object({}),
    output: z.object({
      interest: z.array(interestTerm),
      limits: approvalLimits,
      /** Since when another system still bills, and nothing is issued here; null while billing is not paused. */
      pausedSince: instant.nullable(),
    }),
  }),
  changeInterest: command({
    name: 'billing.changeInterest',
    method: 'PUT',
    path: '/api/billing/rules/interest',
    summary: 'Sets the interest from a day on; earlier terms, and who set them, stay on record.',
    allow: 'settings.system',
    input: interestTerm,
    output: z.object({ interest: z.array(interestTerm) }),
    refusals: ['interest_above_law', 'interest_in_the_past'],
  }),
  changeApprovalLimits: command({
    name: 'billing.changeApprovalLimits',
    method: 'PUT',
    path: '/api/billing/rules/limits',
    summary: 'Sets above which amounts a credit, a write-off, a discount or a refund is approved.',
    allow: 'settings.system',
    input: approvalLimits,
    output: approvalLimits,
    refusals: ['amount_not_positive'],
  }),
  previewInterest: query({
    name: 'billing.previewInterest',
    path: '/api/customers/{customerId}/interest',
    summary: 'Interest that has run on what a customer is late with and that no invoice carries yet.',
    allow: 'billing.read',
    input: z.object({ customerId: ids.customer }),
    output: dueNow,
    refusals: ['not_found'],
  }),
  chargeInterest: command({
    name: 'billing.chargeInterest',
    path: '/api/customers/{customerId}/interest',
    summary: 'Issues the invoice of that interest; each day of each invoice once.',
    allow: 'billing.write',
    input: z.object({ customerId: ids.customer }),
    output: invoice,
    refusals: ['not_found', 'nothing_to_bill', 'scheduler_paused', 'company_not_set'],
  }),
  listInterestDue: query({
    name: 'billing.listInterestDue',
    path: '/api/billing/interest',
    summary:
      'Customers who owe interest that no invoice carries yet, by number. A page may hold fewer than asked for.',
    allow: 'billing.read',
    input: z.object({ ...pageInput }),
    output: page(
      z.object({
        customerId: ids.customer,
        customerName: z.string(),
        invoices: z.int(),
        totalCents: cents,
      }),
    ),
  }),
  chargeAllInterest: command({
    name: 'billing.chargeAllInterest',
    path: '/api/billing/interest',
    summary: 'Begins to issue the invoice of their interest to everybody who owes some, as every month.',
    allow: 'billing.write',
    input: z.object({}),
    output: z.object({ begun: z.literal(true) }),
    refusals: ['scheduler_paused', 'company_not_set'],
  }),
  waiveInterest: command({
    name: 'billing.waiveInterest',
    path: '/api/customers/{customerId}/interest-waivers',
    summary:
      'No interest for a customer between two days, both included; their contract may say none at all.',
    allow: 'billing.write',
    input: z.object({
      customerId: ids.customer,
      from: civilDate,
      to: civilDate.nullable().default(null),
      reason: line(),
    }),
    output: z.object({ customerId: ids.customer, from: civilDate, to: civilDate.nullable() }),
    refusals: ['not_found', 'dates_reversed'],
  }),
  chargeFee: command({
    name: 'billing.chargeFee',
    path: '/api/customers/{customerId}/fees',
    summary: 'Issues the invoice of a fee that the contract of a company names; consumers pay none.',
    allow: 'billing.write',
    input: z.object({ customerId: ids.customer, fee: feeKind, amountCents: cents, reason: line() }),
    output: invoice,
    refusals: [
      'not_found',
      'fee_forbidden',
      'fee_while_debited',
      'amount_not_positive',
      'scheduler_paused',
      'company_not_set',
    ],
  }),
};

export const interestEvents = {
  billingRulesChanged: event({
    type: 'billing.rules_changed',
    subject: 'setting',
    data: z.object({ setting: z.string() }),
    seenWith: 'billing.read',
    stale: ['billing.readBillingRules', 'billing.previewInterest'],
  }),
  interestWaived: event({
    type: 'interest.waived',
    subject: 'customer',
    data: z.object({ from: civilDate, to: civilDate.nullable(), reason: z.string() }),
    seenWith: 'billing.read',
    stale: ['billing.previewInterest', ...invoiceStale],
  }),
};
