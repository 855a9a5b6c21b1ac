import { expect, test } from 'vitest';
import { faultsOf } from '../check-solution.ts';
import { dailyCase } from '../testing/daily-case.ts';
import { randomProblem } from '../testing/random-problem.ts';
import { planInThreads } from './plan-in-threads.ts';
import { repairInThreads } from './repair-in-threads.ts';

/** So long that only the tries end a search. */
const LONG_MS = 600_000;

test('threads that search by themselves bring the best plan of all, the same one each time', async () => {
  const problem = randomProblem(2, { jobs: 20, technicians: 4, days: 2, crews: true });
  const options = { seed: 1, threads: 2, timeMs: LONG_MS, triesMax: 300 };
  const [first, second] = [await planInThreads(problem, options), await planInThreads(problem, options)];
  expect(first).toEqual(second);
  expect(first.kind === 'planned' && faultsOf(problem, first.solution)).toEqual([]);
}, 180_000);

test('threads that divide a large plan among them put it together without a fault', async () => {
  const problem = dailyCase(1, { technicians: 40, jobs: 300 });
  const planned = await planInThreads(problem, { seed: 1, threads: 2, timeMs: LONG_MS, triesMax: 500 });
  expect(planned.kind === 'planned' && faultsOf(problem, planned.solution)).toEqual([]);
}, 180_000);

test('a search is cancelled at once, and what it has stands', async () => {
  const problem = dailyCase(2, { technicians: 5, jobs: 30 });
  const planned = await planInThreads(problem, {
    seed: 1,
    threads: 1,
    timeMs: LONG_MS,
    signal: AbortSignal.abort(),
  });
  expect(planned.kind === 'planned' && faultsOf(problem, planned.solution)).toEqual([]);
}, 180_000);

test('a day is repaired beside the calling thread too', async () => {
  const problem = dailyCase(2, { technicians: 6, jobs: 30 });
  const options = { seed: 1, threads: 2, timeMs: LONG_MS, triesMax: 300 };
  const planned = await planInThreads(problem, options);
  if (planned.kind === 'refused') throw new Error(planned.refusals[0]?.message);
  const absent = { kind: 'technician-away', technician: 'T1', from: 0, to: 86_400 } as const;
  const repaired = await repairInThreads(problem, planned.solution, absent, {
    ...options,
    now: 0,
    tolerance: 1_800,
  });
  if (repaired.kind === 'refused') throw new Error(repaired.refusals[0]?.message);
  expect(faultsOf(repaired.problem, repaired.solution)).toEqual([]);
  expect(repaired.solution.routes.map(({ technician }) => technician)).not.toContain('T1');
}, 180_000);
