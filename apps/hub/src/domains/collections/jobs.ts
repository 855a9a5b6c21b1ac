import { z } from 'zod';
import type { Env } from '../../env.ts';
import type { JobTable, Tick } from '../../platform/jobs/worker.ts';
import {
  REVIEW_JOB,
  startDailyWalk,
  WALK_JOB,
  walkLadders,
  walkOne,
  type MessageFate,
} from './walk-ladders.ts';

const aWalk = z.object({ on: z.string() });
const aCustomer = z.object({ customerId: z.string() });

/** `fateOf` says what became of a message. */
export const collectionsJobs = (fateOf: MessageFate): JobTable => ({
  [WALK_JOB]: { queue: 'inside', run: (tx, payload) => walkLadders(tx, aWalk.parse(payload)) },
  [REVIEW_JOB]: {
    queue: 'inside',
    run: (tx, payload) => walkOne(tx, { ...aCustomer.parse(payload), fateOf }),
  },
});

export const collectionsTick = (env: Env): Tick => ({
  name: 'collections.walk',
  run: () => startDailyWalk(env),
});
