import type { MyDay } from './pending-effects.ts';

export type MyJobRow = MyDay['jobs'][number];
/** What of a job its place in the day depends on. */
type Placed = Pick<MyJobRow, 'id' | 'status' | 'startsAt' | 'position'>;
type DayParts<Job> = Readonly<{ next: Job | undefined; others: Job[]; finished: Job[] }>;

const FINISHED = new Set<string>(['completed', 'cannot_complete', 'cancelled']);
const UNDER_WAY = ['on_site', 'en_route', 'paused'];

/** The day in the order a technician lives it: what is under way or comes first, then the rest, then what is done. */
export function dayParts<Job extends Placed>(jobs: readonly Job[]): DayParts<Job> {
  const byTime = [...jobs].sort(
    (one, other) =>
      (one.startsAt ?? '9').localeCompare(other.startsAt ?? '9') || one.position - other.position,
  );
  const open = byTime.filter(({ status }) => !FINISHED.has(status));
  const begun = UNDER_WAY.flatMap((status) => open.filter((job) => job.status === status));
  const next = begun[0] ?? open[0];
  return {
    next,
    others: open.filter((job) => job !== next),
    finished: byTime.filter(({ status }) => FINISHED.has(status)),
  };
}

/** The job whose line is looked at: the one named, the one being worked on, or the one that comes next. */
export const jobForDiagnosis = <Job extends Placed>(
  jobs: readonly Job[],
  named: string | null,
): Job | undefined => jobs.find(({ id }) => id === named) ?? dayParts(jobs).next;

/** The job a scan belongs to: the one named, or the one being worked on. */
export const jobForScan = <Job extends Placed>(jobs: readonly Job[], named: string | null): Job | undefined =>
  jobs.find(({ id }) => id === named) ?? jobs.find(({ status }) => status === 'on_site');

/** Where the phone's map is asked to go: the point when it is known, the address otherwise. */
export function directionsTo(place: {
  latitude: number | null;
  longitude: number | null;
  address: string | null;
}): string {
  const { latitude, longitude, address } = place;
  const query = latitude !== null && longitude !== null ? `${latitude},${longitude}` : (address ?? '');
  return `geo:${latitude ?? 0},${longitude ?? 0}?q=${encodeURIComponent(query)}`;
}
