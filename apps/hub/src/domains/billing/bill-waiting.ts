import { z } from 'zod';
import type { Env } from '../../env.ts';
import { SYSTEM } from '../../platform/acting.ts';
import type { JobTable, Tick } from '../../platform/jobs/worker.ts';
import { transact } from '../../platform/transact.ts';
import { billActivation } from './bill-activation.ts';
import { mustWait } from './runs/pause.ts';
import { anyWaiting, askWaiting } from './waiting-store.ts';

const JOB = 'billing.first-bill';
const AT_ONCE_MAX = 100;
/** One that failed, whatever its job tried, is asked for again after this long. */
const AGAIN_MS = 24 * 3_600_000;

/**
 * Has the services that started while nothing could be billed billed, once something can: each in a transaction of its
 * own, so that none keeps another from its bill.
 */
export const firstBillsTick = ({ ground, clock }: Pick<Env, 'ground' | 'clock'>): Tick => ({
  name: 'first bills that waited',
  run: async () => {
    const now = clock.now();
    const since = new Date(now.getTime() - AGAIN_MS);
    if (!(await anyWaiting(ground.db, since)) || (await mustWait(ground))) return 0;
    return transact(ground, { by: SYSTEM }, async (tx) => {
      const asked = await askWaiting(tx.db, { now, since, limit: AT_ONCE_MAX });
      for (const subscriptionId of asked) await tx.enqueue(JOB, { subscriptionId });
      return asked.length;
    });
  },
});

const serviceIn = z.object({ subscriptionId: z.string() });

export const firstBillsJobs = (): JobTable => ({
  [JOB]: {
    queue: 'inside',
    run: async (tx, payload) => void (await billActivation(tx, serviceIn.parse(payload))),
  },
});
