import fc from 'fast-check';
import { addDays } from '@gigafibre/calendar';
import { expect, test } from 'vitest';
import type { ChargedSubscription } from './charge-service-days.ts';
import { newPhoneMonths, type PhoneMonth } from './phone-months.ts';

const subscriptionId = 'SUB-1';
const phone = (startsOn: string, endsOn: string | null = null, kind: 'phone' | 'internet' = 'phone') => ({
  id: `SI-${startsOn}`,
  sku: 'TEL',
  kind,
  nameFr: 'Téléphone',
  nameEn: 'Phone',
  priceCents: 1_495n,
  frequency: 'monthly' as const,
  taxTreatment: 'taxable' as const,
  revenueAccount: '4030',
  startsOn,
  endsOn,
});
const service = (...items: ChargedSubscription['items']): ChargedSubscription => ({
  subscriptionId,
  customerId: 'C-1',
  locationId: 'L-1',
  anchor: '2026-01-01',
  items,
});
const asked = (
  of: ChargedSubscription,
  after: string | undefined,
  through: string,
  taxed: PhoneMonth[] = [],
) => newPhoneMonths(of, { after, through, taxed }).map(({ month, lines }) => [month, lines]);
const month = (first: string, lines = 1): PhoneMonth => ({ subscriptionId, month: first, lines });

test('each month with a line owes the tax whole, once a line', () => {
  const one = service(phone('2026-11-20'));
  expect(asked(one, undefined, '2026-11-20')).toEqual([['2026-11-01', 1]]);
  expect(asked(one, '2026-11-30', '2026-12-01', [month('2026-11-01')])).toEqual([['2026-12-01', 1]]);
  expect(asked(one, '2026-12-31', '2026-12-01', [month('2026-11-01'), month('2026-12-01')])).toEqual([]);
  expect(asked(service(phone('2026-11-20', null, 'internet')), undefined, '2026-11-20')).toEqual([]);
  // Two lines, one of which leaves on the second of a month.
  const two = service(phone('2026-11-01'), phone('2026-11-01', '2026-12-02'));
  expect(asked(two, undefined, '2027-01-01')).toEqual([
    ['2026-11-01', 2],
    ['2026-12-01', 2],
    ['2027-01-01', 1],
  ]);
});

test('another plan for the same line owes nothing more; a line added owes the month it came in', () => {
  const changed = service(phone('2026-11-01', '2026-11-14'), phone('2026-11-15'));
  expect(asked(changed, '2026-11-30', '2026-11-30', [month('2026-11-01')])).toEqual([]);
  const added = service(phone('2026-11-01'), phone('2026-11-15'));
  expect(asked(added, '2026-11-30', '2026-12-01', [month('2026-11-01')])).toEqual([
    ['2026-11-01', 1],
    ['2026-12-01', 2],
  ]);
  // It came in the cycle charged last, to a service that had no telephone.
  expect(asked(service(phone('2026-11-15')), '2026-11-30', '2026-12-01')).toEqual([
    ['2026-11-01', 1],
    ['2026-12-01', 1],
  ]);
  // Months charged before there was the tax stay as they are.
  expect(asked(service(phone('2024-03-01')), '2026-11-30', '2026-12-01')).toEqual([['2026-12-01', 1]]);
});

test('however runs follow one another, each month of a line is charged exactly once', () => {
  const days = fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 27 }), (steps, start) => {
      const one = service(phone(addDays('2026-01-01', start)));
      const taxed: PhoneMonth[] = [
        ...newPhoneMonths(one, { after: undefined, through: addDays('2026-01-01', start), taxed: [] }),
      ];
      let through = addDays('2026-01-01', start);
      for (const step of steps) {
        const after = through;
        through = addDays(through, step);
        taxed.push(...newPhoneMonths(one, { after, through, taxed }));
      }
      const months = taxed.map((one_) => one_.month);
      expect(new Set(months).size).toBe(months.length);
      expect(months.length).toBe(
        1 + Number(through.slice(5, 7)) - 1 + 12 * (Number(through.slice(0, 4)) - 2026),
      );
    }),
    { numRuns: 200 },
  );
});
