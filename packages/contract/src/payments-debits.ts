import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { savedMethod } from './payments-methods.ts';
import { cents, civilDate, ids, instant, language, line, page, pageInput } from './values.ts';

/**
 * A charge of a saved method while its owner is away. `sent`: the bank has it and answers in days; the invoice is
 * being paid. `in_window`: the money is here, the payer may still claim it back. `returned`: the payer’s bank said
 * no, before or after. A card ends `succeeded` or `declined`.
 */
export const debitState = z.enum([
  'planned',
  'sending',
  'sent',
  'succeeded',
  'in_window',
  'settled',
  'declined',
  'returned',
  'cancelled',
]);
/** A payer's own word for one debit: who gave it, when, and how it is kept (a recorded call, an e-mail, a paper). */
const oneTime = {
  means: z.enum(['recording', 'email', 'paper']),
  givenBy: line(120),
  givenOn: civilDate,
  /** Where it is found again. */
  reference: line(200),
};
export const oneTimeAuthorization = z.object({ ...oneTime, recordedBy: z.string() });

export const debit = z.object({
  id: ids.debit,
  customerId: ids.customer,
  customerName: z.string(),
  methodId: ids.method,
  invoiceId: ids.invoice.nullable(),
  runId: ids.ppaRun.nullable(),
  amountCents: cents,
  cause: z.enum(['ppa', 'staff']),
  rail: z.enum(['card', 'acss', 'bank_file']),
  attempt: z.int(),
  scheduledOn: civilDate,
  state: debitState,
  /** The bank’s word for its no. */
  code: z.string().nullable(),
  /** The same as a return code of the Canadian standard, 900 to 990. */
  returnCode: z.string().nullable(),
  retryOn: civilDate.nullable(),
  windowUntil: civilDate.nullable(),
  paymentId: ids.payment.nullable(),
  madeAt: instant,
  /** Of a debit that only its payer’s word allows. */
  authorization: oneTimeAuthorization.nullable(),
});
/**
 * How an agreement ended. `suspended`: a payment was stopped or the account bears another name; the customer may agree
 * again. `deceased`: the account holder died, and nobody is written to.
 */
export const agreementEnd = z.enum([
  'customer',
  'staff',
  'failures',
  'mandate',
  'method',
  'replaced',
  'suspended',
  'deceased',
]);
/** What a customer agreed to, and what there is to agree to. */
export const ppa = z.object({
  enabled: z.boolean(),
  agreement: z
    .object({
      id: ids.agreement,
      method: savedMethod,
      category: z.enum(['personal', 'business']),
      textVersion: z.string(),
      language,
      acceptedAt: instant,
      acceptedBy: z.string(),
      /** Of an account, ten days after the confirmation was sent, or would be if it were today. */
      usableFrom: civilDate,
      /** When the written confirmation was sent; null while it was not, and an account is not debited. */
      confirmedOn: civilDate.nullable(),
      /** What was late already and is debited too. */
      overdueInvoices: z.array(ids.invoice),
    })
    .nullable(),
  /** How the last one ended, while there is none. */
  endReason: agreementEnd.nullable(),
  /** The words to accept today. */
  textVersion: z.string(),
  textFr: z.string(),
  textEn: z.string(),
});
const toggling = {
  enabled: z.boolean(),
  /** The default method when absent. */
  methodId: ids.method.nullable().default(null),
  /** Version of the words that were read and accepted; needed to switch on. */
  textVersion: line(20).nullable().default(null),
  /** Invoices that are late already and that the agreement is for too; an account is debited for no other. */
  overdueInvoices: z.array(ids.invoice).max(50).default([]),
};
const toggleRefusals = ['not_found', 'method_needed', 'method_not_usable', 'agreement_text_changed'] as const;

export const ppaRun = z.object({
  id: ids.ppaRun,
  on: civilDate,
  cause: z.enum(['daily', 'now', 'dry']),
  state: z.enum(['planning', 'planned']),
  planned: z.int(),
  plannedCents: cents,
  /** Of its debits, by state; of a dry run, none. */
  states: z.array(z.object({ state: debitState, count: z.int(), amountCents: cents })),
  /** The first ones a dry run would debit. */
  lines: z.array(
    z.object({ customerId: ids.customer, invoiceId: ids.invoice, amountCents: cents, attempt: z.int() }),
  ),
  startedAt: instant,
  startedBy: z.string(),
});

