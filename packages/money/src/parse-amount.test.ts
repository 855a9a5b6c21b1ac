import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AMOUNT_LIMIT_CENTS, formatCents, parseAmount } from './index.ts';

test.each([
  ['1 234,56 $', 123_456n],
  ['1\u00A0234,56\u00A0$', 123_456n],
  ['1\u202F234,56\u202F$', 123_456n],
  ['1234.56', 123_456n],
  ['$1,234.56', 123_456n],
  ['  1 234 567,8 ', 123_456_780n],
  ['1,234,567', 123_456_700n],
  ['69,95', 6995n],
  ['69.95 $', 6995n],
  ['-12,5', -1250n],
  ['\u221212,50 $', -1250n],
  ['-$12.50', -1250n],
  ['$-12.50', -1250n],
  ['- 12', -1200n],
  ['0', 0n],
  ['007', 700n],
  [',05', 5n],
  [69.95, 6995n],
  [100, 10_000n],
  [-0.1, -10n],
])('%s is an amount', (input, cents) => {
  expect(parseAmount(input)).toEqual({ ok: true, cents });
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['abc', 'not_an_amount'],
  ['$', 'not_an_amount'],
  ['.', 'not_an_amount'],
  ['12,', 'not_an_amount'],
  ['--12', 'not_an_amount'],
  ['-$-12', 'not_an_amount'],
  ['$12$', 'not_an_amount'],
  ['12-', 'not_an_amount'],
  ['1e3', 'not_an_amount'],
  ['0x10', 'not_an_amount'],
  ['1.234,56', 'not_an_amount'],
  ['12 34,50', 'not_an_amount'],
  ['1 2345', 'not_an_amount'],
  ['1,23,456.00', 'not_an_amount'],
  ['NaN', 'not_an_amount'],
  ['Infinity', 'not_an_amount'],
  ['<b>1</b>', 'not_an_amount'],
  ['١٢', 'not_an_amount'],
  [Number.NaN, 'not_an_amount'],
  [Number.POSITIVE_INFINITY, 'not_an_amount'],
  [1e21, 'not_an_amount'],
  [1e-7, 'not_an_amount'],
  ['x'.repeat(1_000_000), 'not_an_amount'],
  ['1,234', 'ambiguous'],
  ['12.345', 'too_many_decimals'],
  ['1234,567', 'too_many_decimals'],
  [0.1 + 0.2, 'too_many_decimals'],
  ['100 000 000 000,00', 'too_large'],
  ['9'.repeat(1_000_000), 'too_large'],
])('%s is refused with a reason', (input, reason) => {
  expect(parseAmount(input)).toEqual({ ok: false, reason });
});

test('what is formatted is read back, in both languages', () => {
  const cents = fc.bigInt(1n - AMOUNT_LIMIT_CENTS, AMOUNT_LIMIT_CENTS - 1n);
  fc.assert(
    fc.property(cents, fc.constantFrom('fr-CA' as const, 'en-CA' as const), (amount, locale) => {
      expect(parseAmount(formatCents(amount, locale))).toEqual({ ok: true, cents: amount });
    }),
  );
});

test('any text gives an amount or a reason, never an error', () => {
  fc.assert(fc.property(fc.string({ maxLength: 45 }), (text) => typeof parseAmount(text).ok === 'boolean'));
});
