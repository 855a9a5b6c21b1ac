import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { multiply } from './index.ts';

const cents = fc.bigInt(-(10n ** 13n), 10n ** 13n);
const ratio = fc.record({ num: fc.bigInt(-(10n ** 6n), 10n ** 6n), den: fc.bigInt(1n, 10n ** 6n) });

test('half a cent goes away from zero, less is dropped', () => {
  const half = { num: 1n, den: 2n };
  expect([1n, 3n, -1n, -3n].map((amount) => multiply(amount, half))).toEqual([1n, 2n, -1n, -2n]);
  const third = { num: 1n, den: 3n };
  expect([1n, 2n, -1n, -2n].map((amount) => multiply(amount, third))).toEqual([0n, 1n, 0n, -1n]);
});

test('a product is never more than half a cent from the exact one', () => {
  fc.assert(
    fc.property(cents, ratio, (amount, { num, den }) => {
      const error = 2n * (multiply(amount, { num, den }) * den - amount * num);
      return error <= den && error >= -den;
    }),
  );
});

test('the opposite amount gives the opposite product', () => {
  fc.assert(fc.property(cents, ratio, (amount, by) => multiply(-amount, by) === -multiply(amount, by)));
});

test('a denominator that is not positive is refused', () => {
  expect(() => multiply(1n, { num: 1n, den: 0n })).toThrow(RangeError);
  expect(() => multiply(1n, { num: 1n, den: -2n })).toThrow(RangeError);
});
