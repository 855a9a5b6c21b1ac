import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addBusinessDays,
  addDays,
  BANKING,
  businessDayBefore,
  CUSTOMERS,
  dateOfDayNumber,
  daysOff,
  easterSunday,
  EMPLOYEES,
  HOLIDAYS,
  isBusinessDay,
  nextBusinessDay,
  SUBCONTRACTORS,
} from './index.ts';
import type { HolidayCode, WorkCalendar } from './index.ts';

const calendars = fc.constantFrom(EMPLOYEES, SUBCONTRACTORS, BANKING, CUSTOMERS);
const someDay = fc.integer({ min: 10_000, max: 40_000 }).map(dateOfDayNumber);

function dayOff(
  code: HolidayCode,
  { year, calendar }: { year: number; calendar: WorkCalendar },
): string | undefined {
  return daysOff(year, calendar).find((day) => day.code === code)?.on;
}

const quebec = (year: number) => ({ year, calendar: SUBCONTRACTORS });
const banks = (year: number) => ({ year, calendar: BANKING });

test.each([
  [2026, '2026-04-03', '2026-04-06', '2026-05-18', '2026-09-07', '2026-10-12'],
  [2027, '2027-03-26', '2027-03-29', '2027-05-24', '2027-09-06', '2027-10-11'],
  [2028, '2028-04-14', '2028-04-17', '2028-05-22', '2028-09-04', '2028-10-09'],
  [2029, '2029-03-30', '2029-04-02', '2029-05-21', '2029-09-03', '2029-10-08'],
  [2030, '2030-04-19', '2030-04-22', '2030-05-20', '2030-09-02', '2030-10-14'],
])(
  'the moving holidays of %s fall where they were computed',
  (year, friday, monday, patriots, labour, thanks) => {
    const codes = ['good_friday', 'easter_monday', 'patriots_day', 'labour_day', 'thanksgiving'] as const;
    expect(codes.map((code) => HOLIDAYS[code].dayIn(year))).toEqual([
      friday,
      monday,
      patriots,
      labour,
      thanks,
    ]);
  },
);

test('Easter falls on its known days, the earliest and the latest too', () => {
  expect([1818, 2000, 2011, 2024, 2025, 2038].map(easterSunday)).toEqual([
    '1818-03-22',
    '2000-04-23',
    '2011-04-24',
    '2024-03-31',
    '2025-04-20',
    '2038-04-25',
  ]);
});

test('on 24 June the crews rest, the employees and the banks work', () => {
  const works = [SUBCONTRACTORS, CUSTOMERS, EMPLOYEES, BANKING].map((one) =>
    isBusinessDay('2026-06-24', one),
  );
  expect(works).toEqual([false, false, true, true]);
});

test('truth and reconciliation, remembrance and Boxing Day are federal only', () => {
  for (const date of ['2026-09-30', '2026-11-11', '2025-12-26']) {
    expect([EMPLOYEES, SUBCONTRACTORS, BANKING].map((one) => isBusinessDay(date, one))).toEqual([
      false,
      true,
      false,
    ]);
  }
});

test('in Quebec only the Fête nationale and Canada Day move, from a Sunday to the Monday', () => {
  expect(dayOff('fete_nationale', quebec(2029))).toBe('2029-06-25');
  expect(dayOff('canada_day', quebec(2029))).toBe('2029-07-02');
  expect(dayOff('canada_day', quebec(2028))).toBe('2028-07-01');
  expect(dayOff('new_year', quebec(2028))).toBe('2028-01-01');
});

test('a bank holiday on a weekend goes to the next weekday that is free', () => {
  expect([dayOff('canada_day', banks(2023)), dayOff('truth_and_reconciliation', banks(2023))]).toEqual([
    '2023-07-03',
    '2023-10-02',
  ]);
  expect([dayOff('christmas', banks(2021)), dayOff('boxing_day', banks(2021))]).toEqual([
    '2021-12-27',
    '2021-12-28',
  ]);
  expect([dayOff('christmas', banks(2022)), dayOff('boxing_day', banks(2022))]).toEqual([
    '2022-12-27',
    '2022-12-26',
  ]);
  expect(dayOff('new_year', banks(2022))).toBe('2022-01-03');
});

test('a debit that falls on a day off moves to the next business day', () => {
  expect(nextBusinessDay('2026-11-20', BANKING)).toBe('2026-11-20');
  expect(nextBusinessDay('2026-11-21', BANKING)).toBe('2026-11-23');
  expect(nextBusinessDay('2026-04-03', BANKING)).toBe('2026-04-06');
  expect(nextBusinessDay('2026-04-03', CUSTOMERS)).toBe('2026-04-07');
  expect(nextBusinessDay('2026-12-25', BANKING)).toBe('2026-12-29');
});

test('the company may close a day and open another', () => {
  const ours = { ...EMPLOYEES, closed: ['2026-12-24'], open: ['2026-11-11', '2026-11-22'] };
  expect(isBusinessDay('2026-12-24', ours)).toBe(false);
  expect(isBusinessDay('2026-11-11', ours)).toBe(true);
  expect(isBusinessDay('2026-11-22', ours)).toBe(false);
});

test('business days are counted without the first day', () => {
  expect(addBusinessDays('2026-11-20', 1, EMPLOYEES)).toBe('2026-11-23');
  expect(addBusinessDays('2026-12-23', 3, EMPLOYEES)).toBe('2026-12-30');
  expect(addBusinessDays('2026-11-09', 10, BANKING)).toBe('2026-11-24');
  expect(() => addBusinessDays('2026-11-09', 0, BANKING)).toThrow(RangeError);
  expect(() => addBusinessDays('2026-11-09', 1e9, BANKING)).toThrow(RangeError);
});

test('the next business day is one, is not earlier, and nothing between is one', () => {
  fc.assert(
    fc.property(someDay, calendars, (date, calendar) => {
      const next = nextBusinessDay(date, calendar);
      expect(isBusinessDay(next, calendar)).toBe(true);
      for (let day = date; day < next; day = addDays(day, 1))
        expect(isBusinessDay(day, calendar)).toBe(false);
    }),
  );
});

test('no two holidays share a day off where each is moved', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1990, max: 2090 }),
      fc.constantFrom(EMPLOYEES, BANKING),
      (year, calendar) => {
        const days = daysOff(year, calendar).map(({ on }) => on);
        expect(new Set(days).size).toBe(calendar.holidays.length);
        expect(days.every((day) => day.startsWith(String(year)))).toBe(true);
      },
    ),
  );
});

test('a calendar that is always closed is refused rather than searched for ever', () => {
  const closed = Array.from({ length: 100 }, (_, days) => addDays('2026-01-01', days));
  expect(() => nextBusinessDay('2026-01-01', { ...BANKING, closed })).toThrow(/60 days/);
});

test('the business day before is the last one people work, and none lies between', () => {
  expect(businessDayBefore('2026-11-03', EMPLOYEES)).toBe('2026-11-02');
  expect(businessDayBefore('2026-11-02', EMPLOYEES)).toBe('2026-10-30');
  // Christmas Day and Boxing Day of 2026 are a Friday and a Saturday, shifted to the Monday.
  expect(businessDayBefore('2026-12-29', EMPLOYEES)).toBe('2026-12-24');
  fc.assert(
    fc.property(someDay, calendars, (date, calendar) => {
      const before = businessDayBefore(date, calendar);
      expect(before < date && isBusinessDay(before, calendar)).toBe(true);
      expect(nextBusinessDay(addDays(before, 1), calendar) >= date).toBe(true);
    }),
  );
});
