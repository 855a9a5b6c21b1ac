import { z } from 'zod';
import {
  arrangementState,
  collectionAccount,
  collectionIds,
  collectionNote,
  collectionRow,
  holdKind,
  instalment,
  ladder,
  manualHoldKind,
  promiseState,
  proposal,
  rung,
} from './collections-values.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, line, page, pageInput, text } from './values.ts';

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
      /** Of a hand-off: what is handed off is given up in the books, with its taxes claimed back. */
      writeOff: z.boolean().default(false),
    }),
    refusals: [
      'not_found',
      'not_in_this_state',
      'ladder_not_now',
      'hold_end',
      'agency_needed',
      'write_off_suspended',
      'dispute_open',
      'customer_has_credit',
      'amount_above_outstanding',
      'approval_needed',
    ],
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
  previewLadder: query({
    name: 'collections.previewLadder',
    method: 'POST',
    path: '/api/collection-ladder/preview',
    summary: 'The day each rung of a ladder would come for an invoice issued today that nobody pays.',
    ...reading,
    input: ladder.omit({ from: true }),
    output: z.object({
      issuedOn: civilDate,
      dueOn: civilDate,
      /** In their order; null for what is off or does not come. */
      rungs: z.array(z.object({ rung, on: civilDate.nullable() })),
    }),
    refusals: ['ladder_below_law', 'ladder_order'],
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
