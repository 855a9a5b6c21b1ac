import { expect, test } from 'vitest';
import { afterTime } from './after-time.ts';
import { afterTries } from './after-tries.ts';
import { firstOf } from './first-of.ts';
import { whenCancelled } from './when-cancelled.ts';
import { withoutGain } from './without-gain.ts';

test('each rule says how far the search has come, and 1 when it is to stop', () => {
  expect([0, 50, 100].map((tries) => afterTries(100)({ tries, best: 1 }))).toEqual([0, 0.5, 1]);
  let clock = 1_000;
  const timed = afterTime({ nowMs: () => clock, startedMs: 1_000, limitMs: 400 });
  expect(timed({ tries: 0, best: 1 })).toBe(0);
  clock = 1_300;
  expect(timed({ tries: 0, best: 1 })).toBe(0.75);
  let cancelled = false;
  const both = firstOf([timed, whenCancelled(() => cancelled)]);
  expect(both({ tries: 0, best: 1 })).toBe(0.75);
  cancelled = true;
  expect(both({ tries: 0, best: 1 })).toBe(1);
});

test('without gain counts from the last gain', () => {
  const rule = withoutGain(100);
  const told = [
    [0, 9],
    [90, 9],
    [95, 8],
    [190, 8],
    [195, 8],
  ].map(([tries = 0, best = 0]) => rule({ tries, best }));
  expect(told).toEqual([0, 0, 0, 0, 1]);
});
