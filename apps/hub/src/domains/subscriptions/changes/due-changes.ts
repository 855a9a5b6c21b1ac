import { addDays, civilDateOf } from '@gigafibre/calendar';
import type { Env } from '../../../env.ts';
import { SYSTEM } from '../../../platform/acting.ts';
import type { Tick } from '../../../platform/jobs/worker.ts';
import { transact } from '../../../platform/transact.ts';
import { readSubscription } from '../read-subscription.ts';
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

const applyNext = (env: Env): Promise<boolean> =>
  transact(env.ground, { by: SYSTEM }, async (tx) => {
    const due = await terms.takeDueChange(tx.db, civilDateOf(tx.now));
    if (!due) return false;
    const { subscriptionId: id, on, what, reason } = due;
    const { status } = await readSubscription(tx, id);
    if (status === 'cancelled') return true;
    if (what === 'provision') await writeProvisioning(tx, id);
    if (what === 'cancel') await closeEnded(tx, { id, on: addDays(on, -1), reason });
    if (what === 'reconnect' && status === 'suspended') await reconnectSubscription(tx, { id });
    return true;
  });
