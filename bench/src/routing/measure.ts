import { faultsOf } from '@gigafibre/dispatch';
import { planInThreads } from '@gigafibre/dispatch/threads';
import { performance } from 'node:perf_hooks';
import type { Instance } from './instances.ts';

/** How one instance was planned. */
export type Run = Readonly<{ seconds: number; seed: number; threads: number; clock: 'wall' | 'work' }>;

/** What came of it: the gap to the best known value as a share, what the independent check found, what was left out. */
export type Outcome = Readonly<{ gap: number; faults: number; left: number; tries: number; wallMs: number }>;

/** Plans an instance once and has the plan checked. */
export async function measure(instance: Instance, run: Run): Promise<Outcome> {
  const problem = instance.read();
  const before = performance.now();
  const planned = await planInThreads(problem, {
    seed: run.seed,
    threads: run.threads,
    timeMs: run.seconds * 1_000,
    clock: run.clock,
  });
  const wallMs = performance.now() - before;
  if (planned.kind === 'refused')
    throw new Error(`${instance.name} was refused: ${planned.refusals[0]?.message}`);
  const { solution, tries } = planned;
  const gap = solution.cost.total / (instance.bestKnown * instance.scale) - 1;
  return { gap, faults: faultsOf(problem, solution).length, left: solution.left.length, tries, wallMs };
}
