import { civilDateOf, instantOf } from '@gigafibre/calendar';
import type { Env } from '../../env.ts';
import { SYSTEM, type Reading, type Tx } from '../../platform/acting.ts';
import { transact } from '../../platform/transact.ts';
import { isPaused } from '../billing/index.ts';
import { lockAccount } from '../ledger/index.ts';
import * as cases from './case-store.ts';
import { customersToReview } from './debts-store.ts';
import { reviewAccount } from './review-account.ts';
import * as store from './run-store.ts';

/** When the ladders of the day are walked, on the wall clock of the company: weekends and holidays too. */
export const WALK_TIME = '09:00';
/** Customers found in one transaction; each is then looked at in one of their own. */
const CUSTOMERS_MAX = 200;
const MESSAGES_MAX = 20;
export const WALK_JOB = 'collections.walk';
export const REVIEW_JOB = 'collections.review-account';

/** What became of a message: asked of whoever sends them, since the ladder stands below them. */
export type MessageFate = (
  reading: Pick<Reading, 'db'>,
  messageId: string,
) => Promise<Readonly<{ status: string; sentAt: string | null }>>;

/** Starts the walk of the day once it is time, once a day, whoever else looks at the same second; none while billing is paused. */
export async function startDailyWalk(env: Pick<Env, 'ground' | 'clock'>): Promise<number> {
  const now = env.clock.now();
  const on = civilDateOf(now);
  if (now < instantOf({ date: on, time: WALK_TIME })) return 0;
  if (await store.hasRun(env.ground.db, on)) return 0;
  if (await isPaused(env.ground)) return 0;
  return transact(env.ground, { by: SYSTEM }, async (tx) => {
    if (!(await store.insertRun(tx.db, { on_date: on, started_at: tx.now }))) return 0;
    await tx.enqueue(WALK_JOB, { on });
    return 1;
  });
}

/** Finds the next customers of a walk and leaves a job for each and for the rest: killed anywhere, it goes on. */
export async function walkLadders(tx: Tx, { on }: { on: string }): Promise<void> {
  const run = await store.runForUpdate(tx.db, on);
  if (!run || run.state !== 'walking') return;
  const found = await customersToReview(tx.db, {
    after: run.after_customer,
    today: on,
    limit: CUSTOMERS_MAX,
  });
  for (const customerId of found) await tx.enqueue(REVIEW_JOB, { customerId });
  const isLast = found.length < CUSTOMERS_MAX;
  await store.updateRun(tx.db, {
    on,
    after_customer: found.at(-1) ?? run.after_customer,
    state: isLast ? 'walked' : 'walking',
    reviewed: run.reviewed + found.length,
  });
  if (!isLast) await tx.enqueue(WALK_JOB, { on });
}

/** The look of the day at one customer: what became of their notices first, then the rung of the moment. */
export async function walkOne(
  tx: Tx,
  { customerId, fateOf }: { customerId: string; fateOf: MessageFate },
): Promise<void> {
  await lockAccount(tx, customerId);
  await refreshFates(tx, { customerId, fateOf });
  await reviewAccount(tx, { customerId, mayAct: !(await isPaused(tx)) });
}

/** Asks anew what became of the messages of a customer's notices. */
export async function refreshFates(
  tx: Tx,
  { customerId, fateOf }: { customerId: string; fateOf: MessageFate },
): Promise<void> {
  const row = await cases.openCase(tx.db, customerId);
  const sent = row ? await cases.noticeMessages(tx.db, { caseId: row.id, limit: MESSAGES_MAX }) : [];
  for (const { message_id, step_id } of sent)
    await noteNotice(tx, { stepId: step_id, messageId: message_id, fateOf });
}

/** Keeps what became of a message of a notice: proven once it has left. */
export async function noteNotice(
  tx: Pick<Tx, 'db'>,
  { stepId, messageId, fateOf }: { stepId: string; messageId: string; fateOf: MessageFate },
): Promise<void> {
  const { status, sentAt } = await fateOf(tx, messageId);
  const hasLeft = status === 'sent' || status === 'delivered';
  await cases.putNoticeMessage(tx.db, {
    message_id: messageId,
    step_id: stepId,
    status,
    left_at: hasLeft ? sentAt : null,
  });
}
