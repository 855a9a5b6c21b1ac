import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { prorate, prorateSplit, sumCents } from './index.ts';

const price = fc.bigInt(-100_000n, 100_000n);

test.each([
  ['activated on 12 November of a calendar month', 19, 30, 4430n],
  ['cancelled on 12 November, days given back', 18, 30, 4197n],
  ['10 days of February', 10, 28, 2498n],
  ['10 days of July', 10, 31, 2256n],
  ['changed on 16 November, credit of the old plan', 15, 30, 3498n],
  ['the whole cycle', 30, 30, 6995n],
  ['no day', 0, 30, 0n],
])('69.95 prorated: %s', (_, usedDays, cycleDays, expected) => {
  expect(prorate(6995n, { usedDays, cycleDays })).toBe(expected);
});

test('a cancellation keeps what it does not give back', () => {
  expect(6995n - prorate(6995n, { usedDays: 18, cycleDays: 30 })).toBe(2798n);
});

test('a plan change charges the new price for the same days', () => {
  expect(prorate(8995n, { usedDays: 15, cycleDays: 30 })).toBe(4498n);
});

test('two halves of 69.95 are 34.98 and 34.97, never 34.98 twice', () => {
  expect(prorateSplit(6995n, [15, 15])).toEqual([3498n, 3497n]);
});

test('a small price cut into many days never goes negative', () => {
  expect(prorateSplit(2n, [1, 1, 1, 1])).toEqual([1n, 0n, 1n, 0n]);
});

test('pieces add up to the price, the first is its own proration, each is within a cent of exact', () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(price, pieces, (priceCents, days) => {
      const cycleDays = days.reduce((sum, day) => sum + day, 0);
      const split = prorateSplit(priceCents, days);
      expect(sumCents(split)).toBe(priceCents);
      expect(split[0]).toBe(prorate(priceCents, { usedDays: days[0] ?? 0, cycleDays }));
      split.forEach((cents, index) => {
        const error = cents * BigInt(cycleDays) - priceCents * BigInt(days[index] ?? 0);
        expect(error <= BigInt(cycleDays) && error >= -BigInt(cycleDays)).toBe(true);
      });
    }),
  );
});

test('days that are not a part of the cycle are refused', () => {
  for (const share of [
    { usedDays: 31, cycleDays: 30 },
    { usedDays: -1, cycleDays: 30 },
    { usedDays: 1.5, cycleDays: 30 },
    { usedDays: 0, cycleDays: 0 },
    { usedDays: Number.NaN, cycleDays: 30 },
  ]) {
    expect(() => prorate(6995n, share)).toThrow(RangeError);
  }
});
