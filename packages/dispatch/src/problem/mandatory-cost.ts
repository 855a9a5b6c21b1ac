import type { Problem, Travel } from './problem.ts';
import { roadOf, straight } from './travel-between.ts';
import { NO_ROAD } from './limits.ts';

/** Leaving out a job that is not optional costs this many times the dearest round trip. */
const MANDATORY_TRIPS = 30;

const known = new WeakMap<Problem, number>();

/** What leaving out a mandatory job of priority 1 costs: so much that it is only done when nothing else is possible. */
export function mandatoryCost(problem: Problem): number {
  const before = known.get(problem);
  if (before !== undefined) return before;
  const road = longestRoad(problem.travel);
  let dearest = 1;
  for (const technician of problem.technicians) {
    for (const shift of technician.shifts) {
      const overtime = shift.overtimeMax ?? 0;
      const trip =
        2 * road * (technician.perDistance ?? 0) +
        (shift.end + overtime - shift.start) * (technician.perTime ?? 0) +
        overtime * (technician.perOvertime ?? 0) +
        (technician.fixed ?? 0);
      if (trip > dearest) dearest = trip;
    }
  }
  const cost = Math.ceil(dearest) * MANDATORY_TRIPS;
  known.set(problem, cost);
  return cost;
}

/** The longest distance between two places, or somewhat more. */
function longestRoad(travel: Travel): number {
  if (travel.kind !== 'matrix') {
    const [xs, ys] = [travel.points.map(([x]) => x), travel.points.map(([, y]) => y)];
    return straight(travel, [smallest(xs), smallest(ys)], [largest(xs), largest(ys)]).distance;
  }
  let longest = 1;
  for (const row of travel.distances ?? travel.times) {
    for (const entry of row) {
      const road = roadOf(entry);
      if (road < NO_ROAD && road > longest) longest = road;
    }
  }
  return longest;
}

const smallest = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
