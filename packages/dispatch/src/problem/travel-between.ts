import { NO_ROAD } from './limits.ts';
import type { Point, Travel } from './problem.ts';

/** Metres of a degree of latitude's worth of radius: the mean radius of the earth. */
const EARTH_RADIUS = 6_371_000;

/** Travel from one place to another; both are NO_ROAD where there is no road. */
export type Leg = Readonly<{ time: number; distance: number }>;

/** How many places the travel knows. */
export function placesOf(travel: Travel): number {
  return travel.kind === 'matrix' ? travel.times.length : travel.points.length;
}

/** How long and how far from one place to another: whole numbers; nothing from a place to itself. */
export function travelBetween(travel: Travel, from: number, to: number): Leg {
  if (from === to) return { time: 0, distance: 0 };
  switch (travel.kind) {
    case 'matrix': {
      const time = roadOf(travel.times[from]?.[to]);
      const distance = travel.distances === undefined ? time : roadOf(travel.distances[from]?.[to]);
      return time === NO_ROAD || distance === NO_ROAD
        ? { time: NO_ROAD, distance: NO_ROAD }
        : { time, distance };
    }
    case 'plane':
    case 'earth':
      return straight(travel, travel.points[from] ?? [0, 0], travel.points[to] ?? [0, 0]);
  }
}

/** Travel between two points, where there is no matrix. */
export function straight(travel: Exclude<Travel, { kind: 'matrix' }>, a: Point, b: Point): Leg {
  if (travel.kind === 'plane') {
    const exact = travel.scale * Math.hypot(a[0] - b[0], a[1] - b[1]);
    // A length that is whole in decimals must not lose one to its binary form.
    const length = travel.rounding === 'down' ? Math.floor(exact + 1e-9) : Math.round(exact);
    return { time: length, distance: length };
  }
  const distance = Math.round(overTheEarth(a, b) * travel.detour);
  return { time: Math.round(distance / travel.metresPerSecond), distance };
}

/** An entry of a matrix as a length: NO_ROAD for a hole. */
export function roadOf(entry: number | null | undefined): number {
  return entry === null || entry === undefined || !Number.isFinite(entry) || entry < 0 || entry >= NO_ROAD
    ? NO_ROAD
    : Math.round(entry);
}

function overTheEarth(a: Point, b: Point): number {
  const radians = Math.PI / 180;
  const [dx, dy] = [(b[0] - a[0]) * radians, (b[1] - a[1]) * radians];
  const half =
    Math.sin(dy / 2) ** 2 + Math.cos(a[1] * radians) * Math.cos(b[1] * radians) * Math.sin(dx / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
}
