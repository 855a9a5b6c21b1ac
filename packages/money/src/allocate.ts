import type { Cents } from './cents.ts';
import { sumCents } from './cents.ts';
import { roundToTotal } from './round-to-total.ts';

/**
 * Splits `totalCents` in proportion to `weights` so that the pieces add up to it exactly (largest remainder).
 *
 * Every piece is its exact share rounded down, then one cent goes to the largest dropped fractions until
 * nothing is left. Tie rule: of equal fractions the earlier piece gets the cent. A piece of weight zero gets
 * nothing. A negative total is split as the mirror of the positive one. Weights that are negative, all zero or
 * missing throw: there is nothing to split by.
 */
export function allocate(totalCents: Cents, weights: readonly bigint[]): Cents[] {
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight cannot be negative');
  const den = sumCents(weights);
  if (den === 0n) throw new RangeError('the weights must add up to more than zero');
  const nums = weights.map((weight) => totalCents * weight);
  return roundToTotal({ nums, den, totalCents });
}
