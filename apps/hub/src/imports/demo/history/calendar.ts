import { addDays, addMonths, type CivilDate } from '@gigafibre/calendar';

export const MONTHS_OF_HISTORY = 24;

/** First day of the month of a day. */
export const firstOfMonth = (date: string): CivilDate => `${date.slice(0, 7)}-01`;

/** The first days of the months of a history that ends on a day, the oldest first; the last may be cut short. */
export function monthsUntil(endsOn: string): CivilDate[] {
  const last = firstOfMonth(endsOn);
  return Array.from({ length: MONTHS_OF_HISTORY + 1 }, (_, index) =>
    addMonths(last, index - MONTHS_OF_HISTORY),
  );
}

/** Last day of the month of a day. */
export const lastOfMonth = (date: string): CivilDate => addDays(addMonths(firstOfMonth(date), 1), -1);

const SECONDS_PER_DAY = 86_400;

/** An instant of a civil day as ISO text, by the seconds since midnight UTC. */
export function instantAt(date: string, seconds: number): string {
  const within = Math.min(Math.floor(seconds), SECONDS_PER_DAY - 1);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${date}T${two(within / 3600)}:${two((within % 3600) / 60)}:${two(within % 60)}.000Z`;
}

export const hours = (count: number): number => count * 3600;
