import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evenInstalments } from './even-instalments.ts';

test('even instalments add up to the debt, whatever it is, and differ by a cent at most', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 1_000_000n }),
      fc.integer({ min: 1, max: 24 }),
      (totalCents, parts) => {
        const days = Array.from({ length: parts }, (_, index) => `day ${index}`);
        const made = evenInstalments({ totalCents, days });
        const cents = made.map((one) => one.cents);
        expect(made.map(({ dueOn }) => dueOn)).toEqual(days);
        expect(cents.reduce((sum, one) => sum + one, 0n)).toBe(totalCents);
        expect(Number((cents[0] ?? 0n) - (cents.at(-1) ?? 0n))).toBeLessThanOrEqual(1);
      },
    ),
  );
});
