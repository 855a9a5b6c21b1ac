import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, line, page, pageInput, text } from './values.ts';

const numbered = (prefix: string) =>
  z
    .string()
    .max(20)
    .regex(new RegExp(`^${prefix}-\\d+$`), `${prefix}-#####`);
const collectionIds = {
  notice: numbered('CST'),
  proposal: numbered('CPR'),
  promise: numbered('PRM'),
  arrangement: numbered('ARR'),
  hold: numbered('CHD'),
} as const;

/**
 * The rungs in their order. The first three are friendly; from `suspension_notice` on each is a condition of the
 * next. `reconnection` is no rung: it is what follows from paying.
 */
export const rung = z.enum([
  'reminder',
  'second_notice',
  'formal_notice',
  'suspension_notice',
  'final_notice',
  'suspension',
  'demand_letter',
  'termination',
  'hand_off',
]);
export type Rung = z.infer<typeof rung>;

/** Why nothing more is done for now. The first seven hold the whole ladder, the others only what hurts. */
export const holdKind = z.enum([
  'deceased',
  'bankruptcy',
  'vulnerable',
  'other',
  'promise',
  'processing',
  'debit_window',
  'handed_off',
  'dispute',
  'arrangement',
]);
export type HoldKind = z.infer<typeof holdKind>;
/** Those a person places, with a reason; the others follow from the records. */
export const manualHoldKind = holdKind.extract(['deceased', 'bankruptcy', 'vulnerable', 'other']);

/** Why the next rung is taken on that day, or what it waits for. */
export const nextWhy = z.enum([
  'due',
  'held',
  'below_threshold',
  'notice_not_sent',
  'notice_failed',
  'proposed',
  'quiet_time',
  'top',
]);
export type NextWhy = z.infer<typeof nextWhy>;

/** `automatic`: done by the hub. `proposed`: waits for a person. `off`: left out. */
export const rungMode = z.enum(['automatic', 'proposed', 'off']);
export const ladderRung = z.object({
  rung,
  /** Days after the due date for the friendly ones; before the suspension for its notices; after it for the rest. */
  days: z.int().min(0).max(365),
  mode: rungMode,
  channels: z.array(z.enum(['email', 'sms'])).max(2),
  /** What the house adds to the words of the product; they themselves cannot be taken out. */
  textFr: text(600).default(''),
  textEn: text(600).default(''),
});
export const ladder = z.object({
  segment: z.enum(['residential', 'business']),
  /** The first day on which it holds. */
  from: civilDate,
  /** A service is suspended only for more than this, and only when the oldest debt is older than the months. */
  thresholdCents: cents.refine((value) => value >= 0n, 'zero or more'),
  /** Debts below this are not written about. */
  minimumCents: cents.refine((value) => value >= 0n, 'zero or more'),
  graceMonths: z.int().min(0).max(12),
  graceDays: z.int().min(0).max(120),
  /** Full days between the notice and the suspension. */
  noticeDays: z.int().min(1).max(60),
  rungs: z.array(ladderRung).length(rung.options.length),
});
export type LadderTerms = z.infer<typeof ladder>;

