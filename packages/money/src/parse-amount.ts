import type { Cents } from './cents.ts';

/** No single amount of this company reaches one hundred billion dollars; a larger one is a slip of the keyboard. */
export const AMOUNT_LIMIT_CENTS = 10_000_000_000_000n;

/** Longest text looked at: the limit above, fully grouped, signed and marked is under 30 characters. */
const TEXT_LIMIT = 40;

/** Why a text is not an amount. `ambiguous`: `1,234` is 1.234 to a French reader and 1234 to an English one. */
export type AmountRefusal = 'empty' | 'not_an_amount' | 'ambiguous' | 'too_many_decimals' | 'too_large';

/** An amount read from outside, or the reason why not. */
export type ParsedAmount =
  { readonly ok: true; readonly cents: Cents } | { readonly ok: false; readonly reason: AmountRefusal };

/**
 * Reads what a person types or a file carries, French or English: `1 234,56 $`, `1234.56`, `$1,234.56`,
 * `-12,5`. Spaces of any kind may group thousands; so may commas when a point follows. Never rounds: more than
 * two decimals, an exponent, NaN or a grouping that is not by three is refused. A JavaScript number is taken
 * for what it prints, so a float that has lost its cents (0.1 + 0.2) is refused rather than repaired.
 */
export function parseAmount(input: string | number): ParsedAmount {
  const raw = String(input);
  if (raw.length > TEXT_LIMIT) return refused(/^[\s\d.,$-]*$/.test(raw) ? 'too_large' : 'not_an_amount');
  const text = raw.trim().replaceAll(/\s/g, ' ').replace('\u2212', '-');
  if (text === '') return refused('empty');
  const bare = withoutMark(text);
  if (bare === undefined) return refused('not_an_amount');
  if (/^[1-9]\d{0,2},\d{3}$/.test(bare.digits)) return refused('ambiguous');
  const number = ungrouped(bare.digits);
  const match = number === undefined ? undefined : /^(\d*)(?:[.,](\d+))?$/.exec(number);
  if (!match || number === '') return refused('not_an_amount');
  const [, whole = '', decimals = ''] = match;
  if (decimals.length > 2) return refused('too_many_decimals');
  const cents = BigInt(whole + decimals.padEnd(2, '0'));
  if (cents >= AMOUNT_LIMIT_CENTS) return refused('too_large');
  return { ok: true, cents: bare.negative ? -cents : cents };
}

function refused(reason: AmountRefusal): ParsedAmount {
  return { ok: false, reason };
}

/** The figure without its sign and dollar mark, each of which may stand once: `-12 $`, `$-12`, `-$12`. */
function withoutMark(text: string): { digits: string; negative: boolean } | undefined {
  const match = /^(-?) ?(\$?) ?(-?) ?([\d.,](?:[\d., ]*[\d.,])?) ?(\$?)$/.exec(text);
  if (!match) return undefined;
  const [, firstSign, firstMark, secondSign, digits = '', lastMark] = match;
  if ((firstSign && secondSign) || (firstMark && lastMark)) return undefined;
  return { digits, negative: firstSign === '-' || secondSign === '-' };
}

/** The figure with its thousands joined, or undefined when the groups are not of three. */
function ungrouped(digits: string): string | undefined {
  if (/^\d{1,3}( \d{3})+([.,]\d+)?$/.test(digits)) return digits.replaceAll(' ', '');
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)) return digits.replaceAll(',', '');
  return digits.includes(' ') ? undefined : digits;
}
