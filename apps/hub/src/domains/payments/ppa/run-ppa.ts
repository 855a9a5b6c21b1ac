import { civilDateOf, instantOf } from '@gigafibre/calendar';
import { paymentsEvents, Refusal, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Reading, type Tx } from '../../../platform/acting.ts';
import { transact } from '../../../platform/transact.ts';
import { isPaused, requireNotPaused } from '../../billing/index.ts';
import * as debits from '../debit-store.ts';
import { minutesFrom } from '../begin-checkout.ts';
import { railOf } from '../debits/bank-codes.ts';
import { collectable } from '../debits/collectable.ts';
import type { DebitState } from '../debits/debit.ts';
import * as store from '../ppa-store.ts';
import { dueDebit, type DueDebit } from './due-debit.ts';

export type PpaRun = OutputOf<typeof paymentsOperations.readPpaRun>;
type Cause = PpaRun['cause'];

/** When the day's debits go out, on the wall clock of the company; on the days clocks change too. */
export const RUN_TIME = '06:00';
/** Customers planned in one transaction. */
const CUSTOMERS_MAX = 200;
const LINES_MAX = 1_000;
/** Whoever opened a page to pay this recently may be paying. */
const PAGE_MINUTES = 30;

/**
 * Starts the run of the day once it is time, once a day, whoever else looks at the same second. A day on which
 * nobody looked is made good by the next: what is due stays due. None while billing is paused: another system debits.
 */
export async function startDailyRun(env: Pick<Env, 'ground' | 'clock'>): Promise<number> {
  const now = env.clock.now();
  const on = civilDateOf(now);
  if (now < instantOf({ date: on, time: RUN_TIME })) return 0;
  if (await store.hasDailyRun(env.ground.db, on)) return 0;
  if (await isPaused(env.ground)) return 0;
  const started = await transact(env.ground, { by: SYSTEM }, (tx) => start(tx, 'daily'));
  return started === null ? 0 : 1;
}

/** Starts a run by hand: now, or only to see what it would debit. */
export async function runPpa(tx: Tx, { dryRun }: { dryRun: boolean }): Promise<PpaRun> {
  if (!dryRun) await requireNotPaused(tx);
  const id = await start(tx, dryRun ? 'dry' : 'now');
  if (id === null) throw new Error('a run by hand is always started');
  return readPpaRun(tx, id);
}