export const promiseState = z.enum(['open', 'kept', 'broken', 'cancelled']);
export const promise = z.object({
  id: collectionIds.promise,
  amountCents: cents,
  on: civilDate,
  state: promiseState,
  note: z.string(),
  madeAt: instant,
  by: z.string(),
  movedAt: instant,
});
export const arrangementState = z.enum(['active', 'kept', 'broken', 'cancelled']);
export const instalment = z.object({ dueOn: civilDate, amountCents: cents });
export const arrangement = z.object({
  id: collectionIds.arrangement,
  state: arrangementState,
  totalCents: cents,
  /** What is left to pay of the invoices it covers. */
  leftCents: cents,
  invoiceIds: z.array(ids.invoice),
  instalments: z.array(instalment.extend({ met: z.boolean() })),
  note: z.string(),
  madeAt: instant,
  by: z.string(),
});
export const collectionHold = z.object({
  id: collectionIds.hold,
  kind: manualHoldKind,
  reason: z.string(),
  /** Last day of it; null for as long as nobody releases it. */
  until: civilDate.nullable(),
  placedAt: instant,
  by: z.string(),
});
export const proposal = z.object({
  id: collectionIds.proposal,
  rung,
  amountCents: cents,
  madeAt: instant,
  state: z.enum(['open', 'approved', 'declined', 'withdrawn']),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
});
/** A rung that was taken. */
export const ladderStep = z.object({
  id: collectionIds.notice,
  rung,
  on: civilDate,
  at: instant,
  by: z.string(),
  amountCents: cents,
  /** The day of suspension that a notice announced. */
  announcedOn: civilDate.nullable(),
  /** Of a notice: since when it is proven to have left; null while it is not. */
  provenAt: instant.nullable(),
  proof: z.string().nullable(),
  /** Every way it was sent has failed. */
  failed: z.boolean(),
  messageIds: z.array(ids.message),
});
export const collectionNote = z.object({
  id: z.string(),
  kind: z.enum(['note', 'call']),
  outcome: z.enum(['reached', 'no_answer', 'voicemail', 'wrong_number']).nullable(),
  text: z.string(),
  at: instant,
  by: z.string(),
});
export const handOff = z.object({
  agency: z.string(),
  reference: z.string().nullable(),
  amountCents: cents,
  at: instant,
  by: z.string(),
});

const nextStep = z.object({ rung, on: civilDate.nullable(), why: nextWhy }).nullable();
/** One customer who is late, as the list shows them. */
export const collectionRow = z.object({
  customerId: ids.customer,
  customerName: z.string(),
  segment: ladder.shape.segment,
  /** Late in all, and what of it may be asked for: not contested, not in an arrangement. */
  overdueCents: cents,
  collectibleCents: cents,
  oldestDueOn: civilDate.nullable(),
  rung: rung.nullable(),
  rungOn: civilDate.nullable(),
  next: nextStep,
  holds: z.array(holdKind),
  promise: promise.pick({ amountCents: true, on: true, state: true }).nullable(),
  arrangement: arrangementState.nullable(),
  returnedDebit: z.boolean(),
  /** A decision waits for a person. */
  proposed: rung.nullable(),
  suspendedOn: civilDate.nullable(),
});

export const collectionAccount = collectionRow.extend({
  openedOn: civilDate.nullable(),
  thresholdCents: cents,
  invoices: z.array(
    z.object({
      id: ids.invoice,
      dueOn: civilDate,
      outstandingCents: cents,
      disputedCents: cents,
      inArrangement: z.boolean(),
    }),
  ),
  /** Its whole ladder, with the day each rung is or was for. */
  rungs: z.array(z.object({ rung, mode: rungMode, on: civilDate.nullable(), taken: z.boolean() })),
  steps: z.array(ladderStep),
  proposal: proposal.nullable(),
  promises: z.array(promise),
  arrangements: z.array(arrangement),
  manualHolds: z.array(collectionHold),
  notes: z.array(collectionNote),
  handOff: handOff.nullable(),
});

export const collectionSort = z.enum(['next', 'amount', 'age', 'name']);
const customerId = ids.customer;
const reading = { allow: 'billing.read' } as const;
const writing = { allow: 'billing.write', output: collectionAccount } as const;

