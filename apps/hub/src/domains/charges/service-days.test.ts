import { addDays, daysInclusive } from '@gigafibre/calendar';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysToCharge, newCycles, type ChargedCycle, type RecurringItem } from './service-days.ts';

const FIRST = '2026-01-01';
const item = (over: Partial<RecurringItem> = {}): RecurringItem => ({
  id: 'SI-1',
  priceCents: 6_995n,
  frequency: 'monthly',
  startsOn: '2026-11-01',
  endsOn: null,
  ...over,
});
const ask = (over: Partial<RecurringItem>, charged: readonly ChargedCycle[] = []) =>
  daysToCharge({ item: item(over), anchor: FIRST, from: '2026-11-01', through: '2026-11-30', charged });
const november = { start: '2026-11-01', end: '2026-11-30' };
const whole: ChargedCycle = {
  itemId: 'SI-1',
  cycle: november,
  days: { from: '2026-11-01', to: '2026-11-30' },
  cents: 6_995n,
  givenCents: 0n,
};

test('the parts of a month of the fact sheet', () => {
  expect(ask({ startsOn: '2026-11-12' }).map(({ cents }) => cents)).toEqual([4_430n]);
  expect(ask({ endsOn: '2026-11-12' }, [whole]).map(({ cents }) => cents)).toEqual([-4_197n]);
  expect(ask({ endsOn: '2026-11-15' }, [whole]).map(({ cents }) => cents)).toEqual([-3_498n]);
  expect(ask({ startsOn: '2026-11-16', priceCents: 8_995n }).map(({ cents }) => cents)).toEqual([4_498n]);
  const inMonth = (startsOn: string, endsOn: string) =>
    daysToCharge({
      item: item({ startsOn, endsOn }),
      anchor: FIRST,
      from: startsOn,
      through: endsOn,
      charged: [],
    }).map(({ cents }) => cents);
  expect(inMonth('2026-02-01', '2026-02-10')).toEqual([2_498n]);
  expect(inMonth('2026-07-01', '2026-07-10')).toEqual([2_256n]);
});

test('two halves of a price are 34.98 and 34.97, never 34.98 twice', () => {
  const [first] = ask({ endsOn: '2026-11-15' });
  expect(first?.cents).toBe(3_498n);
  const [second] = ask({}, first ? [first.after] : []);
  expect(second).toMatchObject({ cents: 3_497n, days: { from: '2026-11-16', to: '2026-11-30' } });
});

test('what never was in force is credited whole, and asking again changes nothing', () => {
  const [back] = ask({ endsOn: '2026-10-31' }, [whole]);
  expect(back).toMatchObject({ cents: -6_995n, after: { days: null, cents: 0n } });
  expect(ask({ endsOn: '2026-10-31' }, back ? [back.after] : [])).toEqual([]);
});

test('a discount of a few cents is given back by its days too', () => {
  const charged = { ...whole, cents: -3n };
  expect(ask({ priceCents: -3n, endsOn: '2026-11-28' }, [charged]).map(({ cents }) => cents)).toEqual([0n]);
});

test('a run charges the cycles that start after the last one, and no part of an older one', () => {
  const run = (after: string, through: string) => newCycles(item(), { anchor: FIRST, after, through });
  expect(run('2026-11-01', '2026-12-01')).toMatchObject([
    { cents: 6_995n, days: { from: '2026-12-01', to: '2026-12-31' } },
  ]);
  expect(run('2026-12-01', '2026-12-31')).toEqual([]);
  const ends = item({ endsOn: '2026-12-10' });
  expect(newCycles(ends, { anchor: FIRST, after: '2026-11-30', through: '2027-02-01' })).toMatchObject([
    { cents: 2_256n, days: { from: '2026-12-01', to: '2026-12-10' } },
  ]);
});

test('a service that was forgotten for years is a matter for a person, not for one invoice', () => {
  expect(() => newCycles(item(), { anchor: FIRST, after: '2026-11-01', through: '2036-11-01' })).toThrow(
    'more than 40 cycles',
  );
});

const day = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((days) => addDays('2026-01-31', days));

test('after any sequence of changes the days charged are the days in force, within a cent a change', () => {
  fc.assert(
    fc.property(
      fc.record({
        priceCents: fc.bigInt({ min: -50_000n, max: 50_000n }),
        frequency: fc.constantFrom('monthly', 'quarterly', 'yearly'),
        anchor: day(0, 60),
        startsOn: day(0, 90),
        changes: fc.array(fc.option(day(0, 400), { nil: null }), { maxLength: 8 }),
      }),
      ({ priceCents, frequency, anchor, startsOn, changes }) => {
        const cycles = new Map<string, ChargedCycle>();
        let steps = 0;
        for (const endsOn of [null, ...changes]) {
          const changed = item({ priceCents, frequency, startsOn, endsOn });
          const asked = { item: changed, anchor, from: startsOn, through: '2027-01-01' };
          for (const step of daysToCharge({ ...asked, charged: [...cycles.values()] })) {
            cycles.set(step.cycle.start, step.after);
            steps += 1;
          }
          expect(daysToCharge({ ...asked, charged: [...cycles.values()] })).toEqual([]);
          for (const { cycle, days, cents } of cycles.values()) {
            const from = startsOn > cycle.start ? startsOn : cycle.start;
            const to = endsOn !== null && endsOn < cycle.end ? endsOn : cycle.end;
            const length = from <= to ? daysInclusive({ start: from, end: to }) : 0;
            expect(days).toEqual(length === 0 ? null : { from, to });
            const exact = (Number(priceCents) * length) / daysInclusive(cycle);
            expect(Math.abs(Number(cents) - exact)).toBeLessThanOrEqual(length === 0 ? 0 : steps);
            if (length === daysInclusive(cycle)) expect(cents).toBe(priceCents);
          }
        }
      },
    ),
    { numRuns: 3_000 },
  );
});
