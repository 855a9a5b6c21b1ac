import { expect, test } from 'vitest';
import { slotsByDay } from './slots-by-day.ts';

test('windows stand under their day, days and windows in order', () => {
  const slot = (date: string, from: string) => ({ date, from, to: '17:00' });
  const days = slotsByDay([
    slot('2026-11-24', '13:00'),
    slot('2026-11-23', '08:00'),
    slot('2026-11-24', '08:00'),
  ]);
  expect(days.map(({ date, slots }) => [date, ...slots.map(({ from }) => from)])).toEqual([
    ['2026-11-23', '08:00'],
    ['2026-11-24', '08:00', '13:00'],
  ]);
  expect(slotsByDay([])).toEqual([]);
});
