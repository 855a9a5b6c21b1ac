import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  freeStretches,
  roomFor,
  TRAVEL_MINUTES,
  unplaced,
  type Bench,
  type Stretch,
  type Visit,
} from './slots.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const hours = (from: number, to: number): Stretch => ({ from: from * HOUR, to: to * HOUR });
const bench = (...free: Stretch[]): Bench => ({ skills: [], free });
const visit = (minutes: number, arrival: Stretch): Visit => ({ skills: [], minutes, arrival });

test('free time leaves the road before and after what is booked', () => {
  expect(freeStretches(hours(8, 17), [hours(10, 12)])).toEqual([
    { from: 8 * HOUR, to: 10 * HOUR - TRAVEL_MINUTES * MINUTE },
    { from: 12 * HOUR + TRAVEL_MINUTES * MINUTE, to: 17 * HOUR },
  ]);
  expect(freeStretches(hours(8, 17), [hours(7, 18)])).toEqual([]);
});

test('a visit must begin in its window and end in the shift', () => {
  const day = [bench(hours(8, 17))];
  expect(roomFor(visit(150, hours(8, 12)), day, [])).toBe(2);
  expect(roomFor(visit(150, hours(16, 20)), day, [])).toBe(0);
  expect(roomFor(visit(60, hours(16, 20)), day, [])).toBe(1);
});

test('a skill nobody has leaves no room', () => {
  const needing: Visit = { ...visit(60, hours(8, 12)), skills: [{ skill: 'splicing', level: 2 }] };
  const novice: Bench = { skills: [{ skill: 'splicing', level: 1 }], free: [hours(8, 17)] };
  const expert: Bench = { skills: [{ skill: 'splicing', level: 3 }], free: [hours(8, 17)] };
  expect(roomFor(needing, [novice], [])).toBe(0);
  expect(roomFor(needing, [novice, expert], [])).toBeGreaterThan(0);
});

const anyVisit = fc
  .record({
    minutes: fc.integer({ min: 15, max: 240 }),
    from: fc.constantFrom(8, 10, 12, 14, 16),
    length: fc.constantFrom(2, 4),
  })
  .map(({ minutes, from, length }) => visit(minutes, hours(from, from + length)));
const anyBenches = fc.array(
  fc
    .tuple(fc.integer({ min: 7, max: 10 }), fc.integer({ min: 12, max: 18 }))
    .map(([from, to]) => bench(hours(from, to))),
  { minLength: 0, maxLength: 4 },
);

test('taking what is offered, in any order, never leaves a promised visit without a place', () => {
  fc.assert(
    fc.property(anyBenches, fc.array(anyVisit, { maxLength: 25 }), (benches, wishes) => {
      const promised: Visit[] = [];
      for (const wish of wishes) if (roomFor(wish, benches, promised) > 0) promised.push(wish);
      expect(unplaced(benches, promised)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('what is offered fits into the hours there are', () => {
  fc.assert(
    fc.property(anyBenches, anyVisit, (benches, wish) => {
      const minutes = roomFor(wish, benches, []) * wish.minutes;
      const there = benches.flatMap(({ free }) => free).reduce((sum, { from, to }) => sum + to - from, 0);
      expect(minutes * MINUTE).toBeLessThanOrEqual(there);
    }),
  );
});

test('one more technician never means less room', () => {
  fc.assert(
    fc.property(anyBenches, anyVisit, (benches, wish) => {
      expect(roomFor(wish, [...benches, bench(hours(8, 17))], [])).toBeGreaterThanOrEqual(
        roomFor(wish, benches, []),
      );
    }),
  );
});
