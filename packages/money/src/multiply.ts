import type { Cents } from './cents.ts';

/** An exact fraction `num / den`: a tax rate, a share of a month. `den` is positive. */
export type Ratio = { readonly num: bigint; readonly den: bigint };

/**
 * `cents × ratio`, exact, rounded once to the cent, half a cent away from zero (Revenu Québec: half or more
 * goes up; a credit is the mirror of its invoice, so −5.985 goes to −5.99). A denominator that is not
 * positive is a bug of the caller and throws.
 */
export function multiply(cents: Cents, ratio: Ratio): Cents {
  if (ratio.den <= 0n) throw new RangeError(`denominator must be positive, got ${ratio.den}`);
  return divideHalfAway(cents * ratio.num, ratio.den);
}

/** Integer division rounding half away from zero. Division of bigint drops the fraction towards zero. */
function divideHalfAway(num: bigint, den: bigint): bigint {
  const magnitude = num < 0n ? -num : num;
  const rounded = (2n * magnitude + den) / (2n * den);
  return num < 0n ? -rounded : rounded;
}
