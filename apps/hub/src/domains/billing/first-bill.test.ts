// The first bill of a service, in pure figures: facts of the trade for proration, real calendar months.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysInMonth } from '@gigafibre/calendar';
import { newDays } from '../charges/index.ts';
import { chargedSubscription, firstAnchor, type SubscriptionItem } from '../subscriptions/index.ts';
import { daysLine, onceLines } from './first-bill.ts';

const item = (over: Partial<SubscriptionItem> = {}): SubscriptionItem => ({
  id: 'SI-1',
  sku: 'FIBRE-500',
  nameFr: 'Fibre 500',
  nameEn: 'Fibre 500',
  kind: 'internet',
  frequency: 'monthly',
  priceVersionId: 'PV-1',
  priceCents: 6_995n,
  taxTreatment: 'taxable',
  revenueAccount: '4010',
  downloadMbps: 500,
  uploadMbps: 500,
  oltProfile: null,
  radiusProfile: null,
  startsOn: null,
  endsOn: null,
  ...over,
});
const bill = (items: readonly SubscriptionItem[], on: string, today = on) => {
  const service = chargedSubscription({
    id: 'SUB-1',
    customerId: 'C-1',
    locationId: 'LOC-1',
    billingAnchor: firstAnchor(on),
    timeline: items.map((one) => ({ ...one, startsOn: on })),
  });
  const days = newDays(service, { after: undefined, through: today });
  return [...days.map(daysLine), ...onceLines({ id: 'SUB-1', locationId: 'LOC-1', items })];
};

test.each([
  ['2026-11-12', 4_430n, 'Prorata : 19 jours sur 30', 'Prorated: 19 days of 30'],
  ['2026-02-19', 2_498n, 'Prorata : 10 jours sur 28', 'Prorated: 10 days of 28'],
  ['2026-07-22', 2_256n, 'Prorata : 10 jours sur 31', 'Prorated: 10 days of 31'],
  ['2028-02-29', 241n, 'Prorata : 1 jour sur 29', 'Prorated: 1 day of 29'],
])('69.95 a month from %s comes to %s cents', (on, amountCents, fr, en) => {
  expect(bill([item()], on)).toMatchObject([{ amountCents, detail: { fr, en }, period: { from: on } }]);
});

test('a service that starts on the first owes the whole month, without proration', () => {
  expect(bill([item()], '2026-11-01')).toMatchObject([
    { amountCents: 6_995n, detail: null, period: { from: '2026-11-01', to: '2026-11-30' } },
  ]);
});

test('what is sold once is billed whole and once', () => {
  const once = item({ frequency: 'one_time', priceCents: 10_000n });
  expect(bill([once], '2026-11-12')).toMatchObject([{ kind: 'one_time', amountCents: 10_000n }]);
});

test('a start handed in after the month has turned owes the part of the old month and the new one', () => {
  expect(bill([item()], '2026-10-25', '2026-11-02')).toMatchObject([
    { amountCents: 1_580n, period: { from: '2026-10-25', to: '2026-10-31' } },
    { amountCents: 6_995n, detail: null, period: { from: '2026-11-01', to: '2026-11-30' } },
  ]);
});

test('quarters and years run on the calendar', () => {
  const [quarter] = bill([item({ frequency: 'quarterly' })], '2026-11-12');
  expect(quarter?.period).toEqual({ from: '2026-11-12', to: '2026-12-31' });
  const [year] = bill([item({ frequency: 'yearly' })], '2026-11-12');
  expect(year?.detail?.fr).toBe('Prorata : 50 jours sur 365');
});

test('whatever the day, a part of a month is never negative, never above the price, and reaches its end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_000 }), fc.bigInt(0n, 100_000n), (days, priceCents) => {
      const on = addDays('2024-01-01', days);
      const lines = bill([item({ priceCents })], on);
      const [year = 0, month = 0] = on.split('-').map(Number);
      expect(lines).toHaveLength(1);
      expect(lines[0]?.period).toEqual({
        from: on,
        to: `${on.slice(0, 8)}${String(daysInMonth(year, month)).padStart(2, '0')}`,
      });
      expect((lines[0]?.amountCents ?? -1n) >= 0n && (lines[0]?.amountCents ?? -1n) <= priceCents).toBe(true);
    }),
  );
});
