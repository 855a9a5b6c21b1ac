import { dateParts, wallClock, type CivilDate } from '@gigafibre/calendar';
import type { Language } from '@gigafibre/contract';
import { NO_BREAK_SPACE as NBSP } from './no-break.ts';

const FRENCH_MONTHS =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
const ENGLISH_MONTHS =
  'January February March April May June July August September October November December'.split(' ');
const FRENCH_SHORT = 'janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.'.split(' ');
const ENGLISH_SHORT = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A civil date in words: `1er décembre 2026`, `December 1, 2026`. Throws when it is not a date. */
export function formatDate(date: CivilDate, language: Language): string {
  const { year, month, day } = dateParts(date);
  if (language === 'en') return `${ENGLISH_MONTHS[month - 1]}${NBSP}${day}, ${year}`;
  return `${day === 1 ? '1er' : day}${NBSP}${FRENCH_MONTHS[month - 1]}${NBSP}${year}`;
}

/** A civil date where space is short: `21 nov. 2026`, `Nov 21, 2026`. */
export function formatShortDate(date: CivilDate, language: Language): string {
  const { year, month, day } = dateParts(date);
  if (language === 'en') return `${ENGLISH_SHORT[month - 1]}${NBSP}${day},${NBSP}${year}`;
  return `${day === 1 ? '1er' : day}${NBSP}${FRENCH_SHORT[month - 1]}${NBSP}${year}`;
}

/** A day of the week with its date: `samedi 21 novembre`, `Saturday, November 21`. */
export function formatWeekday(date: CivilDate, language: Language): string {
  const { year, month, day } = dateParts(date);
  const name = weekdayName(new Date(Date.UTC(year, month - 1, day)), language);
  if (language === 'en') return `${name}, ${ENGLISH_MONTHS[month - 1]}${NBSP}${day}`;
  return `${name} ${day === 1 ? '1er' : day}${NBSP}${FRENCH_MONTHS[month - 1]}`;
}

/** The time on the company's wall: `14 h 30`, `9 h`, `2:30 p.m.`. */
export function formatTime(at: Date, language: Language): string {
  return formatClock(wallClock(at).time, language);
}

/** A whole hour over a scale, as short as it can be said: `14 h`, `2 p.m.`. */
export function formatHour(at: Date, language: Language): string {
  return formatTime(at, language).replace(':00', '');
}

/** A time of day 'HH:MM' as people write it. */
export function formatClock(time: string, language: Language): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const padded = String(minute).padStart(2, '0');
  if (language === 'fr') return minute === 0 ? `${hour}${NBSP}h` : `${hour}${NBSP}h${NBSP}${padded}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${padded}${NBSP}${hour < 12 ? 'a.m.' : 'p.m.'}`;
}

/** Day and time of a moment: `21 novembre 2026, 14 h 30`. */
export function formatDateTime(at: Date, language: Language): string {
  return `${formatDate(wallClock(at).date, language)}, ${formatTime(at, language)}`;
}

function weekdayName(utcDay: Date, language: Language): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-CA' : 'en-CA', {
    weekday: 'long',
    timeZone: 'UTC',
  }).format(utcDay);
}
