import { expect, test } from 'vitest';
import { progressOf, standsStill } from './stands-still.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21) + seconds * 1_000);

test('a run is asked again after half a minute without a step, and stands still after a minute and a half', () => {
  expect([0, 29, 30, 89, 90].map((seconds) => standsStill(at(0), at(seconds)))).toEqual([
    'moving',
    'moving',
    'quiet',
    'quiet',
    'still',
  ]);
});

test('only work under way can stand still', () => {
  const run = { customers: 10, done: 4, toReverse: 3, reversed: 1 };
  expect(progressOf({ ...run, state: 'issuing' })).toEqual({ work: 'issuing', done: 4, of: 10 });
  expect(progressOf({ ...run, state: 'reversing' })).toEqual({ work: 'reversing', done: 1, of: 3 });
  expect(progressOf({ ...run, state: 'counting' })?.work).toBe('counting');
  for (const state of ['counted', 'issued', 'abandoned', 'reversed'])
    expect(progressOf({ ...run, state })).toBeNull();
});
