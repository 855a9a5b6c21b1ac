import type { Cents } from './cents.ts';
import type { Ratio } from './multiply.ts';

/** The two ways of writing figures here: Quebec French and Canadian English. */
export type MoneyLocale = 'fr-CA' | 'en-CA';

/** Keeps a figure on one line: between thousands and before the sign in French. */
const NO_BREAK_SPACE = '\u00A0';

/** Longest decimal expansion of a rate that is written out; real ones have three. */
const RATE_DECIMALS_LIMIT = 6;

/** `1 234,56 $` (no-break spaces) or `$1,234.56`; a negative amount carries a leading `-`. Exact at any size. */
export function formatCents(cents: Cents, locale: MoneyLocale): string {
  const magnitude = cents < 0n ? -cents : cents;
  const sign = cents < 0n ? '-' : '';
  const decimals = String(magnitude % 100n).padStart(2, '0');
  const french = locale === 'fr-CA';
  const whole = String(magnitude / 100n).replaceAll(/\B(?=(\d{3})+$)/g, french ? NO_BREAK_SPACE : ',');
  return french ? `${sign}${whole},${decimals}${NO_BREAK_SPACE}$` : `${sign}$${whole}.${decimals}`;
}

/**
 * A rate in full, as the law wants it on an invoice: `9,975 %` or `9.975%`, never shortened. Throws for a rate
 * that has no exact writing within six decimals.
 */
export function formatRate(rate: Ratio, locale: MoneyLocale): string {
  const scale = 10n ** BigInt(RATE_DECIMALS_LIMIT);
  const scaled = rate.num * 100n * scale;
  if (scaled % rate.den !== 0n) throw new RangeError(`no exact percentage for ${rate.num}/${rate.den}`);
  const digits = String(scaled / rate.den).padStart(RATE_DECIMALS_LIMIT + 1, '0');
  const whole = digits.slice(0, -RATE_DECIMALS_LIMIT);
  const decimals = digits.slice(-RATE_DECIMALS_LIMIT).replace(/0+$/, '');
  const figure = decimals === '' ? whole : `${whole}${locale === 'fr-CA' ? ',' : '.'}${decimals}`;
  return locale === 'fr-CA' ? `${figure}${NO_BREAK_SPACE}%` : `${figure}%`;
}
