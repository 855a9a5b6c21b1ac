import {
  addDays,
  CUSTOMERS,
  dateParts,
  daysOff,
  HOLIDAYS,
  isBusinessDay,
  wallClock,
  weekday,
} from '@gigafibre/calendar';

/** When people may be written to and cut off, on the wall clock of the company (facts: CRTC notices; 20 Dec to 5 Jan is ours). */
const WEEKDAY_HOURS = ['08:00', '21:00'] as const;
const WEEKEND_HOURS = ['09:00', '17:00'] as const;
const NOON = '12:00';
const FRIDAY = 5;
/** The longest run of days without a permitted one is the winter truce and the holidays about it. */
const DAYS_SEARCHED_MAX = 60;

const isWeekend = (date: string): boolean => weekday(date) > FRIDAY;
/** The day itself, on a weekend too, and the weekday to which it is shifted then. */
function isHoliday(date: string): boolean {
  const { year } = dateParts(date);
  return (
    CUSTOMERS.holidays.some((code) => HOLIDAYS[code].dayIn(year) === date) ||
    daysOff(year, CUSTOMERS).some(({ on }) => on === date)
  );
}
const inWinterTruce = (date: string): boolean => date.slice(5) >= '12-20' || date.slice(5) <= '01-05';
const within = (time: string, [from, to]: readonly [string, string]): boolean => time >= from && time < to;

/** A day on which a service may be suspended: no weekend, no holiday, not from 20 December to 5 January. */
export const isSuspensionDay = (date: string): boolean =>
  isBusinessDay(date, CUSTOMERS) && !inWinterTruce(date);

/** The first such day, from `date` on. */
export const firstSuspensionDay = (date: string): string => firstDay(date, isSuspensionDay);

/** The first day from `date` on on which a notice may be sent: any day but a holiday. */
export const firstNoticeDay = (date: string): string => firstDay(date, (day) => !isHoliday(day));

/** Whether a service may be suspended at this moment: on such a day, 8 to 21 h, before noon when tomorrow is none. */
export function maySuspendAt(now: Date): boolean {
  const { date, time } = wallClock(now);
  if (!isSuspensionDay(date) || !within(time, WEEKDAY_HOURS)) return false;
  return time < NOON || isBusinessDay(addDays(date, 1), CUSTOMERS);
}

/** Whether a notice may be sent at this moment: 8 to 21 h, weekends 9 to 17 h, not on holidays nor the afternoon before. */
export function mayWriteAt(now: Date): boolean {
  const { date, time } = wallClock(now);
  if (isHoliday(date) || !within(time, isWeekend(date) ? WEEKEND_HOURS : WEEKDAY_HOURS)) return false;
  return time < NOON || !isHoliday(addDays(date, 1));
}

function firstDay(from: string, isPermitted: (date: string) => boolean): string {
  for (let days = 0; days < DAYS_SEARCHED_MAX; days += 1) {
    const day = addDays(from, days);
    if (isPermitted(day)) return day;
  }
  throw new Error(`no permitted day within ${DAYS_SEARCHED_MAX} days of ${from}`);
}
