import { addDays, addMonths, civilDateOf } from '@gigafibre/calendar';
import { billingRunsEvents, interestEvents, Refusal, runCan, type RunState } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { companyForTaxes } from '../../../platform/company.ts';
import { lockFor } from '../../../platform/transact.ts';
import { writeSetting } from '../../../platform/settings.ts';
import { COUNT_JOB, ISSUE_JOB } from './count-run.ts';
import { isPaused, PAUSE_SETTING, requireNotPaused } from './pause.ts';
import { readRun, runCustomerOf, type Run, type RunCustomer } from './read-runs.ts';
import { REVERSE_JOB } from './reverse-run.ts';
import * as reversals from '../run-reversal-store.ts';
import * as store from '../run-store.ts';

/** How far a run may reach back and ahead: a month forgotten, or the next quarter. */
const BACK_DAYS = 62;
const AHEAD_DAYS = 92;

/**
 * Starts computing what everybody is billed up to a day. One run at a time. More than a month after the last one that
 * was issued (after today, for the first) is a month left out or a day mistyped: refused `run_far` until confirmed.
 */
export async function startRun(
  tx: Tx,
  { through, confirmed = false }: { through: string; confirmed?: boolean | undefined },
): Promise<Run> {
  const today = civilDateOf(tx.now);
  const [from, to] = [addDays(today, -BACK_DAYS), addDays(today, AHEAD_DAYS)];
  if (through < from || through > to) throw new Refusal('run_day', { from, to });
  await lockFor(tx, 'billing run');
  const open = await store.openRun(tx.db);
  if (open) throw new Refusal('run_open', { id: open.id });
  const last = (await store.lastThrough(tx.db)) ?? today;
  if (!confirmed && through > addMonths(last, 1)) throw new Refusal('run_far', { last, through });
  const run = await store.insertRun(tx.db, { through, started_at: tx.now, started_by: whoIs(tx) });
  await tx.enqueue(COUNT_JOB, { runId: run.id, after: '' });
  await tx.tell(billingRunsEvents.runStarted, { subject: run.id, data: { through } });
  return readRun(tx, run.id);
}

/**
 * Explains a difference nothing explained; it can be said again in other words. The customer reads them on the invoice
 * only when they are `shown`.
 */
export async function explainRunDifference(
  tx: Tx,
  {
    id,
    customerId,
    explanation,
    shown = false,
  }: { id: string; customerId: string; explanation: string; shown?: boolean },
): Promise<RunCustomer> {
  await runToSteer(tx, id, 'explain');
  const row = await store.runCustomerForUpdate(tx.db, { runId: id, customerId });
  if (!row) throw new Refusal('not_found', { what: customerId });
  if (row.comparison !== 'unexplained' && row.comparison !== 'explained')
    throw new Refusal('not_in_this_state', { state: row.comparison });
  await store.explain(tx.db, { runId: id, customerId, explanation, shown, by: whoIs(tx) });
  await tx.tell(billingRunsEvents.runExplained, {
    subject: id,
    customerId,
    data: { customerId, explanation },
  });
  return runCustomerOf(tx, { runId: id, customerId });
}

/**
 * Has the invoices issued as they were shown. Refused while a difference is unexplained, or billing is paused. Of a run
 * that is being issued already it only starts the work again, for a job that was given up.
 */
export async function approveRun(tx: Tx, { id }: { id: string }): Promise<Run> {
  if (await startedAgain(tx, id, 'issuing')) return readRun(tx, id);
  await runToSteer(tx, id, 'approve');
  await requireNotPaused(tx);
  await companyForTaxes(tx.db);
  const { unexplained, total } = await store.sumsOf(tx.db, id);
  if (unexplained > 0) throw new Refusal('run_unexplained', { count: unexplained });
  const issuedOn = civilDateOf(tx.now);
  await store.updateRun(tx.db, id, {
    state: 'issuing',
    issued_on: issuedOn,
    approved_at: tx.now,
    approved_by: whoIs(tx),
  });
  await tx.enqueue(ISSUE_JOB, { runId: id });
  await tx.tell(billingRunsEvents.runApproved, {
    subject: id,
    data: { issuedOn, totalCents: Number(total) },
  });
  return readRun(tx, id);
}

/** Gives a run up before anything was issued. */
export async function abandonRun(tx: Tx, { id, reason }: { id: string; reason: string }): Promise<Run> {
  await runToSteer(tx, id, 'abandon');
  await store.updateRun(tx.db, id, { state: 'abandoned', finished_at: tx.now, reason });
  await tx.tell(billingRunsEvents.runAbandoned, { subject: id, data: { reason } });
  return readRun(tx, id);
}

/**
 * Takes a whole run back: every invoice nothing was put against is credited, and what it billed waits for the next
 * run. Refused for a run that is not issued, and while another one is open. Asked again while it is being taken back,
 * it only starts the work again, for a job that was given up.
 */
export async function reverseRun(tx: Tx, { id, reason }: { id: string; reason: string }): Promise<Run> {
  if (await startedAgain(tx, id, 'reversing')) return readRun(tx, id);
  await runToSteer(tx, id, 'reverse');
  await lockFor(tx, 'billing run');
  const open = await store.openRun(tx.db);
  if (open) throw new Refusal('run_open', { id: open.id });
  await reversals.markReversing(tx.db, { id, at: tx.now, by: whoIs(tx), reason });
  await tx.enqueue(REVERSE_JOB, { runId: id });
  await tx.tell(billingRunsEvents.runReversing, { subject: id, data: { reason } });
  return readRun(tx, id);
}

/**
 * While paused, runs are computed and compared, and never issued: for the months before a cutover. Services that start
 * meanwhile have their first bill when the pause is over. A run that was
 * being issued stops after the page under way, and goes on when the pause is over; so does one that is being taken
 * back and whose job was given up.
 */
export async function pauseScheduler(tx: Tx, { paused }: { paused: boolean }): Promise<{ paused: boolean }> {
  if (paused !== (await isPaused(tx))) {
    await writeSetting(tx, PAUSE_SETTING, paused);
    await tx.tell(interestEvents.billingRulesChanged, {
      subject: PAUSE_SETTING,
      data: { setting: PAUSE_SETTING },
    });
  }
  const open = paused ? undefined : await store.openRun(tx.db);
  for (const state of ['issuing', 'reversing'] as const) if (open) await startedAgain(tx, open.id, state);
  return { paused };
}

const JOBS = { issuing: ISSUE_JOB, reversing: REVERSE_JOB } as const;

/** Starts the work of a run in this state again; two at once do each customer once. Says whether it was in it. */
async function startedAgain(tx: Tx, id: string, state: keyof typeof JOBS): Promise<boolean> {
  const run = await store.runForUpdate(tx.db, id);
  if (run?.state !== state) return false;
  await tx.enqueue(JOBS[state], { runId: id });
  return true;
}

async function runToSteer(tx: Tx, id: string, command: keyof typeof runCan): Promise<void> {
  const run = await store.runForUpdate(tx.db, id);
  if (!run) throw new Refusal('not_found', { what: id });
  const allowed: readonly RunState[] = runCan[command];
  if (!allowed.some((state) => state === run.state))
    throw new Refusal('not_in_this_state', { state: run.state });
}

const whoIs = ({ by }: Tx): string => by.name ?? by.id ?? by.kind;
