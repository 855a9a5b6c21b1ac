import { expect, test } from 'vitest';
import { plan } from '../plan.ts';
import { afterTries } from '../stop/after-tries.ts';
import { faultsOf } from '../check-solution.ts';
import { explain } from '../explain.ts';
import type { Job, Problem } from './problem.ts';
import { refusalsOf } from './refusals.ts';

const DAY = { start: 0, end: 480, from: 0, to: 0 };
const small: Problem = {
  travel: {
    kind: 'plane',
    points: [
      [0, 0],
      [3, 4],
      [6, 8],
    ],
    scale: 1,
    rounding: 'nearest',
  },
  technicians: [{ id: 'Ana', perDistance: 1, shifts: [DAY] }],
  jobs: [{ id: 'a', place: 1, duration: 30 }],
};
const withJob = (job: Partial<Job>): Problem => ({
  ...small,
  jobs: [{ id: 'a', place: 1, duration: 30, ...job }],
});
const codesOf = (problem: Problem): string[] => refusalsOf(problem).map(({ code }) => code);

test('what contradicts itself is refused, each fault by its name', () => {
  const [ana] = small.technicians;
  expect(codesOf(small)).toEqual([]);
  expect(codesOf({ ...small, jobs: [...small.jobs, ...small.jobs] })).toEqual(['duplicate-id']);
  expect(codesOf({ ...small, technicians: ana ? [ana, ana] : [] })).toEqual(['duplicate-id']);
  expect(codesOf(withJob({ duration: -5 }))).toEqual(['negative']);
  expect(codesOf(withJob({ duration: Number.NaN }))).toEqual(['not-a-number']);
  expect(codesOf(withJob({ place: 9 }))).toEqual(['unknown-place']);
  expect(codesOf(withJob({ windows: [{ from: 90, to: 60 }] }))).toEqual(['reversed-window']);
  expect(codesOf(withJob({ only: ['Bob'] }))).toEqual(['unknown-technician']);
  expect(codesOf(withJob({ crew: [] }))).toEqual(['unreadable']);
  expect(codesOf({ ...small, travel: { kind: 'matrix', times: [[0, 1], [1]] } })).toContain('matrix-shape');
  const endless = { ...small, technicians: [{ id: 'Ana', shifts: [{ ...DAY, end: -1 }] }] };
  expect(codesOf(endless)).toEqual(['negative', 'reversed-window']);
  const many = Array.from({ length: 20_001 }, (_, index) => ({ id: String(index), place: 1, duration: 1 }));
  expect(codesOf({ ...small, jobs: many })).toContain('too-large');
});

/** The plan of a problem, and what is said of its first job. */
function outcome(problem: Problem): {
  left: readonly string[];
  codes: readonly string[];
  faults: readonly string[];
} {
  const planned = plan(problem, { seed: 1, stop: afterTries(50) });
  if (planned.kind === 'refused') throw new Error(planned.refusals[0]?.message);
  const { solution } = planned;
  const explanation = explain(problem, solution, problem.jobs[0]?.id ?? '');
  const codes = explanation.kind === 'unknown' ? [] : explanation.verdicts.map(({ code }) => code);
  return { left: solution.left, codes, faults: faultsOf(problem, solution) };
}

test('what is impossible for one job is planned without it, and said', () => {
  expect(outcome(withJob({ needs: { splice: 2 } }))).toEqual({
    left: ['a'],
    codes: ['skill-missing'],
    faults: [],
  });
  expect(outcome(withJob({ windows: [{ from: 900, to: 960 }] })).codes).toEqual(['outside-hours']);
  expect(outcome(withJob({ windows: [{ from: 0, to: 2 }] })).codes).toEqual(['cannot-be-there']);
  expect(outcome(withJob({ parts: { ont: 1 } })).codes).toEqual(['not-enough-on-board']);
  expect(outcome(withJob({ duration: 0 }))).toEqual({ left: [], codes: ['chosen'], faults: [] });
});

test('a hole in the matrix is a road that does not exist', () => {
  const times = [
    [0, null, 5],
    [null, 0, null],
    [5, null, 0],
  ];
  const problem: Problem = {
    ...small,
    travel: { kind: 'matrix', times },
    jobs: [...small.jobs, { id: 'b', place: 2, duration: 10 }],
  };
  expect(outcome(problem)).toEqual({ left: ['a'], codes: ['cannot-be-there'], faults: [] });
});

test('a technician on another continent does nothing; the others do the work', () => {
  const problem: Problem = {
    travel: {
      kind: 'earth',
      points: [
        [-73.6, 45.5],
        [-73.7, 45.6],
        [36.8, -1.3],
      ],
      detour: 1.3,
      metresPerSecond: 14,
    },
    technicians: [
      { id: 'Near', perDistance: 1, shifts: [{ start: 0, end: 28_800, from: 0, to: 0 }] },
      { id: 'Nairobi', perDistance: 1, shifts: [{ start: 0, end: 28_800, from: 2, to: 2 }] },
    ],
    jobs: [{ id: 'a', place: 1, duration: 1_800 }],
  };
  expect(outcome(problem)).toEqual({ left: [], codes: ['chosen', 'cannot-be-there'], faults: [] });
});
