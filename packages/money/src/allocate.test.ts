import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, sumCents } from './index.ts';

const total = fc.bigInt(-(10n ** 12n), 10n ** 12n);
const weights = fc
  .array(fc.bigInt(0n, 10n ** 6n), { minLength: 1, maxLength: 20 })
  .filter((all) => sumCents(all) > 0n);

test('of equal fractions the earlier piece gets the cent', () => {
  expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
  expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
  expect(allocate(2n, [1n, 1n, 1n])).toEqual([1n, 1n, 0n]);
});

test('the cent goes to the largest dropped fraction', () => {
  expect(allocate(10n, [1n, 2n, 4n])).toEqual([1n, 3n, 6n]);
});

test('the pieces add up to the total, to the cent', () => {
  fc.assert(fc.property(total, weights, (cents, by) => sumCents(allocate(cents, by)) === cents));
});

test('every piece is within a cent of its exact share', () => {
  fc.assert(
    fc.property(total, weights, (cents, by) => {
      const sum = sumCents(by);
      return allocate(cents, by).every((piece, index) => {
        const error = piece * sum - cents * (by[index] ?? 0n);
        return error < sum && error > -sum;
      });
    }),
  );
});

test('a weight of zero gets nothing', () => {
  fc.assert(fc.property(total, weights, (cents, by) => allocate(cents, [0n, ...by, 0n]).at(0) === 0n));
  expect(allocate(7n, [0n, 3n, 0n])).toEqual([0n, 7n, 0n]);
});

test('the opposite total is split as the mirror', () => {
  fc.assert(
    fc.property(total, weights, (cents, by) => {
      expect(allocate(-cents, by)).toEqual(allocate(cents, by).map((piece) => -piece));
    }),
  );
});

test('there must be something to split by', () => {
  expect(() => allocate(1n, [])).toThrow(RangeError);
  expect(() => allocate(1n, [0n, 0n])).toThrow(RangeError);
  expect(() => allocate(1n, [2n, -1n])).toThrow(RangeError);
});
