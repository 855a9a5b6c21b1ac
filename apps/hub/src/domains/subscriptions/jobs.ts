import { z } from 'zod';
import type { Env } from '../../env.ts';
import type { JobTable, Tick } from '../../platform/jobs/worker.ts';
import { lookAfterSystems, lookAtSystems } from './look-at-systems.ts';

const one = z.object({ id: z.string() });

/** Background work of subscriptions: asking each system what it really holds for a service. */
export const subscriptionsJobs = (env: Env): JobTable => ({
  'subscriptions.look': { queue: 'outside', run: (payload) => lookAtSystems(env, one.parse(payload)) },
});

export const subscriptionsTick = (env: Env): Tick => ({
  name: 'subscriptions.look',
  run: () => lookAfterSystems(env),
});
