import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  dateOfDayNumber,
  dateParts,
  daysFromTo,
  daysInclusive,
  lastDayOfMonth,
  weekday,
} from './index.ts';

const someDay = fc.integer({ min: 0, max: 50_000 }).map(dateOfDayNumber);

test('days cross months, years and 29 February', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  expect(() => addDays('2026-03-01', 0.5)).toThrow(RangeError);
});

test('a month later is the last day of a short month, and the anchor comes back after it', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2026-02-28', 1, 31)).toBe('2026-03-31');
  expect(addMonths('2026-12-31', 2)).toBe('2027-02-28');
  expect(addMonths('2028-02-29', 12)).toBe('2029-02-28');
  expect(addMonths('2026-01-15', -1)).toBe('2025-12-15');
  expect(addMonths('2026-03-31', -13)).toBe('2025-02-28');
  expect(() => addMonths('2026-01-31', 1, 32)).toThrow(RangeError);
  expect(() => addMonths('2026-01-31', 1, 0)).toThrow(RangeError);
});

test('two calendar months after 31 December is the last of February', () => {
  expect([addMonths('2026-12-31', 2), addMonths('2027-12-31', 2)]).toEqual(['2027-02-28', '2028-02-29']);
});

test('a cycle of 17 November to 16 December has 30 days, both ends counted', () => {
  expect(daysInclusive({ start: '2026-11-17', end: '2026-12-16' })).toBe(30);
  expect(daysInclusive({ start: '2026-11-17', end: '2026-11-17' })).toBe(1);
  expect(() => daysInclusive({ start: '2026-11-17', end: '2026-11-16' })).toThrow(RangeError);
});

test('the difference of two dates undoes the addition', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: -10_000, max: 10_000 }), (date, days) => {
      expect(daysFromTo(date, addDays(date, days))).toBe(days);
    }),
  );
});

test('months in one step or one by one with the anchor come to the same day', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 0, max: 40 }), (date, months) => {
      const anchorDay = dateParts(date).day;
      let step = date;
      for (let count = 0; count < months; count += 1) step = addMonths(step, 1, anchorDay);
      expect(step).toBe(addMonths(date, months));
    }),
  );
});

test('months end on their last day and weeks on Sunday', () => {
  expect(['2026-02-10', '2028-02-10', '2026-12-01'].map(lastDayOfMonth)).toEqual([
    '2026-02-28',
    '2028-02-29',
    '2026-12-31',
  ]);
  expect(['2026-11-16', '2026-11-21', '2026-11-22', '1969-12-31'].map(weekday)).toEqual([1, 6, 7, 3]);
});
