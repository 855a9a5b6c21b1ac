import type { Cents } from './cents.ts';
import { sumCents } from './cents.ts';

/** Exact parts `nums[i] / den` and the rounded total they must add up to (their exact sum, rounded). */
type Parts = { readonly nums: readonly bigint[]; readonly den: bigint; readonly totalCents: Cents };

/**
 * Rounds exact parts to cents so that they add up to `totalCents` (largest remainder, earlier part on a tie).
 * The parts may have mixed signs; parts of opposite sign give the opposite answer, because both are rounded
 * in the direction where the sum (or, when it is zero, the first part that is not) is positive.
 * Throws when the total is not the rounded sum of the parts, since no fair answer exists then.
 */
export function roundToTotal({ nums, den, totalCents }: Parts): Cents[] {
  if (isMirrored(nums)) {
    const mirror = { nums: nums.map((num) => -num), den, totalCents: -totalCents };
    return roundToTotal(mirror).map((cents) => -cents);
  }
  const parts = nums.map((num, index) => ({ index, floor: floorDivide(num, den), rest: modulo(num, den) }));
  const leftCents = totalCents - sumCents(parts.map((part) => part.floor));
  const receivers = parts.filter((part) => part.rest > 0n);
  if (leftCents < 0n || leftCents > BigInt(receivers.length)) {
    throw new RangeError(`parts do not add up to ${totalCents}: ${leftCents} cents left over`);
  }
  receivers.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  const lucky = new Set(receivers.slice(0, Number(leftCents)).map((part) => part.index));
  return parts.map((part) => part.floor + (lucky.has(part.index) ? 1n : 0n));
}

function isMirrored(nums: readonly bigint[]): boolean {
  const sum = sumCents(nums);
  if (sum !== 0n) return sum < 0n;
  return (nums.find((num) => num !== 0n) ?? 0n) < 0n;
}

/** Remainder between 0 and `den` − 1, also for negative numbers. */
function modulo(num: bigint, den: bigint): bigint {
  return ((num % den) + den) % den;
}

function floorDivide(num: bigint, den: bigint): bigint {
  return (num - modulo(num, den)) / den;
}
