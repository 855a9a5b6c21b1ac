import { addDays, civilDateOf } from '@gigafibre/calendar';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Tx } from '../../../platform/acting.ts';
import { lockAccount } from '../../ledger/index.ts';
import type { Tick } from '../../../platform/jobs/worker.ts';
import { transact } from '../../../platform/transact.ts';
import { readSubscription } from '../read-subscription.ts';
import { arrive } from './arrive.ts';
import { closeEnded } from './end-subscription.ts';
import { writeProvisioning } from './provision.ts';
import { reconnectSubscription } from './suspend-subscription.ts';
import * as terms from '../terms-store.ts';

const AT_ONCE_MAX = 200;

/** Does what was set for a day that has come, one service a transaction. */
export const dueChangesTick = (env: Env): Tick => ({
  name: 'due changes of services',
  run: async () => {
    let done = 0;
    while (done < AT_ONCE_MAX && (await applyNext(env))) done += 1;
    return done;
  },
});

/** Applies one change whose day has come. What cannot be done is marked and waits for a person. */
async function applyNext(env: Env): Promise<boolean> {
  let due: terms.DueChange | undefined;
  try {
    return await transact(env.ground, { by: SYSTEM }, async (tx) => {
      due = await terms.takeDueChange(tx.db, civilDateOf(tx.now));
      if (due) await apply(tx, due);
      return due !== undefined;
    });
  } catch (error) {
    if (!due) throw error;
    const failed = { ...due, problem: error instanceof Error ? error.message : String(error) };
    env.log.error({ ...failed, error }, 'a change of a service could not be done on its day');
    await transact(env.ground, { by: SYSTEM }, (tx) => terms.markDueProblem(tx.db, failed));
    return true;
  }
}

async function apply(tx: Tx, { subscriptionId: id, on, what, reason }: terms.DueChange): Promise<void> {
  const { status, customerId } = await readSubscription(tx, id);
  if (status === 'cancelled') return;
  await lockAccount(tx, customerId);
  if (what === 'provision') await writeProvisioning(tx, id);
  if (what === 'move') await arrive(tx, id);
  if (what === 'cancel') await closeEnded(tx, { id, on: addDays(on, -1), reason });
  if (what === 'reconnect' && status === 'suspended') await reconnectSubscription(tx, { id });
}
