import { expect, test } from 'vitest';
import fc from 'fast-check';
import { parseDecimal } from './parse-decimal.ts';
import { isSigned, strokeLength } from './signature.ts';

test('a number is read in either language; nothing is null, nonsense is undefined', () => {
  expect(parseDecimal('-18,5')).toBe(-18.5);
  expect(parseDecimal(' 1 234.25 ')).toBe(1234.25);
  expect(parseDecimal('\u221227')).toBe(-27);
  expect(parseDecimal('')).toBeNull();
  for (const nonsense of ['12a', '1,2,3', '1e9', 'NaN', '.', '-'])
    expect(parseDecimal(nonsense)).toBeUndefined();
});

test('what is read is what was written, with a comma or a point', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (thousandths) => {
      const value = thousandths / 1000;
      expect(parseDecimal(String(value))).toBe(value);
      expect(parseDecimal(String(value).replace('.', ','))).toBe(value);
    }),
  );
});

test('a slip of the finger is not a signature', () => {
  expect(isSigned([])).toBe(false);
  expect(
    isSigned([
      [
        { x: 0, y: 0 },
        { x: 10, y: 0 },
      ],
    ]),
  ).toBe(false);
  expect(
    isSigned([
      [
        { x: 0, y: 0 },
        { x: 30, y: 0 },
      ],
      [
        { x: 0, y: 5 },
        { x: 0, y: 25 },
      ],
    ]),
  ).toBe(true);
  expect(
    strokeLength([
      { x: 0, y: 0 },
      { x: 3, y: 4 },
    ]),
  ).toBe(5);
});
