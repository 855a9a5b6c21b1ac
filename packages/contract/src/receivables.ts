import { z } from 'zod';
import { invoiceStale } from './billing.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, line, page, pageInput } from './values.ts';

/** A debt given up: its net part is a loss, its taxes are claimed back from the tax offices. */
export const writeOff = z.object({
  id: ids.writeOff,
  invoiceId: ids.invoice,
  customerId: ids.customer,
  amountCents: cents,
  netCents: cents,
  gstCents: cents,
  qstCents: cents,
  hstCents: cents,
  /** Owed again since, because the customer paid after all or the write-off was a mistake. */
  recoveredCents: cents,
  on: civilDate,
  reason: z.string(),
  by: z.string(),
});

export const disputeOutcome = z.enum(['credited', 'upheld']);
/** What a customer contests of an invoice; nobody collects it until it is decided. */
export const dispute = z.object({
  id: ids.dispute,
  invoiceId: ids.invoice,
  customerId: ids.customer,
  amountCents: cents,
  reason: z.string(),
  openedAt: instant,
  openedBy: z.string(),
  /** Null while it is open. `upheld`: the invoice stands. */
  outcome: disputeOutcome.nullable(),
  note: z.string().nullable(),
  creditNoteId: ids.creditNote.nullable(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
});

const filter = { ...pageInput, customerId: ids.customer.optional(), invoiceId: ids.invoice.optional() };

export const receivableOperations = {
  listWriteOffs: query({
    name: 'billing.listWriteOffs',
    path: '/api/write-offs',
    summary: 'Debts given up, newest first; of one customer or invoice when asked.',
    allow: 'billing.read',
    input: z.object(filter),
    output: page(writeOff),
  }),
  writeOffInvoice: command({
    name: 'billing.writeOffInvoice',
    path: '/api/invoices/{id}/write-off',
    summary: 'Gives up what is left of an invoice, or a part of it, and claims its taxes back.',
    allow: 'billing.write',
    input: z.object({ id: ids.invoice, amountCents: cents.optional(), reason: line() }),
    output: writeOff,
    refusals: [
      'not_found',
      'nothing_outstanding',
      'amount_above_outstanding',
      'amount_not_positive',
      'customer_has_credit',
      'dispute_open',
      'approval_needed',
    ],
  }),
  recoverWriteOff: command({
    name: 'billing.recoverWriteOff',
    path: '/api/write-offs/{id}/recover',
    summary: 'Makes a debt that was given up owed again, with its taxes; what the customer has pays for it.',
    allow: 'billing.write',
    input: z.object({ id: ids.writeOff, amountCents: cents.optional(), reason: line() }),
    output: writeOff,
    refusals: ['not_found', 'write_off_recovered', 'amount_above_outstanding', 'amount_not_positive'],
  }),
  listDisputes: query({
    name: 'billing.listDisputes',
    path: '/api/disputes',
    summary: 'What customers contest, newest first; open ones only when asked.',
    allow: 'billing.read',
    input: z.object({ ...filter, show: z.enum(['all', 'open']).default('open') }),
    output: page(dispute),
  }),
  openDispute: command({
    name: 'billing.openDispute',
    path: '/api/invoices/{id}/disputes',
    summary: 'Writes down that the customer contests an invoice or a part of it.',
    allow: 'clients.write',
    input: z.object({ id: ids.invoice, amountCents: cents.optional(), reason: line() }),
    output: dispute,
    refusals: [
      'not_found',
      'nothing_outstanding',
      'amount_above_outstanding',
      'amount_not_positive',
      'dispute_open',
    ],
  }),
  closeDispute: command({
    name: 'billing.closeDispute',
    path: '/api/disputes/{id}/close',
    summary: 'Decides a dispute: credited by a credit note of the invoice, or upheld.',
    allow: 'billing.write',
    input: z.object({
      id: ids.dispute,
      outcome: disputeOutcome,
      note: line(),
      /** The credit note that grants it; needed when it is credited. */
      creditNoteId: ids.creditNote.optional(),
    }),
    output: dispute,
    refusals: ['not_found', 'dispute_closed', 'dispute_credit_note'],
  }),
};

const stale = [...invoiceStale, 'billing.listWriteOffs'];
const disputeStale = [...invoiceStale, 'billing.listDisputes'];

export const receivableEvents = {
  invoiceWrittenOff: event({
    type: 'invoice.written_off',
    subject: 'invoice',
    data: z.object({ writeOffId: ids.writeOff, amountCents: cents, reason: z.string() }),
    seenWith: 'billing.read',
    stale,
  }),
  writeOffRecovered: event({
    type: 'write_off.recovered',
    subject: 'write_off',
    data: z.object({ invoiceId: ids.invoice, amountCents: cents, reason: z.string() }),
    seenWith: 'billing.read',
    stale,
  }),
  disputeOpened: event({
    type: 'dispute.opened',
    subject: 'dispute',
    data: z.object({ invoiceId: ids.invoice, amountCents: cents, reason: z.string() }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: disputeStale,
  }),
  disputeClosed: event({
    type: 'dispute.closed',
    subject: 'dispute',
    data: z.object({ invoiceId: ids.invoice, outcome: disputeOutcome, amountCents: cents }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: disputeStale,
  }),
};
