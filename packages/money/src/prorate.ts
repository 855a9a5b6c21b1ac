import type { Cents } from './cents.ts';
import { multiply } from './multiply.ts';

/** A part of a billing cycle: days used, both ends counted, of the days the cycle has. */
export type CycleShare = { readonly usedDays: number; readonly cycleDays: number };

/**
 * The price of part of a cycle: `price × usedDays / cycleDays`, actual calendar days, one rounding.
 * Used days outside 0…cycleDays, or days that are not whole, throw.
 */
export function prorate(priceCents: Cents, { usedDays, cycleDays }: CycleShare): Cents {
  assertDays(cycleDays);
  assertDays(usedDays);
  if (cycleDays === 0 || usedDays > cycleDays) throw new RangeError(`${usedDays} of ${cycleDays} days`);
  return multiply(priceCents, { num: BigInt(usedDays), den: BigInt(cycleDays) });
}

/**
 * One cycle's price cut into consecutive pieces of the given days, which together are the cycle. The pieces
 * add up to the price: what is charged up to each cut is rounded at the cut, and the last piece is what is
 * left (69.95 in two halves is 34.98 then 34.97). Rounding at the cuts, instead of each piece by itself,
 * keeps every piece within a cent of its exact price even when a small price is cut into many.
 */
export function prorateSplit(priceCents: Cents, pieceDays: readonly number[]): Cents[] {
  for (const days of pieceDays) assertDays(days);
  const cycleDays = pieceDays.reduce((sum, days) => sum + days, 0);
  let usedDays = 0;
  let chargedCents = 0n;
  return pieceDays.map((days) => {
    usedDays += days;
    const untilCutCents = prorate(priceCents, { usedDays, cycleDays });
    const pieceCents = untilCutCents - chargedCents;
    chargedCents = untilCutCents;
    return pieceCents;
  });
}

function assertDays(days: number): void {
  if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`not a number of days: ${days}`);
}
