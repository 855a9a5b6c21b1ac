import type { RefusalData } from '../refusals.ts';

/** Cents in a sentence: `1 234,56 $`, `$1,234.56`. */
export const amount = (value: RefusalData[string], language: 'fr' | 'en'): string => {
  const cents = BigInt(value ?? 0);
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  const thousands = language === 'fr' ? '\u00a0' : ',';
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  const sign = cents < 0n ? '\u2212' : '';
  const rest = digits.slice(-2);
  return language === 'fr' ? `${sign}${whole},${rest}\u00a0$` : `${sign}$${whole}.${rest}`;
};

/** Credit notes, write-offs, disputes, interest, fees, exemptions, statements. */
