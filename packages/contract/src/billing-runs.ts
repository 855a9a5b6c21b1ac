import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, line, page, pageInput } from './values.ts';

const runId = z
  .string()
  .max(20)
  .regex(/^RUN-\d+$/, 'RUN-#####');

/**
 * `counting`: computing what each customer will be billed. `counted`: waits for a person. `issuing`: approved,
 * invoices are being issued. `issued`: done. `abandoned`: given up before anything was issued. `reversing`: its
 * invoices are being credited. `reversed`: those that could be are, and what they billed waits for the next run.
 */
export const runState = z.enum([
  'counting',
  'counted',
  'issuing',
  'issued',
  'abandoned',
  'reversing',
  'reversed',
]);
export type RunState = z.infer<typeof runState>;

/** In which states each command may be given. */
export const runCan = {
  approve: ['counted'],
  explain: ['counted'],
  abandon: ['counting', 'counted'],
  reverse: ['issued'],
} as const satisfies Record<string, readonly RunState[]>;

/**
 * How what a customer will be billed compares with the time before. `unexplained` blocks the run until a person
 * explains it.
 */
export const runComparison = z.enum(['same', 'differs', 'unexplained', 'explained']);
/**
 * What became of a customer when the run issued. `changed`: not what was approved, so nothing was issued.
 * `credited`: below zero, so a credit note was issued instead; `credit_waits`: so it was left waiting, in runs of
 * before. `failed`: could not be issued, see `problem`.
 */
export const runOutcome = z.enum(['invoiced', 'credited', 'nothing', 'credit_waits', 'changed', 'failed']);
/**
 * What became of a customer when the run was reversed. `credited`: their invoice was taken back whole, and waits to be
 * billed again. Left as they are, because somebody must decide: `paid` (something was put against it), `disputed`,
 * `credited_before`, `written_off`, `failed` (see `problem`); `nothing`: the invoice came to nothing. Who got a credit
 * note: `undone` by an invoice that charges it again and that it pays, or left, `credit_used`; `credit_note`: left, in
 * reversals of before.
 */
export const runReversal = z.enum([
  'credited',
  'paid',
  'disputed',
  'credited_before',
  'written_off',
  'credit_note',
  'undone',
  'credit_used',
  'nothing',
  'failed',
]);

/** Why one bill is not as the one before: cents before taxes, signed. */
export const billCause = z.object({
  kind: z.enum([
    'started',
    'ended',
    'part_of_cycle',
    'other_cycle',
    'change',
    'one_time',
    'one_time_before',
    'tax_rate',
    'missing',
    'price',
    'below_zero',
    // More cycles of one item at once; an amount somebody wrote that weighs; nothing to pay where there was something.
    'several_cycles',
    'own_amount',
    'zero',
    // What nothing explained until a person did, as whoever gets the invoice reads it.
    'explained',
  ]),
  /** The item or charge it is about. */
  nameFr: z.string(),
  nameEn: z.string(),
  cents,
});

export const billingRun = z.object({
  id: runId,
  state: runState,
  /** Cycles that start on or before this day are billed. */
  through: civilDate,
  /** Day of issue, once approved. */
  issuedOn: civilDate.nullable(),
  startedAt: instant,
  startedBy: z.string(),
  approvedAt: instant.nullable(),
  approvedBy: z.string().nullable(),
  finishedAt: instant.nullable(),
  customers: z.int(),
  same: z.int(),
  differs: z.int(),
  unexplained: z.int(),
  explained: z.int(),
  /** Sums over the customers, taxes included. */
  totalCents: cents,
  beforeCents: cents,
  /** Customers dealt with since it was approved, and invoices issued. */
  done: z.int(),
  invoices: z.int(),
  changed: z.int(),
  invoicedCents: cents,
  reversedAt: instant.nullable(),
  reversedBy: z.string().nullable(),
  reversalReason: z.string().nullable(),
  /** Documents a reversal has to deal with, has dealt with, and could not take back. */
  toReverse: z.int(),
  reversed: z.int(),
  keptFromReversal: z.int(),
  /** Customers with what a person should look at; `largeChanges`: more than 30 % from the time before, whatever the cause. */
  warnings: z.object({
    severalCycles: z.int(),
    ownAmounts: z.int(),
    largeChanges: z.int(),
    zero: z.int(),
    missing: z.int(),
  }),
});

