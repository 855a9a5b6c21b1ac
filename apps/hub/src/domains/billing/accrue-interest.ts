import { addDays } from '@gigafibre/calendar';
import { multiply } from '@gigafibre/money';

/** What interest is computed on: one overdue invoice, the rates in force, and the days nothing runs. */
export type Accruing = Readonly<{
  /** What was owed of it without interest at the end of each day from which it changed, oldest first. */
  principal: readonly Readonly<{ from: string; cents: bigint }>[];
  /** Yearly rates by the day from which they hold, oldest first; null charges nothing. */
  rates: readonly Readonly<{ from: string; percent: string | null }>[];
  waivers: readonly Readonly<{ from: string; to: string | null }>[];
  /** First and last day of overdue to charge, both included. */
  from: string;
  to: string;
}>;

export type Accrued = Readonly<{
  interestCents: bigint;
  /** Principal and rate on the last day that bore interest. */
  principalCents: bigint;
  yearlyPercent: string;
}>;

/** No debt is older: it is prescribed after three years (Civil Code, art. 2925). */
export const ACCRUED_DAYS_MAX = 1_100;
const DAYS_OF_YEAR = 365n;
const RATE_DECIMALS = 4;

/**
 * Simple daily interest: for each day, what was owed at the end of the day before × yearly rate ÷ 365, added up
 * exactly and rounded once (half up). Interest bears none: it is not part of the principal. Undefined when nothing
 * runs. 80.43 at 18 % for 23 days makes 0.91.
 */
export function accrueInterest(accruing: Accruing): Accrued | undefined {
  let sum = 0n;
  let last: Omit<Accrued, 'interestCents'> | undefined;
  let days = 0;
  for (let day = accruing.from; day <= accruing.to; day = addDays(day, 1)) {
    if ((days += 1) > ACCRUED_DAYS_MAX)
      throw new RangeError(`interest of more than ${ACCRUED_DAYS_MAX} days`);
    const principalCents = latest(accruing.principal, addDays(day, -1))?.cents ?? 0n;
    const yearlyPercent = latest(accruing.rates, day)?.percent ?? null;
    const waived = accruing.waivers.some(({ from, to }) => from <= day && (to === null || day <= to));
    if (principalCents <= 0n || yearlyPercent === null || waived) continue;
    sum += principalCents * rateUnits(yearlyPercent);
    last = { principalCents, yearlyPercent };
  }
  const den = DAYS_OF_YEAR * 100n * 10n ** BigInt(RATE_DECIMALS);
  const interestCents = multiply(sum, { num: 1n, den });
  return last === undefined || interestCents === 0n ? undefined : { interestCents, ...last };
}

/** The newest of some dated values on a day. */
const latest = <T extends { from: string }>(values: readonly T[], day: string): T | undefined =>
  values.findLast(({ from }) => from <= day);

/** `9.975` as 99 750: ten-thousandths of a per cent. */
function rateUnits(percent: string): bigint {
  const [whole = '0', rest = ''] = percent.split('.');
  return BigInt(whole + rest.padEnd(RATE_DECIMALS, '0').slice(0, RATE_DECIMALS));
}
