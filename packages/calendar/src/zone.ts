import type { CivilDate } from './civil-date.ts';
import { dateParts } from './civil-date.ts';
import { addDays } from './date-arithmetic.ts';

/**
 * The zones of Quebec. Eastern for nearly all; Îles-de-la-Madeleine and Listuguj keep Atlantic time; the lower
 * North Shore east of 63° W stays on Atlantic standard time all year (Legal Time Act).
 */
export type Zone = 'America/Toronto' | 'America/Halifax' | 'America/Blanc-Sablon';

/** The zone of the company's own books: bills, debits and reports are dated here. */
export const COMPANY_ZONE: Zone = 'America/Toronto';

const DAY_MS = 86_400_000;

/** One reader of the zone's rules each, kept because building one costs far more than using it. */
const formats = new Map<Zone, Intl.DateTimeFormat>();

/** The civil day and time 'HH:MM' that a clock on the wall shows at an instant. */
export function wallClock(instant: Date, zone: Zone = COMPANY_ZONE): { date: CivilDate; time: string } {
  const local = new Date(instant.getTime() + offsetMs(instant, zone)).toISOString();
  return { date: local.slice(0, 10), time: local.slice(11, 16) };
}

/** The civil day of an instant. */
export function civilDateOf(instant: Date, zone: Zone = COMPANY_ZONE): CivilDate {
  return wallClock(instant, zone).date;
}

/**
 * The instant of a civil day and time 'HH:MM'. When the clocks are set back and the time comes twice, the
 * first is meant; when they are set forward and it does not come, the same number of minutes after the change
 * (02:30 is 03:30). Throws for a time that no clock shows.
 */
export function instantOf(
  { date, time }: { date: CivilDate; time: string },
  zone: Zone = COMPANY_ZONE,
): Date {
  const { year, month, day } = dateParts(date);
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) throw new RangeError(`not a time of day: ${time}`);
  const wallMs = Date.UTC(year, month - 1, day, Number(match[1]), Number(match[2]));
  // A zone changes its offset at most once in two days, so the truth is the offset of the day before or after.
  const before = wallMs - offsetMs(new Date(wallMs - DAY_MS), zone);
  const after = wallMs - offsetMs(new Date(wallMs + DAY_MS), zone);
  const candidates = [Math.min(before, after), Math.max(before, after)];
  const shown = candidates.find((ms) => ms + offsetMs(new Date(ms), zone) === wallMs);
  return new Date(shown ?? before);
}

/** The first instant of a civil day. */
export function startOfDay(date: CivilDate, zone: Zone = COMPANY_ZONE): Date {
  return instantOf({ date, time: '00:00' }, zone);
}

/** The first instant after a civil day; 23, 24 or 25 hours after its start. */
export function endOfDay(date: CivilDate, zone: Zone = COMPANY_ZONE): Date {
  return startOfDay(addDays(date, 1), zone);
}

/** How far the zone's wall clock is ahead of UTC at an instant (negative in the Americas). */
function offsetMs(instant: Date, zone: Zone): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wallMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wallMs - Math.floor(instant.getTime() / 1000) * 1000;
}

function formatOf(zone: Zone): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
