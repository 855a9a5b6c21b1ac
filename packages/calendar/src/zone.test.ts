import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, civilDateOf, endOfDay, instantOf, startOfDay, wallClock } from './index.ts';
import type { Zone } from './index.ts';

function hoursOf(date: string, zone?: Zone): number {
  return (endOfDay(date, zone).getTime() - startOfDay(date, zone).getTime()) / 3_600_000;
}

test.each([
  ['2026-03-08', '2026-11-01'],
  ['2027-03-14', '2027-11-07'],
  ['2028-03-12', '2028-11-05'],
  ['2029-03-11', '2029-11-04'],
  ['2030-03-10', '2030-11-03'],
])('%s has 23 hours and %s has 25, the days beside them 24', (spring, autumn) => {
  expect([hoursOf(addDays(spring, -1)), hoursOf(spring), hoursOf(addDays(spring, 1))]).toEqual([24, 23, 24]);
  expect([hoursOf(addDays(autumn, -1)), hoursOf(autumn), hoursOf(addDays(autumn, 1))]).toEqual([24, 25, 24]);
});

test('the evening in Quebec is already tomorrow in UTC, and the bill is dated in Quebec', () => {
  expect(civilDateOf(new Date('2026-11-22T04:59:59.999Z'))).toBe('2026-11-21');
  expect(civilDateOf(new Date('2026-11-22T05:00:00.000Z'))).toBe('2026-11-22');
  expect(civilDateOf(new Date('2026-07-02T03:59:59.999Z'))).toBe('2026-07-01');
  expect(civilDateOf(new Date('2026-07-02T04:00:00.000Z'))).toBe('2026-07-02');
});

test('a day starts at its midnight', () => {
  expect(startOfDay('2026-11-21').toISOString()).toBe('2026-11-21T05:00:00.000Z');
  expect(startOfDay('2026-07-01').toISOString()).toBe('2026-07-01T04:00:00.000Z');
  expect(endOfDay('2026-12-31')).toEqual(startOfDay('2027-01-01'));
});

test('06:00 in Quebec is another instant in summer than in winter', () => {
  expect(instantOf({ date: '2026-01-15', time: '06:00' }).toISOString()).toBe('2026-01-15T11:00:00.000Z');
  expect(instantOf({ date: '2026-07-15', time: '06:00' }).toISOString()).toBe('2026-07-15T10:00:00.000Z');
});

test('the hour that does not come is taken an hour later, the hour that comes twice the first time', () => {
  expect(instantOf({ date: '2026-03-08', time: '02:30' }).toISOString()).toBe('2026-03-08T07:30:00.000Z');
  expect(wallClock(new Date('2026-03-08T07:30:00.000Z'))).toEqual({ date: '2026-03-08', time: '03:30' });
  expect(instantOf({ date: '2026-11-01', time: '01:30' }).toISOString()).toBe('2026-11-01T05:30:00.000Z');
});

test('the lower North Shore does not change its clocks, the islands do', () => {
  expect(hoursOf('2026-03-08', 'America/Blanc-Sablon')).toBe(24);
  expect(hoursOf('2026-03-08', 'America/Halifax')).toBe(23);
  expect(startOfDay('2026-07-01', 'America/Blanc-Sablon').toISOString()).toBe('2026-07-01T04:00:00.000Z');
  expect(startOfDay('2026-07-01', 'America/Halifax').toISOString()).toBe('2026-07-01T03:00:00.000Z');
});

test('every instant lies in its own civil day, and its wall clock leads back to it', () => {
  const zones = fc.constantFrom<Zone>('America/Toronto', 'America/Halifax', 'America/Blanc-Sablon');
  const instants = fc.date({
    min: new Date('1990-01-01T00:00Z'),
    max: new Date('2090-01-01T00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, zones, (instant, zone) => {
      const { date, time } = wallClock(instant, zone);
      expect(startOfDay(date, zone) <= instant && instant < endOfDay(date, zone)).toBe(true);
      const lateMs = instant.getTime() - instantOf({ date, time }, zone).getTime();
      // Within the minute, or an hour later in the hour that comes twice.
      expect(lateMs % 3_600_000).toBeLessThan(60_000);
      expect([0, 1]).toContain(Math.floor(lateMs / 3_600_000));
    }),
  );
});

test('a time that no clock shows is refused', () => {
  for (const time of ['24:00', '9:00', '12:60', '12:00:00', '']) {
    expect(() => instantOf({ date: '2026-01-01', time })).toThrow(RangeError);
  }
});
