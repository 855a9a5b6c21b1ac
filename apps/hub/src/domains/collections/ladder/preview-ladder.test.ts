import { addDays } from '@gigafibre/calendar';
import { rung } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { daysOfLadder } from './preview-ladder.ts';
import { isSuspensionDay } from './permitted-time.ts';
import { RESIDENTIAL } from './terms.ts';

test('the preview of a ladder walks it as the hub would, over holidays and the winter', () => {
  expect([...daysOfLadder(RESIDENTIAL, '2026-11-22')]).toEqual([
    ['reminder', '2026-11-25'],
    ['second_notice', '2026-12-02'],
    ['formal_notice', '2026-12-22'],
    ['suspension_notice', '2027-01-10'],
    ['final_notice', '2027-01-23'],
    ['suspension', '2027-01-25'],
    ['demand_letter', '2027-02-09'],
    ['termination', '2027-02-24'],
    ['hand_off', '2027-03-26'],
  ]);
  // Old enough in the middle of the winter truce: cut after it.
  const winter = daysOfLadder(RESIDENTIAL, '2026-10-21');
  expect(winter.get('suspension')).toBe('2027-01-06');
});

test('a rung that is off does not come, and without a suspension nothing comes after the friendly words', () => {
  const off = (...names: string[]) => ({
    ...RESIDENTIAL,
    rungs: RESIDENTIAL.rungs.map((one) =>
      names.includes(one.rung) ? { ...one, mode: 'off' as const } : one,
    ),
  });
  expect(daysOfLadder(off('second_notice'), '2026-11-22').has('second_notice')).toBe(false);
  expect([...daysOfLadder(off('suspension'), '2026-11-22').keys()]).toEqual([
    'reminder',
    'second_notice',
    'formal_notice',
  ]);
});

test('whatever the day, rungs come in their order and services are cut on days that allow it', () => {
  for (let day = '2026-11-01', n = 0; n < 13; day = addDays(day, 29), n += 1) {
    const days = [...daysOfLadder(RESIDENTIAL, day)];
    expect(days.map(([name]) => name)).toEqual(rung.options);
    expect(days.map(([, on]) => on).toSorted()).toEqual(days.map(([, on]) => on));
    expect(isSuspensionDay(days[5]?.[1] ?? '')).toBe(true);
  }
});
