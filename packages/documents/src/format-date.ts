import type { Language } from './language.ts';

/** Where the company and its customers live: instants are written in its time. */
const TIME_ZONE = 'America/Toronto';

const NO_BREAK_SPACE = '\u00A0';

const MONTHS = {
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
} as const;

const CIVIL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * A civil date 'YYYY-MM-DD' in words: `1er décembre 2026`, `December 1, 2026`, unbroken by line ends in French.
 * Throws for anything that is not such a date: a document with a wrong date must not leave.
 */
export function formatDate(date: string, language: Language): string {
  const { year, month, day } = dateParts(date);
  const name = MONTHS[language][month - 1];
  if (name === undefined) throw new RangeError(`no such month in ${date}`);
  if (language === 'en') return `${name}${NO_BREAK_SPACE}${day}, ${year}`;
  return `${day === 1 ? '1er' : day}${NO_BREAK_SPACE}${name}${NO_BREAK_SPACE}${year}`;
}

/** A month 'YYYY-MM' in words: `novembre 2026`, `November 2026`. Throws for anything that is no such month. */
export function formatMonth(month: string, language: Language): string {
  const { year, month: number } = dateParts(`${month}-01`);
  const name = MONTHS[language][number - 1];
  if (name === undefined) throw new RangeError(`no such month: ${month}`);
  return `${name} ${year}`;
}

/** A period of civil days, both included: `du 1er au 30 novembre 2026`, `November 1 to 30, 2026`. */
export function formatPeriod(
  period: { readonly from: string; readonly to: string },
  language: Language,
): string {
  const from = formatDate(period.from, language);
  const to = formatDate(period.to, language);
  if (period.from === period.to) return language === 'fr' ? `le ${from}` : from;
  return language === 'fr' ? `du ${shortened(period, from)} au ${to}` : `${from} to ${to}`;
}

/** A moment in local time, to the minute: `21 novembre 2026, 14 h 30`; `November 21, 2026, 2:30 p.m.`. */
export function formatInstant(at: Date, language: Language): string {
  return `${formatDate(civilDateOf(at), language)}, ${formatTime(at, language)}`;
}

/** The local time of day of a moment: `14 h 30`, `2:30 p.m.`. */
export function formatTime(at: Date, language: Language): string {
  const { hour, minute } = localParts(at);
  const padded = String(minute).padStart(2, '0');
  if (language === 'fr') return `${hour}${NO_BREAK_SPACE}h${NO_BREAK_SPACE}${padded}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${padded}${NO_BREAK_SPACE}${hour < 12 ? 'a.m.' : 'p.m.'}`;
}

/** A moment as evidence wants it: local day and time to the second, and the distance from universal time. */
export function formatExactInstant(at: Date): string {
  const { date, hour, minute, second, offset } = localParts(at);
  const time = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
  return `${date} ${time} ${offset}`;
}

/** The civil day, 'YYYY-MM-DD', of a moment in the company's time zone. */
export function civilDateOf(at: Date): string {
  return localParts(at).date;
}

/** French says a month or a year once when both ends share it: du 1er au 30 novembre 2026. */
function shortened(period: { readonly from: string; readonly to: string }, from: string): string {
  const words = from.split(NO_BREAK_SPACE);
  if (period.from.slice(0, 7) === period.to.slice(0, 7)) return words.slice(0, 1).join(NO_BREAK_SPACE);
  if (period.from.slice(0, 4) === period.to.slice(0, 4)) return words.slice(0, 2).join(NO_BREAK_SPACE);
  return from;
}

function dateParts(date: string): { year: number; month: number; day: number } {
  const match = CIVIL_DATE.exec(date);
  if (match === null) throw new RangeError(`not a civil date: ${date.slice(0, 40)}`);
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

const LOCAL_FORMAT = new Intl.DateTimeFormat('en-CA', {
  timeZone: TIME_ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
});

function localParts(at: Date): {
  date: string;
  hour: number;
  minute: number;
  second: number;
  offset: string;
} {
  const parts: Record<string, string> = {};
  for (const { type, value } of LOCAL_FORMAT.formatToParts(at)) parts[type] = value;
  return {
    date: `${parts['year']}-${parts['month']}-${parts['day']}`,
    hour: Number(parts['hour']),
    minute: Number(parts['minute']),
    second: Number(parts['second']),
    offset: (parts['timeZoneName'] ?? 'GMT').replace('GMT', 'UTC'),
  };
}