export const collectionsOperations = {
  listAccounts: query({
    name: 'collections.listAccounts',
    path: '/api/collections',
    summary:
      'Customers who are late: where each stands on the ladder, what holds it, what comes next and when.',
    ...reading,
    input: z.object({
      ...pageInput,
      rung: rung.optional(),
      hold: holdKind.optional(),
      show: z
        .enum(['all', 'to_decide', 'promise', 'broken_promise', 'returned_debit', 'arrangement', 'suspended'])
        .default('all'),
      minCents: z.coerce.number().int().min(0).optional(),
      minDays: z.coerce.number().int().min(0).max(3_660).optional(),
      sort: collectionSort.default('next'),
    }),
    output: page(collectionRow),
  }),
  readAccount: query({
    name: 'collections.readAccount',
    path: '/api/collections/{customerId}',
    summary:
      'One customer on the ladder: what is late, what was done, what was agreed, what comes next and why.',
    ...reading,
    input: z.object({ customerId }),
    output: collectionAccount,
    refusals: ['not_found'],
  }),
  recordPromise: command({
    name: 'collections.recordPromise',
    path: '/api/collections/{customerId}/promises',
    summary: 'Writes down that the customer promises to pay an amount by a day; until then the ladder waits.',
    ...writing,
    allow: 'payments.take',
    input: z.object({ customerId, amountCents: cents, on: civilDate, note: text(500).default('') }),
    refusals: ['not_found', 'nothing_overdue', 'promise_open', 'promise_day', 'promise_amount'],
  }),
  cancelPromise: command({
    name: 'collections.cancelPromise',
    path: '/api/promises/{id}/cancel',
    summary: 'Takes a promise back; the ladder goes on.',
    ...writing,
    allow: 'payments.take',
    input: z.object({ id: collectionIds.promise, reason: line() }),
    refusals: ['not_found', 'not_in_this_state'],
  }),
  makeArrangement: command({
    name: 'collections.makeArrangement',
    path: '/api/collections/{customerId}/arrangements',
    summary: 'Agrees on instalments that add up to what is overdue; while they are met nothing is suspended.',
    ...writing,
    input: z.object({
      customerId,
      instalments: z.array(instalment).min(1).max(24),
      note: text(500).default(''),
    }),
    refusals: ['not_found', 'nothing_overdue', 'arrangement_open', 'arrangement_sum', 'arrangement_days'],
  }),
  cancelArrangement: command({
    name: 'collections.cancelArrangement',
    path: '/api/arrangements/{id}/cancel',
    summary: 'Ends an arrangement; what is left is asked for again by the ladder.',
    ...writing,
    input: z.object({ id: collectionIds.arrangement, reason: line() }),
    refusals: ['not_found', 'not_in_this_state'],
  }),
  placeHold: command({
    name: 'collections.placeHold',
    path: '/api/collections/{customerId}/holds',
    summary: 'Stops the ladder of a customer for a reason, until a day or until it is released.',
    ...writing,
    allow: 'payments.take',
    input: z.object({ customerId, kind: manualHoldKind, reason: line(300), until: civilDate.nullable() }),
    refusals: ['not_found', 'hold_end'],
  }),
  releaseHold: command({
    name: 'collections.releaseHold',
    path: '/api/collection-holds/{id}/release',
    summary: 'Lets the ladder go on before the end of a hold.',
    ...writing,
    input: z.object({ id: collectionIds.hold }),
    refusals: ['not_found', 'not_in_this_state'],
  }),
  addNote: command({
    name: 'collections.addNote',
    path: '/api/collections/{customerId}/notes',
    summary: 'Keeps a note, or a call and how it went.',
    ...writing,
    allow: 'payments.take',
    input: z.object({
      customerId,
      kind: collectionNote.shape.kind.default('note'),
      outcome: collectionNote.shape.outcome.default(null),
      text: text(2_000),
    }),
    refusals: ['not_found'],
  }),
  decideProposal: command({
    name: 'collections.decideProposal',
    path: '/api/collection-proposals/{id}/decide',
    summary:
      'Approves what the ladder proposes, if its conditions still hold at this moment, or declines it.',
    ...writing,
    input: z.object({
      id: collectionIds.proposal,
      decision: z.enum(['approve', 'decline']),
      reason: line(300),
      /** Declined: nothing is proposed again before the day after. */
      until: civilDate.nullable().default(null),
      /** For a hand-off. */
      agency: line(120).nullable().default(null),
      reference: line(80).nullable().default(null),
    }),
    refusals: ['not_found', 'not_in_this_state', 'ladder_not_now', 'hold_end', 'agency_needed'],
  }),
  proveNotice: command({
    name: 'collections.proveNotice',
    path: '/api/collection-notices/{id}/prove',
    summary: 'Says how and when a notice reached the customer otherwise, as by registered mail.',
    ...writing,
    input: z.object({ id: collectionIds.notice, how: line(200), on: civilDate }),
    refusals: ['not_found', 'not_in_this_state', 'proof_day'],
  }),
  repeatNotice: command({
    name: 'collections.repeatNotice',
    path: '/api/collection-notices/{id}/repeat',
    summary: 'A notice that did not reach the customer is given anew, and its delay starts again.',
    ...writing,
    input: z.object({ id: collectionIds.notice }),
    refusals: ['not_found', 'not_in_this_state', 'ladder_not_now'],
  }),
  readLadder: query({
    name: 'collections.readLadder',
    path: '/api/collection-ladder',
    summary: 'The ladder of each segment: the one in force, those before and the next.',
    ...reading,
    input: z.object({}),
    output: z.object({ inForce: z.array(ladder), all: z.array(ladder) }),
  }),
  changeLadder: command({
    name: 'collections.changeLadder',
    method: 'PUT',
    path: '/api/collection-ladder',
    summary: 'Sets the ladder of a segment from a day on; never below what the law gives to a consumer.',
    allow: 'settings.system',
    input: ladder,
    output: z.object({ inForce: z.array(ladder), all: z.array(ladder) }),
    refusals: ['ladder_below_law', 'ladder_in_the_past', 'ladder_order'],
  }),
};

