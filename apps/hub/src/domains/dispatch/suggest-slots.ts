import { addDays, endOfDay, instantOf, startOfDay } from '@gigafibre/calendar';
import {
  ASSIGNED,
  Refusal,
  type JobType,
  type PromisedWindow,
  type Skill,
  type Slot,
} from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import { lockFor } from '../../platform/transact.ts';
import { skillsOf, type JobRow } from './job.ts';
import { freeStretches, roomFor, type Bench, type Visit } from './slots.ts';
import * as store from './store.ts';
import { dayOf, shiftOn, technicianOf, type Technician } from './technician.ts';
import { activeTechnicians } from './technicians-store.ts';

/** A window is offered until this long before it opens: somebody must still be able to plan it. */
const NOTICE_MINUTES = 120;
const DAYS_MAX = 31;
const MINUTE_MS = 60_000;

export type SlotQuestion = Readonly<{
  /** Reserved for travel times; capacity is the same everywhere until routes are computed. */
  locationId?: string | null | undefined;
  type: JobType;
  from?: string | undefined;
  days: number;
}>;

/**
 * Arrival windows that really fit: each has a technician with the skills, free long enough beside what is
 * assigned and what is already promised. Windows that open within two hours are past.
 */
export async function suggestedSlots(reading: Reading, question: SlotQuestion): Promise<Slot[]> {
  const first = firstDay(reading, question.from);
  const days = Math.min(question.days, DAYS_MAX);
  const type = await store.jobType(reading.db, question.type);
  const kind = { skills: skillsOf(type), minutes: type.duration_minutes };
  const windows = await store.arrivalWindows(reading.db);
  const dates = Array.from({ length: days }, (_, index) => addDays(first, index));
  const calendar = await loadDays(reading, { first, last: dates.at(-1) ?? first });
  const opensAfter = reading.now.getTime() + NOTICE_MINUTES * MINUTE_MS;
  return dates.flatMap((date) =>
    windows.flatMap(({ from, to }) => {
      const arrival = arrivalOf({ date, from, to });
      if (arrival.from < opensAfter) return [];
      const { benches, promised } = calendar(date);
      const left = roomFor({ ...kind, arrival }, benches, promised);
      return left > 0 ? [{ date, from, to, left }] : [];
    }),
  );
}

/** The first day looked at: the one asked for, never one that is past. */
export function firstDay({ now }: Pick<Reading, 'now'>, from: string | undefined): string {
  const today = dayOf(now);
  return from !== undefined && from > today ? from : today;
}

/**
 * Takes the day for this transaction and refuses `slot_taken` when the window has no room for such a visit.
 * Everybody who promises or moves something on that day waits here in turn: no window is sold twice.
 */
export async function requireRoom(
  tx: Tx,
  wanted: { window: PromisedWindow; skills: readonly Skill[]; minutes: number; exceptJobId?: string },
): Promise<void> {
  const { window, skills, minutes } = wanted;
  await lockDay(tx, window.date);
  const calendar = await loadDays(tx, {
    first: window.date,
    last: window.date,
    ...(wanted.exceptJobId === undefined ? {} : { exceptJobId: wanted.exceptJobId }),
  });
  const { benches, promised } = calendar(window.date);
  const visit = { skills, minutes, arrival: arrivalOf(window) };
  if (roomFor(visit, benches, promised) === 0) throw new Refusal('slot_taken', { ...window });
}

/** Only one at a time plans a day. */
export const lockDay = (tx: Pick<Tx, 'db'>, date: string): Promise<unknown> =>
  lockFor(tx, `dispatch-day:${date}`);

const arrivalOf = ({ date, from, to }: PromisedWindow) => ({
  from: instantOf({ date, time: from }).getTime(),
  to: instantOf({ date, time: to }).getTime(),
});

type Day = Readonly<{ benches: Bench[]; promised: Visit[] }>;

/** What is free and what is promised on each day of a stretch, from three queries. */
async function loadDays(
  { db }: Pick<Reading, 'db'>,
  { first, last, exceptJobId }: { first: string; last: string; exceptJobId?: string },
): Promise<(date: string) => Day> {
  const technicians = (await activeTechnicians(db)).map(technicianOf);
  const stretch = { from: startOfDay(first), to: endOfDay(last), statuses: ASSIGNED };
  const others = (row: JobRow) => row.id !== exceptJobId;
  const placed = (await store.placedBetween(db, stretch)).filter(others);
  const pool = (await store.promisedBetween(db, { fromDay: first, toDay: last })).filter(others);
  const placedByDay = Map.groupBy(placed, (row) => dayOf(row.starts_at ?? ''));
  const poolByDay = Map.groupBy(pool, (row) => row.window_date ?? '');
  return (date) => ({
    benches: technicians.flatMap((technician) => benchOf(technician, date, placedByDay.get(date) ?? [])),
    promised: (poolByDay.get(date) ?? []).map(promiseOf),
  });
}

function benchOf({ id, skills, hours }: Technician, date: string, placed: readonly JobRow[]): Bench[] {
  const shift = shiftOn(hours, date);
  if (!shift) return [];
  const booked = placed
    .filter((row) => row.technician_id === id)
    .map((row) => {
      const from = Date.parse(row.starts_at ?? '');
      return { from, to: from + row.duration_minutes * MINUTE_MS };
    });
  const whole = { from: Date.parse(shift.startsAt), to: Date.parse(shift.endsAt) };
  return [{ skills, free: freeStretches(whole, booked) }];
}

const promiseOf = (row: JobRow): Visit => ({
  skills: skillsOf(row),
  minutes: row.duration_minutes,
  arrival: { from: Date.parse(row.window_starts_at ?? ''), to: Date.parse(row.window_ends_at ?? '') },
});
