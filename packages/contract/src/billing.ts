import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { itemTaxTreatment, sku } from './catalog.ts';
import { event } from './event.ts';
import { accountNumber } from './ledger.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, language, line, page, pageInput, typedCents } from './values.ts';

/**
 * Derived from what has been put against the invoice; never set by hand. `credited`: credit notes took back all of
 * it. `written_off`: nothing is asked for any more, and a part was given up.
 */
export const invoiceStatus = z.enum(['issued', 'partly_paid', 'paid', 'credited', 'written_off']);
/** What a list of invoices shows. `open`: something is left to pay. */
export const invoiceFilter = z.enum(['all', 'open', 'overdue', 'paid']);
export const taxCode = z.enum(['GST', 'QST', 'HST']);

export const invoiceRow = z.object({
  id: ids.invoice,
  customerId: ids.customer,
  customerName: z.string(),
  status: invoiceStatus,
  /** Past its due date with something left to pay. */
  overdue: z.boolean(),
  issuedOn: civilDate,
  dueOn: civilDate,
  subtotalCents: cents,
  taxCents: cents,
  totalCents: cents,
  settledCents: cents,
  outstandingCents: cents,
  /** Taken back by credit notes, whether it settled this invoice or became a credit of the customer. */
  creditedCents: cents,
  /** Given up, less what was recovered since. */
  writtenOffCents: cents,
  /** Contested by the customer and not decided yet; not collected meanwhile. */
  disputedCents: cents,
});

export const invoiceLine = z.object({
  kind: z.enum(['recurring', 'one_time']),
  sku: sku.nullable(),
  descriptionFr: z.string(),
  descriptionEn: z.string(),
  /** Under the description: how a part of a month was computed. */
  detailFr: z.string().nullable(),
  detailEn: z.string().nullable(),
  /** Days of service it pays for, both included. */
  period: z.object({ from: civilDate, to: civilDate }).nullable(),
  quantity: z.int(),
  unitPriceCents: cents,
  amountCents: cents,
  taxTreatment: itemTaxTreatment,
  subscriptionId: ids.subscription.nullable(),
});

export const invoiceTax = z.object({
  tax: taxCode,
  /** `9.975`: per cent, as a decimal text. */
  ratePercent: z.string(),
  baseCents: cents,
  taxCents: cents,
});

/** A tax that an exemption took off some lines. */
export const invoiceRelief = z.object({
  exemptionId: ids.taxExemption,
  /** As printed: registration number of the certificate. */
  certificate: z.string(),
  tax: taxCode,
  baseCents: cents,
});

/** Something put against an invoice: a payment, or a credit of the customer. */
export const settlement = z.object({
  source: z.object({ kind: z.enum(['payment', 'credit_note', 'write_off']), id: z.string() }),
  amountCents: cents,
  on: civilDate,
});

export const invoice = invoiceRow.extend({
  language,
  issuedAt: instant,
  reason: z.string(),
  billTo: z.object({ name: z.string(), addressLines: z.array(z.string()) }),
  serviceAddressLines: z.array(z.string()),
  lines: z.array(invoiceLine),
  taxes: z.array(invoiceTax),
  /** Taxes that were not charged, and the exemption that says why. */
  reliefs: z.array(invoiceRelief),
  settlements: z.array(settlement),
  /** What the account said before this invoice, and what came in since the one before. */
  previousBalanceCents: cents,
  amountDueCents: cents,
});

/** What an invoice would say if it were issued now; nothing is stored and no number is taken. */
export const invoicePreview = z.object({
  lines: z.array(invoiceLine),
  subtotalCents: cents,
  taxes: z.array(invoiceTax),
  totalCents: cents,
});

export const accountBalance = z.object({
  customerId: ids.customer,
  /** What the customer owes; negative when the company owes them. */
  balanceCents: cents,
  /** Money not put against any invoice. */
  creditCents: cents,
  /** The part of it that came with no payment, of credit notes: what can be paid out by itself. */
  noteCreditCents: cents,
  overdueCents: cents,
  /** The part of what is overdue that the customer contests. */
  disputedCents: cents,
  openInvoices: z.int(),
  /** The next day on which something is due. */
  nextDueOn: civilDate.nullable(),
});

const manualLine = z.object({
  /** From the catalog: its words, price, taxes and account are taken unless given here. */
  sku: sku.optional(),
  descriptionFr: line().optional(),
  descriptionEn: line().optional(),
  quantity: z.int().min(1).max(999).default(1),
  unitPriceCents: typedCents.optional(),
  taxTreatment: itemTaxTreatment.optional(),
  revenueAccount: accountNumber.optional(),
});
const manualInvoice = z.object({
  customerId: ids.customer,
  locationId: ids.location.nullable().default(null),
  lines: z.array(manualLine).max(100).default([]),
  /** Also carries what waits for the customer's next invoice. */
  withOpenCharges: z.boolean().default(false),
  reason: line(),
});
const manualRefusals = [
  'not_found',
  'item_not_priced',
  'line_incomplete',
  'nothing_to_bill',
  'invoice_below_zero',
  'fee_forbidden',
  'approval_needed',
  'treatment_needs_approval',
  'account_not_by_hand',
  'scheduler_paused',
  'company_not_set',
] as const;