const stale = ['collections.listAccounts', 'collections.readAccount', 'views.customer360'];
const seen = { seenWith: 'billing.read', stale } as const;

export const collectionsEvents = {
  caseMoved: event({
    type: 'collection_case.moved',
    subject: 'collection_case',
    data: z.object({ state: z.enum(['opened', 'closed']), amountCents: cents }),
    ...seen,
  }),
  noticeGiven: event({
    type: 'collection_notice.given',
    subject: 'collection_notice',
    data: z.object({ rung, amountCents: cents, announcedOn: civilDate.nullable() }),
    ...seen,
  }),
  noticeProven: event({
    type: 'collection_notice.proven',
    subject: 'collection_notice',
    data: z.object({ how: z.string() }),
    ...seen,
  }),
  stepProposed: event({
    type: 'collection_step.proposed',
    subject: 'collection_proposal',
    data: z.object({ rung, amountCents: cents }),
    ...seen,
  }),
  stepDecided: event({
    type: 'collection_step.decided',
    subject: 'collection_proposal',
    data: z.object({ rung, state: proposal.shape.state, reason: z.string() }),
    ...seen,
  }),
  stepTaken: event({
    type: 'collection_step.taken',
    subject: 'collection_notice',
    data: z.object({ rung, amountCents: cents, subscriptionIds: z.array(ids.subscription) }),
    ...seen,
  }),
  promiseMoved: event({
    type: 'promise.moved',
    subject: 'promise',
    data: z.object({ state: promiseState, amountCents: cents, on: civilDate }),
    ...seen,
  }),
  arrangementMoved: event({
    type: 'arrangement.moved',
    subject: 'arrangement',
    data: z.object({ state: arrangementState, totalCents: cents }),
    ...seen,
  }),
  holdMoved: event({
    type: 'collection_hold.moved',
    subject: 'collection_hold',
    data: z.object({ state: z.enum(['placed', 'released']), kind: manualHoldKind, reason: z.string() }),
    ...seen,
  }),
  noteAdded: event({
    type: 'collection_note.added',
    subject: 'customer',
    data: z.object({ kind: collectionNote.shape.kind }),
    ...seen,
  }),
  ladderChanged: event({
    type: 'ladder.changed',
    subject: 'setting',
    data: z.object({ segment: ladder.shape.segment, from: civilDate }),
    seenWith: 'billing.read',
    stale: ['collections.readLadder', ...stale],
  }),
};
