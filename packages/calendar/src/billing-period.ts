import type { CivilDate } from './civil-date.ts';
import { dateParts } from './civil-date.ts';
import type { Period } from './date-arithmetic.ts';
import { addDays, addMonths, assertAnchorDay } from './date-arithmetic.ts';

/** How often a service is billed. */
export type BillingFrequency = 'monthly' | 'quarterly' | 'yearly';

/**
 * When billing periods start: on `anchor`, and every month, quarter or year before and after it, on its day of
 * the month or the last day of a shorter month. The first of the month is the anchor '2026-01-01'; an
 * anniversary is the day of activation; a yearly anchor of 29 February starts on 28 February in common years.
 */
export type BillingCycle = { readonly anchor: CivilDate; readonly frequency: BillingFrequency };

const MONTHS = { monthly: 1, quarterly: 3, yearly: 12 } as const satisfies Record<BillingFrequency, number>;

/** The billing period in which a day falls. Every day falls in exactly one. */
export function periodContaining(date: CivilDate, cycle: BillingCycle): Period {
  const anchor = dateParts(cycle.anchor);
  const { year, month } = dateParts(date);
  const monthsApart = (year - anchor.year) * 12 + (month - anchor.month);
  const index = Math.floor(monthsApart / MONTHS[cycle.frequency]);
  // Counting months alone can be one period late, when the day comes before the anchor's day of its month.
  const candidate = periodAt(index, cycle);
  return date < candidate.start ? periodAt(index - 1, cycle) : candidate;
}

/** The period with a number: 0 starts on the anchor, 1 follows, −1 comes before. */
export function periodAt(index: number, { anchor, frequency }: BillingCycle): Period {
  const months = MONTHS[frequency];
  const start = addMonths(anchor, index * months);
  return { start, end: addDays(addMonths(anchor, (index + 1) * months), -1) };
}

/** The period that follows one, starting the day after it ends. */
export function periodAfter(period: Period, cycle: BillingCycle): Period {
  return periodContaining(addDays(period.end, 1), cycle);
}

/**
 * The anchor for billing on a chosen day of the month (1 to 31): the latest such day at or before `near`. It is
 * at most two months back, since no two months in a row lack the same day.
 */
export function anchorOnDay(day: number, near: CivilDate): CivilDate {
  assertAnchorDay(day);
  for (const monthsBack of [0, -1, -2]) {
    const candidate = addMonths(near, monthsBack, day);
    if (candidate <= near && dateParts(candidate).day === day) return candidate;
  }
  throw new RangeError(`no day ${day} within two months before ${near}`);
}
