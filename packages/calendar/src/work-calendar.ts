import type { CivilDate } from './civil-date.ts';
import { dateParts } from './civil-date.ts';
import { addDays, weekday } from './date-arithmetic.ts';
import type { HolidayCode } from './holidays.ts';
import { HOLIDAYS } from './holidays.ts';

/**
 * A calendar of days off. `substitution` says what becomes of a holiday that falls on a weekend:
 * `quebec`: only the Fête nationale and Canada Day, and only from a Sunday to the Monday;
 * `next_weekday`: each goes to the next weekday that is not itself a holiday (banks always; for federal
 *   employees the law leaves the choice of the weekday, and this is the company's).
 * `closed` are further days off, decided by the company; `open` are holidays it works.
 */
export type WorkCalendar = {
  readonly holidays: readonly HolidayCode[];
  readonly substitution: 'quebec' | 'next_weekday';
  readonly closed?: readonly CivilDate[];
  readonly open?: readonly CivilDate[];
};

/** A day off and the holiday it is for; `on` differs from the holiday's own day when it was shifted. */
export type DayOff = { readonly on: CivilDate; readonly code: HolidayCode };

/** No run of days off is longer; beyond it the calendar's own closed days are wrong. */
const CLOSED_RUN_LIMIT_DAYS = 60;

/** The most business days counted at once; beyond it a date is meant. */
const BUSINESS_DAYS_LIMIT = 2_000;

const SATURDAY = 6;
const SUNDAY = 7;

/** Kept by both laws of the land. */
const COMMON = [
  'new_year',
  'good_friday',
  'patriots_day',
  'canada_day',
  'labour_day',
  'thanksgiving',
  'christmas',
] as const satisfies HolidayCode[];

/** The company's own employees: a telecom is under the Canada Labour Code, so 24 June is a working day. */
export const EMPLOYEES: WorkCalendar = {
  holidays: [...COMMON, 'truth_and_reconciliation', 'remembrance_day', 'boxing_day'],
  substitution: 'next_weekday',
};

/** Subcontracted crews, under Quebec law; Good Friday is the choice made between it and Easter Monday. */
export const SUBCONTRACTORS: WorkCalendar = {
  holidays: [...COMMON, 'fete_nationale'],
  substitution: 'quebec',
};

/** Days on which payments clear (Payments Canada): 24 June is one of them. */
export const BANKING: WorkCalendar = {
  holidays: [...COMMON, 'truth_and_reconciliation', 'remembrance_day', 'boxing_day'],
  substitution: 'next_weekday',
};

/** Days on which customers may expect to be left alone: the holidays of all the others and Easter Monday. */
export const CUSTOMERS: WorkCalendar = {
  holidays: [...EMPLOYEES.holidays, 'fete_nationale', 'easter_monday'],
  substitution: 'next_weekday',
};

/** The days off of a year, in order, shifted where the calendar says so. `closed` and `open` are not in it. */
export function daysOff(year: number, calendar: WorkCalendar): DayOff[] {
  const own = calendar.holidays
    .map((code) => ({ on: HOLIDAYS[code].dayIn(year), code }))
    .toSorted((a, b) => (a.on < b.on ? -1 : 1));
  const taken = new Set(own.map(({ on }) => on));
  const shifted = own.map(({ on, code }) => {
    const day = shift({ on, code }, { calendar, taken });
    taken.add(day);
    return { on: day, code };
  });
  return shifted.toSorted((a, b) => (a.on < b.on ? -1 : 1));
}

/** Whether people work on the day: not on Saturday or Sunday, a day off, or a closed day. */
export function isBusinessDay(date: CivilDate, calendar: WorkCalendar): boolean {
  if (isWeekend(date) || calendar.closed?.includes(date)) return false;
  if (calendar.open?.includes(date)) return true;
  return daysOff(dateParts(date).year, calendar).every(({ on }) => on !== date);
}

/** The day itself when people work on it, else the next day they do: the rule for debits and due dates. */
export function nextBusinessDay(date: CivilDate, calendar: WorkCalendar): CivilDate {
  for (let days = 0; days <= CLOSED_RUN_LIMIT_DAYS; days += 1) {
    const candidate = addDays(date, days);
    if (isBusinessDay(candidate, calendar)) return candidate;
  }
  throw new RangeError(`no business day within ${CLOSED_RUN_LIMIT_DAYS} days of ${date}`);
}

/** The last day before `date` on which people work: when to speak of what happens on `date`. */
export function businessDayBefore(date: CivilDate, calendar: WorkCalendar): CivilDate {
  for (let days = 1; days <= CLOSED_RUN_LIMIT_DAYS; days += 1) {
    const candidate = addDays(date, -days);
    if (isBusinessDay(candidate, calendar)) return candidate;
  }
  throw new RangeError(`no business day within ${CLOSED_RUN_LIMIT_DAYS} days before ${date}`);
}

/** The day that comes `count` business days after `date`, which is not counted itself. `count` is 1 or more. */
export function addBusinessDays(date: CivilDate, count: number, calendar: WorkCalendar): CivilDate {
  if (!Number.isInteger(count) || count < 1 || count > BUSINESS_DAYS_LIMIT) {
    throw new RangeError(`not a number of business days: ${count}`);
  }
  let day = date;
  for (let counted = 0; counted < count; counted += 1) day = nextBusinessDay(addDays(day, 1), calendar);
  return day;
}

function shift(
  { on, code }: DayOff,
  { calendar, taken }: { calendar: WorkCalendar; taken: ReadonlySet<CivilDate> },
): CivilDate {
  if (!isWeekend(on)) return on;
  if (calendar.substitution === 'quebec') {
    const moves = code === 'fete_nationale' || code === 'canada_day';
    return moves && weekday(on) === SUNDAY ? addDays(on, 1) : on;
  }
  let day = on;
  for (let days = 0; days < CLOSED_RUN_LIMIT_DAYS && (isWeekend(day) || taken.has(day)); days += 1) {
    day = addDays(day, 1);
  }
  return day;
}

function isWeekend(date: CivilDate): boolean {
  return weekday(date) >= SATURDAY;
}