export const debitsOperations = {
  chargeMethod: command({
    name: 'payments.chargeMethod',
    path: '/payments/charge',
    summary: 'Charges a saved method of a customer for an invoice or the balance, or a part of it.',
    allow: 'payments.take',
    input: z.object({
      customerId: ids.customer,
      methodId: ids.method.nullable().default(null),
      invoiceId: ids.invoice.nullable().default(null),
      /** All of what is owed when absent. */
      amountCents: cents.optional(),
      /** Needed for a bank account whose agreement does not cover this debit. */
      authorization: z.object(oneTime).nullable().default(null),
    }),
    output: debit,
    refusals: [
      'not_found',
      'method_needed',
      'method_not_usable',
      'nothing_to_pay',
      'invoice_already_paid',
      'amount_too_small',
      'amount_not_valid',
      'more_than_owed',
      'debit_under_way',
      'debit_not_agreed',
      'debit_not_noticed',
      'date_in_the_future',
    ],
  }),
  togglePpa: command({
    name: 'payments.togglePpa',
    path: '/payments/toggle-ppa',
    summary: 'Switches pre-authorised payment on or off for the customer who asks.',
    allow: 'portal.self',
    input: z.object(toggling),
    output: ppa,
    refusals: toggleRefusals,
  }),
  togglePpaForCustomer: command({
    name: 'payments.togglePpaForCustomer',
    path: '/api/customers/{id}/toggle-ppa',
    summary: 'Switches pre-authorised payment on or off for a customer, with the proof of their agreement.',
    allow: 'payments.take',
    input: z.object({ id: ids.customer, ...toggling, proof: line(500) }),
    output: ppa,
    refusals: toggleRefusals,
  }),
  readMyPpa: query({
    name: 'payments.readMyPpa',
    path: '/api/me/ppa',
    summary: 'The pre-authorised payment agreement of the customer who asks, and the words to accept.',
    allow: 'portal.self',
    input: z.object({}),
    output: ppa,
  }),
  readPpa: query({
    name: 'payments.readPpa',
    path: '/api/customers/{id}/ppa',
    summary: 'The pre-authorised payment agreement of a customer, and the words to accept.',
    allow: 'billing.read',
    input: z.object({ id: ids.customer }),
    output: ppa,
    refusals: ['not_found'],
  }),
  readAgreementPdf: query({
    name: 'payments.readAgreementPdf',
    path: '/api/agreements/{id}/pdf',
    summary: 'A pre-authorised payment agreement as PDF, as it was accepted.',
    allow: 'billing.read',
    input: z.object({ id: ids.agreement, language: language.optional() }),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  readMyAgreementPdf: query({
    name: 'payments.readMyAgreementPdf',
    path: '/api/me/agreements/{id}/pdf',
    summary: 'A pre-authorised payment agreement of the customer who asks, as PDF.',
    allow: 'portal.self',
    input: z.object({ id: ids.agreement, language: language.optional() }),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  runPpa: command({
    name: 'payments.runPpa',
    path: '/payments/ppa-run',
    summary: 'Debits what is due today of those who agreed, now; or only says what it would debit.',
    allow: 'billing.write',
    input: z.object({ dryRun: z.boolean().default(true) }),
    output: ppaRun,
  }),
  readPpaRun: query({
    name: 'payments.readPpaRun',
    path: '/payments/ppa-run/{id}',
    summary: 'One run of pre-authorised payments and how far it is.',
    allow: 'billing.read',
    input: z.object({ id: ids.ppaRun }),
    output: ppaRun,
    refusals: ['not_found'],
  }),
  listDebits: query({
    name: 'payments.listDebits',
    path: '/api/debits',
    summary: 'Debits, newest first; of one customer, one run, or in one state.',
    allow: 'billing.read',
    input: z.object({
      ...pageInput,
      customerId: ids.customer.optional(),
      runId: ids.ppaRun.optional(),
      state: debitState.optional(),
    }),
    output: page(debit),
  }),
  listMyDebits: query({
    name: 'payments.listMyDebits',
    path: '/api/me/debits',
    summary: 'The debits of the customer who asks, newest first.',
    allow: 'portal.self',
    input: z.object({ ...pageInput }),
    output: page(debit.omit({ runId: true, authorization: true })),
  }),
};

const ppaStale = ['payments.readPpa', 'payments.readMyPpa', 'views.customer360'];
export const debitsEvents = {
  ppaSwitched: event({
    type: 'ppa.switched',
    subject: 'agreement',
    data: z.object({ enabled: z.boolean(), reason: agreementEnd.nullable() }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: ppaStale,
  }),
  ppaRunStarted: event({
    type: 'ppa_run.started',
    subject: 'ppa_run',
    data: z.object({ on: civilDate, cause: ppaRun.shape.cause }),
    seenWith: 'billing.read',
    stale: ['payments.readPpaRun'],
  }),
  debitMoved: event({
    type: 'debit.moved',
    subject: 'debit',
    data: z.object({
      state: debitState,
      amountCents: cents,
      invoiceId: ids.invoice.nullable(),
      code: z.string().nullable(),
      returnCode: z.string().nullable(),
      retryOn: civilDate.nullable(),
    }),
    seenWith: 'billing.read',
    customerSees: true,
    stale: [
      'payments.listDebits',
      'payments.listMyDebits',
      'payments.listDebitsOfFile',
      'payments.readBankRail',
      'payments.readPpaRun',
      'views.customer360',
    ],
  }),
};
