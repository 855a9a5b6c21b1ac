import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  anchorOnDay,
  dateOfDayNumber,
  dateParts,
  daysFromTo,
  daysInclusive,
  periodAfter,
  periodAt,
  periodContaining,
} from './index.ts';
import type { BillingFrequency } from './index.ts';

const someDay = fc.integer({ min: 10_000, max: 40_000 }).map(dateOfDayNumber);
const someCycle = fc.record({
  anchor: someDay,
  frequency: fc.constantFrom<BillingFrequency>('monthly', 'quarterly', 'yearly'),
});

test.each([
  ['2026-11-12', '2026-01-01', 'monthly', '2026-11-01', '2026-11-30'],
  ['2026-11-30', '2026-01-01', 'monthly', '2026-11-01', '2026-11-30'],
  ['2026-12-16', '2026-11-17', 'monthly', '2026-11-17', '2026-12-16'],
  ['2026-12-17', '2026-11-17', 'monthly', '2026-12-17', '2027-01-16'],
  ['2026-11-16', '2026-11-17', 'monthly', '2026-10-17', '2026-11-16'],
  ['2026-02-27', '2026-01-31', 'monthly', '2026-01-31', '2026-02-27'],
  ['2026-02-28', '2026-01-31', 'monthly', '2026-02-28', '2026-03-30'],
  ['2026-03-31', '2026-01-31', 'monthly', '2026-03-31', '2026-04-29'],
  ['2028-02-29', '2026-01-31', 'monthly', '2028-02-29', '2028-03-30'],
  ['2026-05-14', '2026-02-15', 'quarterly', '2026-02-15', '2026-05-14'],
  ['2026-01-01', '2026-02-15', 'quarterly', '2025-11-15', '2026-02-14'],
  ['2027-02-28', '2024-02-29', 'yearly', '2027-02-28', '2028-02-28'],
  ['2028-02-29', '2024-02-29', 'yearly', '2028-02-29', '2029-02-27'],
] as const)('%s, anchored on %s, %s, falls in %s to %s', (date, anchor, frequency, start, end) => {
  expect(periodContaining(date, { anchor, frequency })).toEqual({ start, end });
});

test('every day falls in exactly one period, and the next starts the day after', () => {
  fc.assert(
    fc.property(someDay, someCycle, (date, cycle) => {
      const period = periodContaining(date, cycle);
      expect(period.start <= date && date <= period.end).toBe(true);
      const next = periodAfter(period, cycle);
      expect(next.start).toBe(addDays(period.end, 1));
      expect(periodContaining(addDays(next.start, -1), cycle)).toEqual(period);
    }),
  );
});

test('a period starts on the anchor day unless its month is too short', () => {
  fc.assert(
    fc.property(someCycle, fc.integer({ min: -60, max: 60 }), (cycle, index) => {
      const { start } = periodAt(index, cycle);
      const wished = dateParts(cycle.anchor).day;
      const nextDay = dateParts(addDays(start, 1)).day;
      expect(dateParts(start).day === wished || (dateParts(start).day < wished && nextDay === 1)).toBe(true);
    }),
  );
});

test('a month has 28 to 31 days, a year 365 or 366', () => {
  fc.assert(
    fc.property(someDay, someDay, (date, anchor) => {
      const month = daysInclusive(periodContaining(date, { anchor, frequency: 'monthly' }));
      const year = daysInclusive(periodContaining(date, { anchor, frequency: 'yearly' }));
      expect(month >= 28 && month <= 31 && (year === 365 || year === 366)).toBe(true);
    }),
  );
});

test('the anchor of a chosen day is the latest one not after the date', () => {
  expect(anchorOnDay(1, '2026-11-12')).toBe('2026-11-01');
  expect(anchorOnDay(22, '2026-11-12')).toBe('2026-10-22');
  expect(anchorOnDay(31, '2026-03-30')).toBe('2026-01-31');
  expect(() => anchorOnDay(32, '2026-03-30')).toThrow(RangeError);
  fc.assert(
    fc.property(someDay, fc.integer({ min: 1, max: 31 }), (near, day) => {
      const anchor = anchorOnDay(day, near);
      expect(dateParts(anchor).day).toBe(day);
      expect(anchor <= near && daysFromTo(anchor, near) <= 62).toBe(true);
    }),
  );
});
