import type { Cents } from './cents.ts';
import { sumCents } from './cents.ts';
import { multiply } from './multiply.ts';
import type { Ratio } from './multiply.ts';
import type { TaxCode, TaxPoint } from './tax-rates.ts';
import { taxRatesAt } from './tax-rates.ts';

/** What a price with taxes included is made of; base and taxes add up to it. */
export type ExtractedTax = {
  readonly baseCents: Cents;
  readonly taxes: readonly { readonly tax: TaxCode; readonly rate: Ratio; readonly taxCents: Cents }[];
};

/**
 * The taxes inside a total that includes them: total × rate ÷ (1 + all rates), one rounding each, and the base
 * is the rest (80.43 in Quebec → 3.50, 6.98, base 69.95). For a price set with its taxes; the indemnity that
 * the law deems to include them has another formula, see the treatment `termination` of `taxesFor`.
 */
export function extractTax(totalCents: Cents, point: TaxPoint): ExtractedTax {
  const rates = taxRatesAt(point);
  const commonDen = rates.reduce((den, { rate }) => den * rate.den, 1n);
  const withTaxes = commonDen + sumCents(rates.map(({ rate }) => (rate.num * commonDen) / rate.den));
  const taxes = rates.map(({ tax, rate }) => {
    const share = { num: (rate.num * commonDen) / rate.den, den: withTaxes };
    return { tax, rate, taxCents: multiply(totalCents, share) };
  });
  return { baseCents: totalCents - sumCents(taxes.map(({ taxCents }) => taxCents)), taxes };
}
