import {
  addDays,
  dateOfDayNumber,
  periodAfter,
  periodContaining,
  type BillingFrequency,
} from '@gigafibre/calendar';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endAfterPause } from './promised-cycles.ts';

const anchor = '2026-01-01';
const months = (day: string) => periodContaining(day, { anchor, frequency: 'monthly' });

test.each([
  ['two whole months lost', '2026-02-28', '2026-05-01', '2026-08-31'],
  ['parts of two months count as one each', '2026-02-09', '2026-04-20', '2026-07-31'],
  ['within one month nothing is lost', '2026-03-04', '2026-03-21', '2026-06-30'],
  ['back after its end', '2026-02-28', '2026-09-10', '2026-12-31'],
  ['paused in its last month: none is left', '2026-06-09', '2026-08-01', '2026-06-30'],
])(
  'a discount of six months from January, %s: paused after %s and back on %s it ends on %s',
  (_, endsOn, on, end) => {
    const stopped = { startsOn: '2026-01-15', hadTo: endsOn, until: '2026-06-30' };
    expect(endAfterPause(stopped, { on, cycleOn: months })).toBe(end);
  },
);

test.each([
  ['in its first month: that month was had', '2026-01-20', '2026-06-30', '2026-04-05', '2026-08-31'],
  ['later: it was not', '2026-03-10', '2026-07-31', '2026-05-05', '2026-09-30'],
])('of six months, had to 9 January, back and gone again on one day %s', (_, startsOn, until, on, end) => {
  expect(endAfterPause({ startsOn, hadTo: '2026-01-09', until }, { on, cycleOn: months })).toBe(end);
});

test('one that had not begun is given whole', () => {
  const stopped = { startsOn: '2026-03-01', hadTo: null, until: '2026-05-31' };
  expect(endAfterPause(stopped, { on: '2026-04-20', cycleOn: months })).toBe('2026-06-30');
});

type Pause = Readonly<{ after: number; days: number }>;
const pause = fc.record({
  after: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 120 })),
  days: fc.integer({ min: 1, max: 183 }),
});

/** The cycles in which a discount was in force, through some pauses, each so many days after the last return. */
function billedCycles(
  startsOn: string,
  until: string,
  frequency: BillingFrequency,
  pauses: readonly Pause[],
) {
  const cycle = { anchor, frequency };
  const cycleOn = (day: string) => periodContaining(day, cycle);
  const billed = new Set<string>();
  const bill = (from: string, to: string) => {
    for (let next = periodContaining(from, cycle); next.start <= to; next = periodAfter(next, cycle))
      billed.add(next.start);
  };
  let [from, last] = [startsOn, until];
  let hadTo: string | null = null;
  for (const { after, days } of pauses) {
    const off = addDays(from, after);
    if (off > last) break;
    const endsOn = addDays(off, -1);
    const on = addDays(off, days);
    if (endsOn >= from) {
      bill(from, endsOn);
      hadTo = endsOn;
    }
    last = endAfterPause({ startsOn: from, hadTo, until: last }, { on, cycleOn });
    if (last < on) return billed.size;
    from = on;
  }
  bill(from, last);
  return billed.size;
}

test('however often the service rests, a discount is billed in as many cycles as it was promised for', () => {
  const promised = fc.record({
    first: fc.integer({ min: 20_500, max: 20_900 }).map(dateOfDayNumber),
    cycles: fc.integer({ min: 1, max: 24 }),
    frequency: fc.constantFrom<BillingFrequency>('monthly', 'quarterly', 'yearly'),
    pauses: fc.array(pause, { maxLength: 5 }),
  });
  fc.assert(
    fc.property(promised, ({ first, cycles, frequency, pauses }) => {
      let end = periodContaining(first, { anchor, frequency });
      for (let n = 1; n < cycles; n += 1) end = periodAfter(end, { anchor, frequency });
      expect(billedCycles(first, end.end, frequency, pauses)).toBe(cycles);
    }),
  );
});
