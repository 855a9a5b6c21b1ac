import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { extractTax, sumCents, taxesFor } from './index.ts';
import type { Province } from './index.ts';

const on = '2026-11-21';

test.each([
  [8043n, 350n, 698n, 6995n],
  [5000n, 217n, 434n, 4349n],
  [11_498n, 500n, 998n, 10_000n],
])('%s cents with Quebec taxes hold %s, %s and a base of %s', (total, gst, qst, base) => {
  const { taxes, baseCents } = extractTax(total, { province: 'QC', on });
  expect([...taxes.map((row) => row.taxCents), baseCents]).toEqual([gst, qst, base]);
});

test('base and taxes add up to the total, and adding the taxes again is at most a cent away', () => {
  const somewhere = fc.constantFrom<Province>('QC', 'ON', 'NS', 'AB');
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 9n), 10n ** 9n), somewhere, (total, province) => {
      const { baseCents, taxes } = extractTax(total, { province, on });
      expect(baseCents + sumCents(taxes.map((row) => row.taxCents))).toBe(total);
      const lines = [{ amountCents: baseCents, treatment: 'taxable' as const }];
      const again = taxesFor({ province, on, lines }).totalCents - total;
      expect(again <= 1n && again >= -1n).toBe(true);
    }),
  );
});
