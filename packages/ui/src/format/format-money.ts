import type { Language } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';

/** True minus sign: as wide as a figure, and read aloud as one. */
const MINUS = '\u2212';

/** Money for the screen: `1 234,56 $` or `$1,234.56`, a negative one with a true minus sign. Exact at any size. */
export function formatMoney(cents: bigint, language: Language): string {
  return formatCents(cents, language === 'fr' ? 'fr-CA' : 'en-CA').replace('-', MINUS);
}