export const runCustomer = z.object({
  customerId: ids.customer,
  customerName: z.string(),
  comparison: runComparison,
  totalCents: cents,
  /** The last invoice with a recurring line; null for a customer who never had one. */
  beforeCents: cents.nullable(),
  causes: z.array(billCause),
  explanation: z.string().nullable(),
  /** Whether the customer reads the explanation, in the words it was given in. */
  explanationShown: z.boolean(),
  explainedBy: z.string().nullable(),
  outcome: runOutcome.nullable(),
  invoiceId: ids.invoice.nullable(),
  /** The credit note it got instead of an invoice, or that took the invoice back. */
  creditNoteId: ids.creditNote.nullable(),
  reversal: runReversal.nullable(),
  problem: z.string().nullable(),
});

/**
 * Why an invoice of a run is not as the one before, as its PDF says it; no causes when it is the same, or of no run.
 * `explanation`: what a person gave, when it was given to be shown.
 */
export const invoiceDifference = z.object({
  beforeCents: cents.nullable(),
  causes: z.array(billCause),
  explanation: z.string().nullable(),
});

const stale = ['billing.listRuns', 'billing.readRun', 'billing.listRunCustomers'];
const input = z.object({ id: runId });

export const billingRunsOperations = {
  listRuns: query({
    name: 'billing.listRuns',
    path: '/api/billing/runs',
    summary: 'Billing runs, newest first.',
    allow: 'billing.read',
    input: z.object({ ...pageInput }),
    output: page(billingRun),
  }),
  readRun: query({
    name: 'billing.readRun',
    path: '/api/billing/runs/{id}',
    summary: 'One billing run with its progress.',
    allow: 'billing.read',
    input,
    output: billingRun,
    refusals: ['not_found'],
  }),
  listRunCustomers: query({
    name: 'billing.listRunCustomers',
    path: '/api/billing/runs/{id}/customers',
    summary:
      'What a run bills each customer beside the time before, with the causes; what needs a look first.',
    allow: 'billing.read',
    input: input.extend({
      ...pageInput,
      comparison: runComparison.optional(),
      outcome: runOutcome.optional(),
      /** `kept`: all that a reversal left as it is, whatever the reason. */
      reversal: z.enum([...runReversal.options, 'kept']).optional(),
    }),
    output: page(runCustomer),
    refusals: ['not_found'],
  }),
  readInvoiceDifference: query({
    name: 'billing.readInvoiceDifference',
    path: '/api/invoices/{id}/difference',
    summary: 'Why an invoice is not as the one before, cause by cause.',
    allow: 'billing.read',
    input: z.object({ id: ids.invoice }),
    output: invoiceDifference,
    refusals: ['not_found'],
  }),
  readMyInvoiceDifference: query({
    name: 'billing.readMyInvoiceDifference',
    path: '/api/me/invoices/{id}/difference',
    summary: 'Why an invoice of the customer who asks is not as the one before.',
    allow: 'portal.self',
    input: z.object({ id: ids.invoice }),
    output: invoiceDifference,
    refusals: ['not_found'],
  }),
  startRun: command({
    name: 'billing.startRun',
    path: '/api/billing/runs',
    summary: 'Computes what every customer would be billed up to a day. Nothing is issued.',
    allow: 'billing.write',
    /** `confirmed`: also when the day is more than a month after the last run. */
    input: z.object({ through: civilDate, confirmed: z.boolean().optional() }),
    output: billingRun,
    refusals: ['run_open', 'run_day', 'run_far'],
  }),
  explainRunDifference: command({
    name: 'billing.explainRunDifference',
    path: '/api/billing/runs/{id}/customers/{customerId}/explain',
    summary:
      'Explains a difference the run could not explain, in words that stay; `shown` prints them on the invoice.',
    allow: 'billing.write',
    input: input.extend({
      customerId: ids.customer,
      explanation: line(500),
      shown: z.boolean().default(false),
    }),
    output: runCustomer,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  approveRun: command({
    name: 'billing.approveRun',
    path: '/api/billing/runs/{id}/approve',
    summary: 'Has the invoices of a run issued, as they were shown.',
    allow: 'billing.write',
    input,
    output: billingRun,
    refusals: ['not_found', 'not_in_this_state', 'run_unexplained', 'scheduler_paused', 'company_not_set'],
  }),
  abandonRun: command({
    name: 'billing.abandonRun',
    path: '/api/billing/runs/{id}/abandon',
    summary: 'Gives a run up before anything was issued.',
    allow: 'billing.write',
    input: input.extend({ reason: line() }),
    output: billingRun,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  reverseRun: command({
    name: 'billing.reverseRun',
    path: '/api/billing/runs/{id}/reverse',
    summary:
      'Takes back a whole run: credits every invoice that nothing was put against and undoes its credit notes; what they billed waits for the next run.',
    allow: 'billing.approve',
    input: input.extend({ reason: line() }),
    output: billingRun,
    refusals: ['not_found', 'not_in_this_state', 'run_open'],
  }),
  pauseScheduler: command({
    name: 'billing.pauseScheduler',
    path: '/api/billing/pause',
    summary: 'While paused, runs are computed and compared, and never issued.',
    allow: 'settings.system',
    input: z.object({ paused: z.boolean() }),
    output: z.object({ paused: z.boolean() }),
  }),
};

export const billingRunsEvents = {
  runStarted: event({
    type: 'billing_run.started',
    subject: 'billing_run',
    data: z.object({ through: civilDate }),
    seenWith: 'billing.read',
    stale,
  }),
  runCounted: event({
    type: 'billing_run.counted',
    subject: 'billing_run',
    data: z.object({ customers: z.int(), unexplained: z.int() }),
    seenWith: 'billing.read',
    stale,
  }),
  runExplained: event({
    type: 'billing_run.explained',
    subject: 'billing_run',
    data: z.object({ customerId: ids.customer, explanation: z.string() }),
    seenWith: 'billing.read',
    stale,
  }),
  runApproved: event({
    type: 'billing_run.approved',
    subject: 'billing_run',
    data: z.object({ issuedOn: civilDate, totalCents: cents }),
    seenWith: 'billing.read',
    stale,
  }),
  runProgressed: event({
    type: 'billing_run.progressed',
    subject: 'billing_run',
    data: z.object({ done: z.int() }),
    seenWith: 'billing.read',
    stale,
  }),
  runIssued: event({
    type: 'billing_run.issued',
    subject: 'billing_run',
    data: z.object({ invoices: z.int(), changed: z.int(), totalCents: cents }),
    seenWith: 'billing.read',
    stale: [...stale, 'views.dashboard'],
  }),
  runReversing: event({
    type: 'billing_run.reversing',
    subject: 'billing_run',
    data: z.object({ reason: z.string() }),
    seenWith: 'billing.read',
    stale,
  }),
  runReversed: event({
    type: 'billing_run.reversed',
    subject: 'billing_run',
    data: z.object({ credited: z.int(), kept: z.int() }),
    seenWith: 'billing.read',
    stale: [...stale, 'views.dashboard'],
  }),
  runAbandoned: event({
    type: 'billing_run.abandoned',
    subject: 'billing_run',
    data: z.object({ reason: z.string() }),
    seenWith: 'billing.read',
    stale,
  }),
};
