import type { Problem } from '../problem/problem.ts';
import { problemSince, repairedTo, type Repaired, type RepairOptions, type Upset } from '../repair.ts';
import type { Solution } from '../solution.ts';
import { planInThreads, type ThreadedOptions } from './plan-in-threads.ts';

/** Plans anew in worker threads after something upset the plan, moving as few promises as possible. */
export async function repairInThreads(
  problem: Problem,
  solution: Solution,
  upset: Upset,
  options: Omit<RepairOptions, 'stop'> & Omit<ThreadedOptions, 'start'>,
): Promise<Repaired> {
  const since = problemSince(problem, solution, upset, options);
  const planned = await planInThreads(since, { ...options, start: solution });
  return planned.kind === 'refused'
    ? planned
    : repairedTo(since, { ...options, before: solution, after: planned.solution });
}
