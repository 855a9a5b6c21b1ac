import { formatCents, formatRate, TAX_NAMES, type Cents, type Ratio, type TaxAmount } from '@gigafibre/money';
import type { Language } from './language.ts';

const LOCALE = { fr: 'fr-CA', en: 'en-CA' } as const;

/** An amount as printed: `1 234,56 $` or `$1,234.56`. */
export function money(cents: Cents, language: Language): string {
  return formatCents(cents, LOCALE[language]).replace(/^-/, '\u2212');
}

/** A rate as printed, in full: `9,975 %` or `9.975%`. */
export function rate(ratio: Ratio, language: Language): string {
  return formatRate(ratio, LOCALE[language]);
}

/** `TPS (5 %)`, `QST (9.975%)`: each tax by its own name and rate, never added together (Revenu Québec). */
export function taxName(tax: TaxAmount, language: Language): string {
  return `${TAX_NAMES[tax.tax][language]} (${rate(tax.rate, language)})`;
}

/** A count or measure with at most three decimals, with the decimal mark of the language and a true minus sign. */
export function quantity(value: number, language: Language): string {
  const digits = String(Math.round(value * 1000) / 1000).replace(/^-/, '\u2212');
  return language === 'fr' ? digits.replace('.', ',') : digits;
}
