import { wallClock } from '@gigafibre/calendar';
import type { Language } from '@gigafibre/contract';
import { formatShortDate } from './format-date.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Beyond this a date says more than "three weeks ago". */
const RELATIVE_DAYS_MAX = 7;

const formats = {
  fr: new Intl.RelativeTimeFormat('fr-CA', { numeric: 'auto' }),
  en: new Intl.RelativeTimeFormat('en-CA', { numeric: 'auto' }),
};

/** How far a moment is from now: `il y a 5 minutes`, `hier`, `in 2 hours`; a short date beyond a week. */
export function formatRelative(at: Date, now: Date, language: Language): string {
  const fromNowMs = at.getTime() - now.getTime();
  const distanceMs = Math.abs(fromNowMs);
  if (distanceMs < MINUTE_MS) return formats[language].format(0, 'second');
  if (distanceMs < HOUR_MS) return formats[language].format(Math.trunc(fromNowMs / MINUTE_MS), 'minute');
  if (distanceMs < DAY_MS) return formats[language].format(Math.trunc(fromNowMs / HOUR_MS), 'hour');
  const days = daysBetween(now, at);
  if (Math.abs(days) < RELATIVE_DAYS_MAX) return formats[language].format(days, 'day');
  return formatShortDate(wallClock(at).date, language);
}

/** Civil days from one moment to another on the company's calendar: yesterday evening is one, not zero. */
function daysBetween(from: Date, to: Date): number {
  const dayMs = (at: Date): number => Date.parse(`${wallClock(at).date}T00:00:00Z`);
  return Math.round((dayMs(to) - dayMs(from)) / DAY_MS);
}
