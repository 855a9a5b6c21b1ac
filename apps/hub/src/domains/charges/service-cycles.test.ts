import { addDays, addMonths, dateParts, daysInMonth } from '@gigafibre/calendar';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newDays, type ChargedSubscription } from './charge-service-days.ts';
import { cyclesOf, turnedTo, turnsBetween } from './service-cycles.ts';

const item = {
  id: 'SI-1',
  sku: 'FIBRE-500',
  kind: 'internet',
  nameFr: 'Fibre 500',
  nameEn: 'Fibre 500',
  taxTreatment: 'taxable',
  revenueAccount: '4010',
  priceCents: 6_995n,
  endsOn: null,
} as const;
const service = (
  over: Partial<ChargedSubscription>,
  frequency: 'monthly' | 'quarterly' | 'yearly' = 'monthly',
): ChargedSubscription => ({
  subscriptionId: 'SUB-1',
  customerId: 'C-1',
  locationId: 'LOC-1',
  anchor: '2026-01-01',
  items: [{ ...item, frequency, startsOn: '2026-11-01' }],
  ...over,
});
const charged = (one: ChargedSubscription, after: string, through: string) =>
  newDays(one, { after, through }).map(({ charged: { days, cents } }) => [days.from, days.to, cents]);

test('from the first to the 15th: the cycle that is charged runs out, 14 days are charged once, then whole cycles', () => {
  const anchors = turnedTo({ anchor: '2026-01-01' }, { after: '2026-11-21', day: 15 });
  const turned = service({ anchors });
  expect(charged(turned, '2026-11-01', '2026-12-01')).toEqual([['2026-12-01', '2026-12-14', 3_159n]]);
  expect(turnsBetween(turned, { after: '2026-12-01', through: '2026-12-14' })).toBe(false);
  expect(charged(turned, '2026-12-01', '2027-01-20')).toEqual([
    ['2026-12-15', '2027-01-14', 6_995n],
    ['2027-01-15', '2027-02-14', 6_995n],
  ]);
  expect(cyclesOf(turned, 'monthly')('2026-12-10')).toEqual({ start: '2026-12-01', end: '2026-12-14' });
});

test('the 31st is the last day of shorter months and comes back; set anew before it comes, only the last word counts', () => {
  const first = turnedTo({ anchor: '2026-01-01' }, { after: '2027-01-20', day: 31 });
  const starts = ['2027-02-10', '2027-03-05', '2027-04-10', '2027-05-10', '2028-03-01'].map(
    (day) => cyclesOf({ anchor: '2026-01-01', anchors: first }, 'monthly')(day).start,
  );
  expect(starts).toEqual(['2027-02-01', '2027-02-28', '2027-03-31', '2027-04-30', '2028-02-29']);
  const again = turnedTo({ anchor: '2026-01-01', anchors: first }, { after: '2027-01-25', day: 10 });
  expect(again.filter(({ frequency }) => frequency === 'monthly')).toEqual([
    { frequency: 'monthly', from: '2027-02-10', anchor: '2027-02-10' },
  ]);
  expect(turnedTo({ anchor: '2026-01-01', anchors: again }, { after: '2027-01-26', day: 1 })).toEqual([]);
});

test('a yearly price turns in the month it is renewed in', () => {
  const anchors = turnedTo({ anchor: '2026-01-01' }, { after: '2026-11-21', day: 15 });
  const turned = service({ anchors }, 'yearly');
  expect(charged(turned, '2026-11-01', '2027-01-20')).toEqual([
    ['2027-01-01', '2027-01-14', 268n],
    ['2027-01-15', '2028-01-14', 6_995n],
  ]);
});

test('back to the first, a quarter and a year are renewed in their months still: the rest of one is charged by its days', () => {
  const first = turnedTo({ anchor: '2026-01-01' }, { after: '2026-11-21', day: 15 });
  const back = turnedTo({ anchor: '2026-01-01', anchors: first }, { after: '2027-02-20', day: 1 });
  expect(charged(service({ anchors: back }, 'yearly'), '2027-02-20', '2029-01-01')).toEqual([
    ['2028-01-15', '2028-12-31', 6_727n],
    ['2029-01-01', '2029-12-31', 6_995n],
  ]);
  expect(charged(service({ anchors: back }, 'quarterly'), '2027-02-20', '2027-07-01')).toEqual([
    ['2027-04-15', '2027-06-30', 5_919n],
    ['2027-07-01', '2027-09-30', 6_995n],
  ]);
});

const frequency = fc.constantFrom('monthly', 'quarterly', 'yearly');
const step = fc.record({
  days: fc.integer({ min: 0, max: 70 }),
  day: fc.option(fc.integer({ min: 1, max: 31 }), { nil: null }),
});

test('on whichever days one is billed and however often that changes, each day is charged once, and whole cycles start on the day', () => {
  fc.assert(
    fc.property(
      fc.record({
        frequency,
        day: fc.integer({ min: 1, max: 31 }),
        starts: fc.integer({ min: 0, max: 800 }),
        steps: fc.array(step, { maxLength: 12 }),
      }),
      ({ frequency: often, day: firstDay, starts, steps }) => {
        const startsOn = addDays('2027-01-01', starts);
        const anchor = addMonths(`${startsOn.slice(0, 4)}-01-01`, 0, firstDay);
        let one = service({ anchor, items: [{ ...item, frequency: often, startsOn }] });
        let [today, through, wanted] = [startsOn, startsOn, firstDay];
        const taken = newDays(one, { after: undefined, through });
        for (const { days, day } of [...steps, { days: 800, day: null }]) {
          today = addDays(today, days);
          taken.push(...newDays(one, { after: through, through: today }));
          through = today;
          if (day === null) continue;
          wanted = day;
          one = { ...one, anchors: turnedTo(one, { after: today, day }) };
        }
        let next = startsOn;
        for (const { charged: paid } of taken) {
          expect(paid.days.from).toBe(next);
          next = addDays(paid.days.to, 1);
        }
        expect(next > today).toBe(true);
        // However often the day changed, a quarter and a year are renewed in the months they were.
        const monthsApart = dateParts(next).month - dateParts(anchor).month;
        expect(Math.abs(monthsApart) % { monthly: 1, quarterly: 3, yearly: 12 }[often]).toBe(0);
        const { year, month, day: last } = dateParts(next);
        if (often === 'monthly') expect(last).toBe(Math.min(wanted, daysInMonth(year, month)));
      },
    ),
    { numRuns: 1_500 },
  );
});
