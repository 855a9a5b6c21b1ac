import type { CivilDate } from './civil-date.ts';
import { civilDate, dateOfDayNumber, dateParts, dayNumber, daysInMonth } from './civil-date.ts';

/** A stretch of days, both ends included. */
export type Period = { readonly start: CivilDate; readonly end: CivilDate };

/** The date some whole days later (earlier when negative). Civil days: no zone, no clock change. */
export function addDays(date: CivilDate, days: number): CivilDate {
  assertWhole(days);
  return dateOfDayNumber(dayNumber(date) + days);
}

/**
 * The date some whole months later (earlier when negative), on the anchor day, or on the last day of a month
 * that is too short for it. The anchor is the day wished for and is passed along a series, so that 31 January
 * → 28 February → 31 March; without it the day of `date` is taken.
 */
export function addMonths(date: CivilDate, months: number, anchorDay = dateParts(date).day): CivilDate {
  assertWhole(months);
  assertAnchorDay(anchorDay);
  const { year, month } = dateParts(date);
  const monthIndex = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(monthIndex / 12), month: (((monthIndex % 12) + 12) % 12) + 1 };
  return civilDate({ ...target, day: Math.min(anchorDay, daysInMonth(target.year, target.month)) });
}

/** Days from one date to another, the first not counted: 0 for the same day, negative when `to` is earlier. */
export function daysFromTo(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Days of a period, both ends counted: 30 for 17 November to 16 December. Throws when it ends before it starts. */
export function daysInclusive({ start, end }: Period): number {
  const days = daysFromTo(start, end) + 1;
  if (days < 1) throw new RangeError(`period ends before it starts: ${start} to ${end}`);
  return days;
}

/** The last day of the date's month. */
export function lastDayOfMonth(date: CivilDate): CivilDate {
  const { year, month } = dateParts(date);
  return civilDate({ year, month, day: daysInMonth(year, month) });
}

/** Day of the week: 1 for Monday to 7 for Sunday. */
export function weekday(date: CivilDate): number {
  // Day 0, 1970-01-01, was a Thursday.
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** Throws unless `day` can be the day of a month. */
export function assertAnchorDay(day: number): void {
  if (!Number.isInteger(day) || day < 1 || day > 31) throw new RangeError(`not a day of the month: ${day}`);
}

function assertWhole(count: number): void {
  if (!Number.isSafeInteger(count)) throw new RangeError(`not a whole number: ${count}`);
}
