import { z } from 'zod';
import { cents, civilDate, ids, instant, text } from './values.ts';

const numbered = (prefix: string) =>
  z
    .string()
    .max(20)
    .regex(new RegExp(`^${prefix}-\\d+$`), `${prefix}-#####`);
export const collectionIds = {
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
/**
 * What a consumer is given before a service is suspended (CRTC 2019-269): owing more than this, for longer than this,
 * and told so many full days before. No ladder of the residential segment goes below.
 */
export const LADDER_LAW = { thresholdCents: 5_000n, graceMonths: 2, noticeDays: 14 } as const;
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
  /** Of a notice: since when its delays run, the end of its day when a person vouched for it; null while unproven. */
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
  /** What of it was given up in the books. */
  writtenOffCents: cents,
  at: instant,
  by: z.string(),
});
/** Money on a bank statement that nobody has placed yet, and that may be this customer's. */
export const possiblePayment = z.object({
  /** The line of the statement, `BL-10001`. */
  lineId: z.string(),
  on: civilDate,
  amountCents: cents,
  description: z.string(),
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
  /** Before anything is cut: what may have been paid and waits to be placed. */
  possiblePayments: z.array(possiblePayment),
});
