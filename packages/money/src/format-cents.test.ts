import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCents, formatRate, TAX_RATES } from './index.ts';

test.each([
  [123_456n, '1\u00A0234,56\u00A0$', '$1,234.56'],
  [0n, '0,00\u00A0$', '$0.00'],
  [5n, '0,05\u00A0$', '$0.05'],
  [-6899n, '-68,99\u00A0$', '-$68.99'],
  [100_000_000n, '1\u00A0000\u00A0000,00\u00A0$', '$1,000,000.00'],
  [
    12_345_678_901_234_567_890n,
    '123\u00A0456\u00A0789\u00A0012\u00A0345\u00A0678,90\u00A0$',
    '$123,456,789,012,345,678.90',
  ],
])('%s cents are written in both languages', (cents, french, english) => {
  expect([formatCents(cents, 'fr-CA'), formatCents(cents, 'en-CA')]).toEqual([french, english]);
});

test('amounts a float can hold are written as the platform writes them', () => {
  const locales = ['fr-CA', 'en-CA'] as const;
  fc.assert(
    fc.property(
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
      fc.constantFrom(...locales),
      (cents, locale) => {
        fc.pre(cents !== 0);
        const platform = new Intl.NumberFormat(locale, { style: 'currency', currency: 'CAD' });
        expect(formatCents(BigInt(cents), locale)).toBe(platform.format(cents / 100));
      },
    ),
  );
});

test('rates are written in full, never shortened', () => {
  const written = new Set(TAX_RATES.map(({ rate }) => formatRate(rate, 'fr-CA')));
  expect([...written]).toEqual(['5\u00A0%', '9,975\u00A0%', '13\u00A0%', '15\u00A0%', '14\u00A0%']);
  expect(formatRate({ num: 399n, den: 4000n }, 'en-CA')).toBe('9.975%');
  expect(formatRate({ num: 1n, den: 1000n }, 'en-CA')).toBe('0.1%');
  expect(() => formatRate({ num: 1n, den: 3n }, 'en-CA')).toThrow(RangeError);
});
