/** The board's day in minutes and percent: pure geometry, so that drawing and dropping agree. */
export type Day = Readonly<{ startsAt: string; endsAt: string }>;

/** Jobs snap to this many minutes when dragged. */
export const GRID_MINUTES = 15;
const MINUTE_MS = 60_000;

const spanMs = (day: Day): number => Date.parse(day.endsAt) - Date.parse(day.startsAt);

/** Hours shown however empty the day is, counted from midnight. */
const SHOWN = { from: 7, to: 19 };
const HOUR_MS = 60 * MINUTE_MS;

/** The part of a day worth drawing: office hours, widened to every shift and job that lies outside them. */
export function shownPart(day: Day, spans: readonly { startsAt: string; endsAt: string }[]): Day {
  const midnight = Date.parse(day.startsAt);
  const hourOf = (instant: string) => (Date.parse(instant) - midnight) / HOUR_MS;
  const from = Math.max(
    0,
    Math.min(SHOWN.from, ...spans.map(({ startsAt }) => Math.floor(hourOf(startsAt)))),
  );
  const to = Math.min(
    spanMs(day) / HOUR_MS,
    Math.max(SHOWN.to, ...spans.map(({ endsAt }) => Math.ceil(hourOf(endsAt)))),
  );
  return {
    startsAt: new Date(midnight + from * HOUR_MS).toISOString(),
    endsAt: new Date(midnight + to * HOUR_MS).toISOString(),
  };
}

/** Where an instant stands on the day, as a share from 0 to 1; outside the day it is held at its edge. */
export function shareOf(day: Day, instant: string): number {
  return Math.min(1, Math.max(0, (Date.parse(instant) - Date.parse(day.startsAt)) / spanMs(day)));
}

/** Left edge and width of a job, in percent of the day. */
export function place(
  day: Day,
  job: { startsAt: string; durationMinutes: number },
): { left: number; width: number } {
  const left = shareOf(day, job.startsAt);
  const end = shareOf(
    day,
    new Date(Date.parse(job.startsAt) + job.durationMinutes * MINUTE_MS).toISOString(),
  );
  return { left: left * 100, width: Math.max(0, end - left) * 100 };
}

/** The instant under a share of the day, on the grid, so that the whole job stays within the day. */
export function instantAt(day: Day, share: number, durationMinutes: number): string {
  const minutes = (share * spanMs(day)) / MINUTE_MS;
  const latest = spanMs(day) / MINUTE_MS - durationMinutes;
  const snapped =
    Math.round(Math.min(Math.max(0, minutes), Math.max(0, latest)) / GRID_MINUTES) * GRID_MINUTES;
  return new Date(Date.parse(day.startsAt) + snapped * MINUTE_MS).toISOString();
}

/** The full hours of the day, for the ruler. */
export function hoursOf(day: Day): string[] {
  const hours = Math.round(spanMs(day) / (60 * MINUTE_MS));
  return Array.from({ length: hours }, (_, index) =>
    new Date(Date.parse(day.startsAt) + index * 60 * MINUTE_MS).toISOString(),
  );
}
