import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { civilDate, dateOfDayNumber, dateParts, dayNumber, daysInMonth, isCivilDate } from './index.ts';

test('a day that does not exist is not a date', () => {
  expect(['2026-02-28', '2028-02-29', '2000-02-29', '9999-12-31'].every(isCivilDate)).toBe(true);
  const wrong = [
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0999-01-01',
  ];
  expect(wrong.some(isCivilDate)).toBe(false);
  expect(
    ['', '2026-1-1', '20260101', '2026-01-01T00:00', ' 2026-01-01', '2026-01-01\n'].some(isCivilDate),
  ).toBe(false);
});

test('what is not a date throws where a date is needed', () => {
  expect(() => dateParts('2026-02-29')).toThrow(/2026-02-29/);
  expect(() => civilDate({ year: 2026, month: 2, day: 29 })).toThrow(RangeError);
  expect(() => dayNumber('tomorrow')).toThrow(RangeError);
});

test('months have their days, leap years too', () => {
  expect([2026, 2028, 1900, 2000].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29]);
  expect([4, 6, 9, 11, 12].map((month) => daysInMonth(2026, month))).toEqual([30, 30, 30, 30, 31]);
});

test('days are numbered without gaps and back', () => {
  expect(dayNumber('1970-01-01')).toBe(0);
  fc.assert(
    fc.property(fc.integer({ min: -300_000, max: 2_000_000 }), (number) => {
      const date = dateOfDayNumber(number);
      expect(dayNumber(date)).toBe(number);
      expect(date < dateOfDayNumber(number + 1)).toBe(true);
    }),
  );
});