const listInput = {
  ...pageInput,
  show: invoiceFilter.default('all'),
  from: civilDate.optional(),
  to: civilDate.optional(),
};
const pdfInput = { id: ids.invoice, language: language.optional() };

export const billingOperations = {
  listInvoices: query({
    name: 'billing.listInvoices',
    path: '/api/invoices',
    summary: 'Invoices, newest first; by customer, state, dates or number.',
    allow: 'billing.read',
    input: z.object({ ...listInput, customerId: ids.customer.optional(), search: line(40).optional() }),
    output: page(invoiceRow),
  }),
  readInvoice: query({
    name: 'billing.readInvoice',
    path: '/api/invoices/{id}',
    summary: 'One invoice with its lines, taxes and what was put against it.',
    allow: 'billing.read',
    input: z.object({ id: ids.invoice }),
    output: invoice,
    refusals: ['not_found'],
  }),
  readInvoicePdf: query({
    name: 'billing.readInvoicePdf',
    path: '/api/invoices/{id}/pdf',
    summary: 'The invoice as PDF, in the customer’s language unless another is asked.',
    allow: 'billing.read',
    input: z.object(pdfInput),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  previewInvoice: query({
    name: 'billing.previewInvoice',
    method: 'POST',
    path: '/api/customers/{customerId}/invoices/preview',
    summary: 'What an invoice made by hand would come to, to the cent; refused as it would be.',
    allow: 'billing.read',
    input: manualInvoice,
    output: invoicePreview,
    refusals: manualRefusals,
  }),
  issueInvoice: command({
    name: 'billing.issueInvoice',
    path: '/api/customers/{customerId}/invoices',
    summary: 'Issues an invoice made by hand: numbered, posted and final.',
    allow: 'billing.write',
    input: manualInvoice,
    output: invoice,
    refusals: manualRefusals,
  }),
  previewFirstInvoice: query({
    name: 'billing.previewFirstInvoice',
    path: '/api/subscriptions/{id}/first-invoice',
    summary: 'What a pending subscription will be billed at once if it starts on a day.',
    allow: 'billing.read',
    input: z.object({ id: ids.subscription, on: civilDate.optional() }),
    output: invoicePreview,
    refusals: ['not_found', 'change_day'],
  }),
  listMyInvoices: query({
    name: 'billing.listMyInvoices',
    path: '/api/me/invoices',
    summary: 'The invoices of the customer who asks, newest first.',
    allow: 'portal.self',
    input: z.object(listInput),
    output: page(invoiceRow),
  }),
  readMyInvoice: query({
    name: 'billing.readMyInvoice',
    path: '/api/me/invoices/{id}',
    summary: 'One invoice of the customer who asks.',
    allow: 'portal.self',
    input: z.object({ id: ids.invoice }),
    output: invoice,
    refusals: ['not_found'],
  }),
  readMyInvoicePdf: query({
    name: 'billing.readMyInvoicePdf',
    path: '/api/me/invoices/{id}/pdf',
    summary: 'One invoice of the customer who asks, as PDF.',
    allow: 'portal.self',
    input: z.object(pdfInput),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  readMyBalance: query({
    name: 'billing.readMyBalance',
    path: '/api/me/balance',
    summary: 'What the customer who asks owes.',
    allow: 'portal.self',
    input: z.object({}),
    output: accountBalance,
  }),
};

export const invoiceStale = [
  'billing.listInvoices',
  'billing.readInvoice',
  'billing.listMyInvoices',
  'billing.readMyInvoice',
  'billing.readMyBalance',
  'payments.readBalance',
  'customers.listCustomers',
  'views.customer360',
  'views.dashboard',
];

export const billingEvents = {
  invoiceIssued: event({
    type: 'invoice.issued',
    subject: 'invoice',
    data: z.object({
      reason: z.string(),
      issuedOn: civilDate,
      dueOn: civilDate,
      totalCents: cents,
      /** What the account owes with it. */
      amountDueCents: cents,
    }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: [...invoiceStale, 'charges.listCharges'],
  }),
  invoiceSettled: event({
    type: 'invoice.settled',
    subject: 'invoice',
    data: z.object({
      source: settlement.shape.source,
      amountCents: cents,
      outstandingCents: cents,
    }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: invoiceStale,
  }),
  invoicePaid: event({
    type: 'invoice.paid',
    subject: 'invoice',
    data: z.object({ totalCents: cents, source: settlement.shape.source }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: invoiceStale,
  }),
};
