import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accrueInterest, type Accruing } from './accrue-interest.ts';

const owing = (cents: bigint, over: Partial<Accruing> = {}): Accruing => ({
  principal: [{ from: '2026-01-01', cents }],
  rates: [{ from: '2026-01-01', percent: '18' }],
  waivers: [],
  from: '2026-11-02',
  to: '2026-11-24',
  ...over,
});
const interest = (of: Accruing) => accrueInterest(of)?.interestCents;

test('80.43 at 18 % for 23 days makes 0.91, 160.86 for 45 days 3.57', () => {
  expect(interest(owing(8_043n))).toBe(91n);
  expect(interest(owing(16_086n, { to: '2026-12-16' }))).toBe(357n);
});

test('a leap year has 365 days too: 366 days at 10 % of 100.00 make 10.03', () => {
  const leap = { from: '2027-03-01', to: '2028-02-29', rates: [{ from: '2027-01-01', percent: '10' }] };
  expect(interest(owing(10_000n, leap))).toBe(1_003n);
});

test('a payment stops its part on the day after it came, a rate changes on its day, waived days are free', () => {
  const paid = [
    { from: '2026-01-01', cents: 10_000n },
    { from: '2026-11-11', cents: 4_000n },
  ];
  // 10 days of 100.00 (2 to 11 November), 13 days of 40.00, at 36.5 %: 0.10 a day for 100.00.
  const rates = [{ from: '2026-01-01', percent: '36.5' }];
  expect(interest(owing(0n, { principal: paid, rates }))).toBe(100n + 52n);
  const halved = [...rates, { from: '2026-11-12', percent: '18.25' }];
  expect(interest(owing(10_000n, { rates: halved }))).toBe(100n + 65n);
  const waivers = [{ from: '2026-11-12', to: null }];
  expect(interest(owing(10_000n, { rates, waivers }))).toBe(100n);
});

test('no rate, no interest; none before the rate; none for nothing; less than half a cent waits', () => {
  expect(accrueInterest(owing(8_043n, { rates: [] }))).toBeUndefined();
  expect(accrueInterest(owing(8_043n, { rates: [{ from: '2026-01-01', percent: null }] }))).toBeUndefined();
  expect(accrueInterest(owing(8_043n, { rates: [{ from: '2026-12-01', percent: '18' }] }))).toBeUndefined();
  expect(accrueInterest(owing(0n))).toBeUndefined();
  expect(accrueInterest(owing(9n))).toBeUndefined();
  expect(accrueInterest(owing(8_043n, { from: '2026-11-25' }))).toBeUndefined();
});

test('interest is simple: it grows with days and principal and is within half a cent of the exact figure', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 1_000_000n), fc.integer({ min: 1, max: 27 }), (cents, day) => {
      const of = owing(cents, { from: '2026-11-02', to: `2026-11-${String(day + 1).padStart(2, '0')}` });
      const exact = (Number(cents) * 0.18 * day) / 365;
      expect(Math.abs(Number(interest(of) ?? 0n) - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});
