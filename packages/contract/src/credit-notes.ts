import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { invoiceStale, invoiceTax } from './billing.ts';
import { itemTaxTreatment } from './catalog.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, language, line, page, pageInput } from './values.ts';

/**
 * `full`: all that was left of the invoice. `account`: of no invoice, what an account had to its credit, such as the
 * unused days of a service that ended (CRTC 2016-171).
 */
export const creditNoteKind = z.enum(['full', 'partial', 'account']);

export const creditNoteRow = z.object({
  id: ids.creditNote,
  /** Null for a note of an account. */
  invoiceId: ids.invoice.nullable(),
  customerId: ids.customer,
  customerName: z.string(),
  kind: creditNoteKind,
  /** What it takes back waits for the next invoice again; otherwise it was given up. */
  billAgain: z.boolean(),
  issuedOn: civilDate,
  reason: z.string(),
  /** Amounts of a credit note are positive, as printed. */
  subtotalCents: cents,
  taxCents: cents,
  totalCents: cents,
  /** How much of it lowered what was left to pay of its invoice. */
  appliedCents: cents,
  /** What is left of it as a credit of the customer. */
  creditCents: cents,
});

export const creditNoteLine = z.object({
  /** Which line of the invoice it takes back, the first being 1; null on a note of an account. */
  invoiceLine: z.int().nullable(),
  descriptionFr: z.string(),
  descriptionEn: z.string(),
  period: z.object({ from: civilDate, to: civilDate }).nullable(),
  quantity: z.int().nullable(),
  amountCents: cents,
  taxTreatment: itemTaxTreatment,
});

/** What a credit note would say if it were issued now; nothing is stored and no number is taken. */
export const creditNotePreview = z.object({
  kind: creditNoteKind,
  lines: z.array(creditNoteLine),
  subtotalCents: cents,
  taxes: z.array(invoiceTax),
  taxCents: cents,
  totalCents: cents,
  /** What it would lower the invoice by, and what would become a credit of the customer. */
  appliedCents: cents,
  creditCents: cents,
});

export const creditNote = creditNoteRow.extend({
  language,
  issuedAt: instant,
  issuedBy: z.string(),
  lines: z.array(creditNoteLine),
  taxes: z.array(invoiceTax),
  /** Invoices it was put against. */
  settled: z.array(z.object({ invoiceId: ids.invoice, amountCents: cents, on: civilDate })),
});

/** What an invoice still has to take back. */
export const creditable = z.object({
  invoiceId: ids.invoice,
  totalCents: cents,
  creditedCents: cents,
  leftCents: cents,
  lines: z.array(
    z.object({
      line: z.int(),
      descriptionFr: z.string(),
      descriptionEn: z.string(),
      quantity: z.int(),
      amountCents: cents,
      /** With the sign of the line: a discount is taken back as a negative amount. */
      leftCents: cents,
    }),
  ),
});

const LINES_MAX = 1_000;
const chosen = z.object({
  id: ids.invoice,
  /** Which lines, the first being 1; each in full unless a quantity or an amount before taxes is given. */
  lines: z
    .array(
      z.object({
        line: z.int().min(1).max(LINES_MAX),
        quantity: z.int().min(1).max(999).optional(),
        amountCents: cents.optional(),
      }),
    )
    .min(1)
    .max(LINES_MAX),
});
const refusedBy = [
  'not_found',
  'invoice_credited',
  'invoice_written_off',
  'credit_line_unknown',
  'credit_line_twice',
  'credit_amount_or_quantity',
  'credit_above_left',
  'nothing_to_credit',
  'approval_needed',
  'credit_again_whole',
] as const;
/** The lines wait for the next invoice again, as they were; each is then taken back whole. */
const billAgain = z.boolean().default(false);
const filter = { ...pageInput, from: civilDate.optional(), to: civilDate.optional() };
const pdfInput = { id: ids.creditNote, language: language.optional() };

