import type { Skill } from '@gigafibre/contract';
import { hasSkills } from './technician.ts';

/** A stretch of time in milliseconds since the epoch, its end not included. */
export type Stretch = Readonly<{ from: number; to: number }>;
/** A technician on one day: what they can do, and when they are neither off nor already booked. */
export type Bench = Readonly<{ skills: readonly Skill[]; free: readonly Stretch[] }>;
/** A visit promised within a window of arrival: it must begin in it, wherever it ends. */
export type Visit = Readonly<{ skills: readonly Skill[]; minutes: number; arrival: Stretch }>;

/** Between two visits there is a road. An average until routes are computed. */
export const TRAVEL_MINUTES = 20;
const MINUTE_MS = 60_000;
const TRAVEL_MS = TRAVEL_MINUTES * MINUTE_MS;
/** More of the same than this in one window need not be counted. */
const LEFT_MAX = 12;

/** The free stretches of a shift around what is booked in it, with the road before and after each visit. */
export function freeStretches(shift: Stretch, booked: readonly Stretch[]): Stretch[] {
  const free: Stretch[] = [];
  let from = shift.from;
  for (const visit of booked.toSorted((a, b) => a.from - b.from)) {
    if (visit.from - TRAVEL_MS > from) free.push({ from, to: Math.min(visit.from - TRAVEL_MS, shift.to) });
    from = Math.max(from, visit.to + TRAVEL_MS);
  }
  if (shift.to > from) free.push({ from, to: shift.to });
  return free.filter((stretch) => stretch.to > stretch.from);
}

/**
 * How many more visits like `visit` can be promised, given those already promised. It counts a plan that really
 * exists: every visit it counts has a technician, a beginning within its window and an end within the shift.
 * The plan is found greedily, so it may offer less than is possible, never more.
 */
export function roomFor(visit: Visit, benches: readonly Bench[], promised: readonly Visit[]): number {
  const homeless = unplaced(benches, promised);
  let left = 0;
  while (left < LEFT_MAX) {
    const more = [...promised, ...Array.from({ length: left + 1 }, () => visit)];
    if (unplaced(benches, more) > homeless) break;
    left += 1;
  }
  return left;
}

/** How many of the visits find no place. Tightest first: the earliest closing window, then the rarest skills, then the longest. */
export function unplaced(benches: readonly Bench[], visits: readonly Visit[]): number {
  const free = benches.map((bench) => [...bench.free]);
  const order = visits.toSorted(
    (a, b) =>
      a.arrival.to - b.arrival.to ||
      able(benches, a) - able(benches, b) ||
      b.minutes - a.minutes ||
      a.arrival.from - b.arrival.from,
  );
  return order.filter((visit) => !place(visit, benches, free)).length;
}

const able = (benches: readonly Bench[], visit: Visit): number =>
  benches.filter((bench) => hasSkills(bench.skills, visit.skills)).length;

/** Takes the earliest beginning there is, of the technician with the fewest skills; false when there is none. */
function place(visit: Visit, benches: readonly Bench[], free: Stretch[][]): boolean {
  let best: { bench: number; stretch: number; from: number; skills: number } | undefined;
  for (const [bench, { skills }] of benches.entries()) {
    if (!hasSkills(skills, visit.skills)) continue;
    for (const [stretch, { from, to }] of (free[bench] ?? []).entries()) {
      const begin = Math.max(from, visit.arrival.from);
      if (begin >= visit.arrival.to || begin + visit.minutes * MINUTE_MS > to) continue;
      if (!best || begin < best.from || (begin === best.from && skills.length < best.skills))
        best = { bench, stretch, from: begin, skills: skills.length };
      break;
    }
  }
  if (!best) return false;
  const taken = free[best.bench] ?? [];
  const whole = taken[best.stretch];
  if (!whole) return false;
  const end = best.from + visit.minutes * MINUTE_MS;
  const rest = freeStretches(whole, [{ from: best.from, to: end }]);
  taken.splice(best.stretch, 1, ...rest);
  return true;
}
