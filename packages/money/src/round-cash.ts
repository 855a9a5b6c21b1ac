import type { Cents } from './cents.ts';
import { multiply } from './multiply.ts';

/** What is handed over in coins, and what the rounding made of the total. */
export type CashRounding = { readonly payableCents: Cents; readonly differenceCents: Cents };

/**
 * Rounds a total paid in cash to the nearest five cents (1, 2 → 0; 3, 4, 6, 7 → 5; 8, 9 → 10). Cards, debits,
 * cheques and transfers are never rounded, and taxes stay due on the unrounded total; the difference (payable
 * less total) is posted to the rounding account.
 */
export function roundCash(totalCents: Cents): CashRounding {
  const payableCents = multiply(totalCents, { num: 1n, den: 5n }) * 5n;
  return { payableCents, differenceCents: payableCents - totalCents };
}
