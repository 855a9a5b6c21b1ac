import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { multiply } from './multiply.ts';
import { roundToTotal } from './round-to-total.ts';
import { sumCents } from './cents.ts';

test('parts of mixed signs are rounded to their rounded sum, and their mirror to the opposite', () => {
  const nums = fc.array(fc.bigInt(-(10n ** 9n), 10n ** 9n), { maxLength: 12 });
  fc.assert(
    fc.property(nums, fc.bigInt(1n, 10n ** 5n), (parts, den) => {
      const totalCents = multiply(sumCents(parts), { num: 1n, den });
      const rounded = roundToTotal({ nums: parts, den, totalCents });
      expect(sumCents(rounded)).toBe(totalCents);
      rounded.forEach((cents, index) => {
        const error = cents * den - (parts[index] ?? 0n);
        expect(error < den && error > -den).toBe(true);
      });
      const mirror = { nums: parts.map((num) => -num), den, totalCents: -totalCents };
      expect(roundToTotal(mirror)).toEqual(rounded.map((cents) => -cents));
    }),
  );
});

test('a total that is not the sum of the parts is refused', () => {
  expect(() => roundToTotal({ nums: [10n, 10n], den: 10n, totalCents: 5n })).toThrow(/left over/);
  expect(() => roundToTotal({ nums: [10n, 10n], den: 10n, totalCents: 1n })).toThrow(/left over/);
});

test('parts that cancel out are mirrored too', () => {
  expect(roundToTotal({ nums: [1n, -1n], den: 2n, totalCents: 0n })).toEqual([1n, -1n]);
  expect(roundToTotal({ nums: [-1n, 1n], den: 2n, totalCents: 0n })).toEqual([-1n, 1n]);
});
