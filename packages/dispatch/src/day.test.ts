import { expect, test } from 'vitest';
import { faultsOf } from './check-solution.ts';
import { explain } from './explain.ts';
import { plan } from './plan.ts';
import { priceSlots } from './price-slots.ts';
import { repair, type Upset } from './repair.ts';
import type { Solution } from './solution.ts';
import { afterTries } from './stop/after-tries.ts';
import { dailyCase } from './testing/daily-case.ts';

const HOUR = 3_600;
const problem = dailyCase(3, { technicians: 10, jobs: 60 });
const before = planned();

function planned(): Solution {
  const outcome = plan(problem, { seed: 1, stop: afterTries(1_500) });
  if (outcome.kind === 'refused') throw new Error(outcome.refusals[0]?.message);
  return outcome.solution;
}

const options = { seed: 1, stop: afterTries(1_500), now: 0, tolerance: HOUR / 2 };
const jobsOf = (solution: Solution, technician: string): string[] =>
  solution.routes
    .filter((route) => route.technician === technician)
    .flatMap(({ stops }) => stops.flatMap((stop) => (stop.kind === 'job' ? [stop.job] : [])));

function repaired(upset: Upset, now = 0): Extract<ReturnType<typeof repair>, { kind: 'repaired' }> {
  const outcome = repair(problem, before, upset, { ...options, now });
  if (outcome.kind === 'refused') throw new Error(outcome.refusals[0]?.message);
  expect(faultsOf(outcome.problem, outcome.solution)).toEqual([]);
  return outcome;
}

test('when a technician falls ill the others take over, and few visits move besides', () => {
  const [sick = ''] = before.routes.map(({ technician }) => technician);
  const outcome = repaired({ kind: 'technician-away', technician: sick, from: 0, to: 24 * HOUR });
  expect(jobsOf(outcome.solution, sick)).toEqual([]);
  const lost = jobsOf(before, sick);
  const others = outcome.moved.filter(({ job }) => !lost.includes(job));
  expect(others.length).toBeLessThanOrEqual(lost.length * 2);
});

test('a cancelled visit, a new one and an overrun leave a plan that holds, and what has begun stays', () => {
  const [first] = before.routes;
  const stop = first?.stops.find(({ kind }) => kind === 'job');
  const job = stop?.kind === 'job' ? stop.job : '';
  expect(repaired({ kind: 'job-cancelled', job }).moved).toEqual([]);
  const added = { id: 'NEW', place: 20, duration: HOUR / 2 };
  expect(repaired({ kind: 'job-added', job: added }).solution.left).toEqual(before.left);
  const overrun = repaired({ kind: 'job-overruns', job, by: HOUR / 2 }, (stop?.start ?? 0) + 1);
  expect(jobsOf(overrun.solution, first?.technician ?? '')).toContain(job);
});

test('slots are priced as what they add to the plan, the cheapest first', () => {
  const slots = Array.from({ length: 10 }, (_, index) => ({
    from: (8 + index) * HOUR,
    to: (9 + index) * HOUR,
  }));
  const job = { id: 'NEW', place: 15, duration: HOUR / 2, needs: { install: 1 } };
  const priced = priceSlots(problem, before, { job, slots, most: 10 });
  const offers = priced.kind === 'priced' ? priced.slots : [];
  expect(offers.length).toBeGreaterThan(0);
  expect(offers.map(({ price }) => price)).toEqual(offers.map(({ price }) => price).sort((a, b) => a - b));
  for (const { start, from, to } of offers) expect(start >= from && start <= to).toBe(true);
  const [cheapest] = offers;
  const taken = plan(
    { ...problem, jobs: [...problem.jobs, { ...job, windows: cheapest ? [cheapest] : [] }] },
    { seed: 1, stop: afterTries(0), start: before },
  );
  const dearer = taken.kind === 'planned' ? taken.solution.cost.total - before.cost.total : Number.NaN;
  expect(dearer).toBeCloseTo(cheapest?.price ?? Number.NaN, 3);
});

test('every job has an explanation that names each technician once', () => {
  for (const { id } of problem.jobs.slice(0, 12)) {
    const explanation = explain(problem, before, id);
    expect(explanation.kind).not.toBe('unknown');
    if (explanation.kind === 'unknown') continue;
    expect(explanation.verdicts.map(({ technician }) => technician)).toEqual(
      problem.technicians.map((one) => one.id),
    );
    const chosen = explanation.verdicts.filter(({ code }) => code === 'chosen');
    expect(chosen).toHaveLength(explanation.kind === 'done' ? 1 : 0);
  }
  expect(explain(problem, before, 'nobody')).toEqual({ kind: 'unknown', job: 'nobody' });
});
