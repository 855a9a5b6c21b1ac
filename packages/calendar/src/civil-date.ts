/** A day of the civil calendar, 'YYYY-MM-DD', without a zone. Compares rightly as text. Years 1000 to 9999. */
export type CivilDate = string;

/** The three numbers of a civil date; months from 1. */
export type DateParts = { readonly year: number; readonly month: number; readonly day: number };

const DAY_MS = 86_400_000;
const PATTERN = /^([1-9]\d{3})-(\d\d)-(\d\d)$/;

/** Whether a text is a day that exists: '2026-02-29' is not. For what comes from outside. */
export function isCivilDate(text: string): boolean {
  return partsOf(text) !== undefined;
}

/** Year, month and day. A text that is not a day is a bug of the caller here, and throws. */
export function dateParts(date: CivilDate): DateParts {
  const parts = partsOf(date);
  if (!parts) throw new RangeError(`not a civil date: ${date}`);
  return parts;
}

/** The date of three numbers; throws when there is no such day. */
export function civilDate({ year, month, day }: DateParts): CivilDate {
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  dateParts(date);
  return date;
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** How many days the month (from 1 to 12) has. Counted, not asked of a Date: every date that is read asks for it. */
export function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : MONTH_LENGTHS[month - 1];
  if (days === undefined) throw new RangeError(`no month ${month}`);
  return days;
}

/** Days since 1970-01-01. */
export function dayNumber(date: CivilDate): number {
  const { year, month, day } = dateParts(date);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The date of a day number; throws outside the years 1000 to 9999. */
export function dateOfDayNumber(number: number): CivilDate {
  const instant = new Date(number * DAY_MS);
  return civilDate({
    year: instant.getUTCFullYear(),
    month: instant.getUTCMonth() + 1,
    day: instant.getUTCDate(),
  });
}

function partsOf(text: string): DateParts | undefined {
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? { year, month, day } : undefined;
}