async function start(tx: Tx, cause: Cause): Promise<string | null> {
  const on = civilDateOf(tx.now);
  const run = await store.insertRun(tx.db, {
    on_date: on,
    cause,
    started_at: tx.now,
    started_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  if (!run) return null;
  await tx.enqueue('payments.plan-ppa', { runId: run.id });
  await tx.tell(paymentsEvents.ppaRunStarted, { subject: run.id, data: { on, cause } });
  return run.id;
}

/**
 * Plans the next customers of a run and leaves a job for the rest, in one transaction: killed anywhere, it goes on
 * where it was. The database takes one debit per invoice and attempt, and one under way, whoever plans.
 */
export async function planPpa(tx: Tx, { runId }: { runId: string }): Promise<void> {
  const run = await store.runForUpdate(tx.db, runId);
  if (!run || run.state !== 'planning') return;
  // What is left is found by the run of a later day.
  if (run.cause !== 'dry' && (await isPaused(tx)))
    return void (await store.updateRun(tx.db, { id: runId, fields: { state: 'planned' } }));
  const rows = await store.dueAfter(tx.db, {
    after: run.after_customer,
    today: run.on_date,
    customers: CUSTOMERS_MAX,
    opened: minutesFrom(tx.now, -PAGE_MINUTES),
  });
  let { planned, planned_cents } = run;
  for (const row of rows) {
    if (row.invoice_id === null) continue;
    const due = dueDebit(invoiceIn(row, await openCents(tx, row, row.invoice_id)), run.on_date);
    if (due === null) continue;
    if (!(await planOne(tx, run, { row, due, invoiceId: row.invoice_id }))) continue;
    planned += 1;
    planned_cents += due.amountCents;
  }
  const customers = new Set(rows.map(({ customer_id }) => customer_id));
  const isLast = customers.size < CUSTOMERS_MAX;
  await store.updateRun(tx.db, {
    id: runId,
    fields: {
      planned,
      planned_cents,
      after_customer: rows.at(-1)?.customer_id ?? run.after_customer,
      ...(isLast ? { state: 'planned' } : {}),
    },
  });
  if (!isLast) await tx.enqueue('payments.plan-ppa', { runId });
}

/** What may be debited of it: less what money on its way for no invoice will pay. */
const openCents = async (
  tx: Tx,
  { customer_id: customerId, has_loose, open_cents }: store.DueRow,
  invoiceId: string,
): Promise<bigint> => (has_loose ? collectable(tx, { customerId, invoiceId, besides: 'all' }) : open_cents);

const invoiceIn = (row: store.DueRow, open: bigint) => ({
  kind: row.kind,
  noticedOn: row.noticed_on,
  dueOn: row.due_on,
  openCents: open,
  last:
    row.last_id === null
      ? null
      : {
          id: row.last_id,
          attempt: row.last_attempt ?? 1,
          state: row.last_state ?? '',
          retryOn: row.last_retry_on,
          amountCents: row.last_amount_cents ?? 0n,
          represents: row.last_represents,
          returnedOn: row.last_returned_on,
        },
});

async function planOne(
  tx: Tx,
  run: store.RunRow,
  { row, due, invoiceId }: { row: store.DueRow; due: DueDebit; invoiceId: string },
): Promise<boolean> {
  const of = { customer_id: row.customer_id, invoice_id: invoiceId };
  if (run.cause === 'dry') {
    const { amountCents: amount_cents, attempt } = due;
    await store.insertRunLines(tx.db, [{ ...of, run_id: run.id, amount_cents, attempt }]);
    return true;
  }
  const planned = await debits.insertDebit(tx.db, {
    ...of,
    method_id: row.method_id,
    agreement_id: row.agreement_id,
    run_id: run.id,
    amount_cents: due.amountCents,
    cause: 'ppa',
    rail: railOf(row),
    attempt: due.attempt,
    scheduled_on: due.scheduledOn,
    state: 'planned',
    // Of the invoice and the attempt: whoever sends it, whenever, it is the same question.
    idempotency_key: `ppa-${invoiceId}-${due.attempt}`,
    provider: row.provider,
    represents: due.represents,
    made_at: tx.now,
    made_by: run.started_by,
    moved_at: tx.now,
  });
  if (!planned) return false;
  // Those of the company's own bank wait for its file.
  if (railOf(row) !== 'bank_file') await tx.enqueue('payments.send-debit', { debitId: planned.id });
  return true;
}

/** One run and how far it is; refused `not_found`. */
export async function readPpaRun({ db }: Pick<Reading, 'db'>, id: string): Promise<PpaRun> {
  const run = await store.runById(db, id);
  if (!run) throw new Refusal('not_found', { what: id });
  const states = await store.runStates(db, id);
  return {
    id: run.id,
    on: run.on_date,
    cause: run.cause as Cause, // held by check constraints, like the states below
    state: run.state as PpaRun['state'],
    planned: run.planned,
    plannedCents: run.planned_cents,
    states: states.map(({ state, count, cents }) => ({
      state: state as DebitState,
      count,
      amountCents: cents,
    })),
    lines: (await store.runLines(db, { runId: id, limit: LINES_MAX })).map((line) => ({
      customerId: line.customer_id,
      invoiceId: line.invoice_id,
      amountCents: line.amount_cents,
      attempt: line.attempt,
    })),
    startedAt: run.started_at,
    startedBy: run.started_by,
  };
}
