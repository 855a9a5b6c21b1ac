import type { Env } from './env.ts';
import type { JobTable, Tick } from './platform/jobs/worker.ts';
import { reactionJobs, type Reaction } from './reactions/reaction.ts';

/** Every kind of background work there is. */
export const allJobs = (_env: Env, reactions: readonly Reaction[]): JobTable => ({
  ...reactionJobs(reactions),
});

/** What the worker looks at regularly. */
export const allTicks = (_env: Env): readonly Tick[] => [];