export const creditNoteOperations = {
  listCreditNotes: query({
    name: 'billing.listCreditNotes',
    path: '/api/credit-notes',
    summary: 'Credit notes, newest first; of one customer, invoice or period when asked.',
    allow: 'billing.read',
    input: z.object({ ...filter, customerId: ids.customer.optional(), invoiceId: ids.invoice.optional() }),
    output: page(creditNoteRow),
  }),
  readCreditNote: query({
    name: 'billing.readCreditNote',
    path: '/api/credit-notes/{id}',
    summary: 'One credit note with its lines, its taxes and what it was put against.',
    allow: 'billing.read',
    input: z.object({ id: ids.creditNote }),
    output: creditNote,
    refusals: ['not_found'],
  }),
  readCreditNotePdf: query({
    name: 'billing.readCreditNotePdf',
    path: '/api/credit-notes/{id}/pdf',
    summary: 'The credit note as PDF, in the customer’s language unless another is asked.',
    allow: 'billing.read',
    input: z.object(pdfInput),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  readCreditable: query({
    name: 'billing.readCreditable',
    path: '/api/invoices/{id}/creditable',
    summary: 'What is left to credit of an invoice, line by line.',
    allow: 'billing.read',
    input: z.object({ id: ids.invoice }),
    output: creditable,
    refusals: ['not_found'],
  }),
  previewCreditNote: query({
    name: 'billing.previewCreditNote',
    method: 'POST',
    path: '/api/invoices/{id}/credit-notes/preview',
    summary: 'What a credit note of some lines would come to, to the cent; refused as it would be.',
    allow: 'billing.read',
    input: chosen.extend({ billAgain }),
    output: creditNotePreview,
    refusals: refusedBy,
  }),
  issueCreditNote: command({
    name: 'billing.issueCreditNote',
    path: '/api/invoices/{id}/credit-notes',
    summary: 'Takes back some lines of an invoice: numbered, posted and final.',
    allow: 'billing.write',
    input: chosen.extend({ reason: line(), billAgain }),
    output: creditNote,
    refusals: refusedBy,
  }),
  voidInvoice: command({
    name: 'billing.voidInvoice',
    path: '/api/invoices/{id}/void',
    summary: 'Takes back all that is left of an invoice by a credit note.',
    allow: 'billing.write',
    input: z.object({ id: ids.invoice, reason: line(), billAgain }),
    output: creditNote,
    refusals: [
      'credit_again_whole',
      'not_found',
      'invoice_credited',
      'invoice_written_off',
      'nothing_to_credit',
      'approval_needed',
    ],
  }),
  listMyCreditNotes: query({
    name: 'billing.listMyCreditNotes',
    path: '/api/me/credit-notes',
    summary: 'The credit notes of the customer who asks, newest first.',
    allow: 'portal.self',
    input: z.object({ ...filter, invoiceId: ids.invoice.optional() }),
    output: page(creditNoteRow),
  }),
  readMyCreditNote: query({
    name: 'billing.readMyCreditNote',
    path: '/api/me/credit-notes/{id}',
    summary: 'One credit note of the customer who asks.',
    allow: 'portal.self',
    input: z.object({ id: ids.creditNote }),
    output: creditNote,
    refusals: ['not_found'],
  }),
  readMyCreditNotePdf: query({
    name: 'billing.readMyCreditNotePdf',
    path: '/api/me/credit-notes/{id}/pdf',
    summary: 'One credit note of the customer who asks, as PDF.',
    allow: 'portal.self',
    input: z.object(pdfInput),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
};

/** What a credit note makes out of date. */
export const creditNoteStale = [
  ...invoiceStale,
  'billing.listCreditNotes',
  'billing.readCreditNote',
  'billing.readCreditable',
  'billing.listMyCreditNotes',
  'billing.readMyCreditNote',
];

export const creditNoteEvents = {
  creditNoteIssued: event({
    type: 'credit_note.issued',
    subject: 'credit_note',
    data: z.object({
      invoiceId: ids.invoice.nullable(),
      kind: creditNoteKind,
      reason: z.string(),
      issuedOn: civilDate,
      totalCents: cents,
      appliedCents: cents,
      creditCents: cents,
    }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: creditNoteStale,
  }),
  creditNoteApplied: event({
    type: 'credit_note.applied',
    subject: 'credit_note',
    data: z.object({ invoiceId: ids.invoice, amountCents: cents }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: creditNoteStale,
  }),
};
