import type { Travel } from './problem.ts';
import { placesOf, straight, travelBetween } from './travel-between.ts';

export type CompiledTravel = Readonly<{
  /** One more place than the problem has: `nowhere`, the last one, which costs nothing to reach or to leave. */
  places: number;
  nowhere: number;
  time: Int32Array;
  timeTo: Int32Array;
  distance: Int32Array;
  distanceTo: Int32Array;
}>;

/** Travel between all places as matrices that threads can share; equal matrices are one. */
export function compileTravel(travel: Travel): CompiledTravel {
  const given = placesOf(travel);
  const places = given + 1;
  const time = sharedInts(places * places);
  const distance = sharedInts(places * places);
  const { same, symmetric } =
    travel.kind === 'matrix'
      ? fillFromMatrix(travel, places, { time, distance })
      : fillStraight(travel, places, { time, distance });
  const roads = same ? time : distance;
  const timeTo = symmetric ? time : transposed(time, places);
  const distanceTo = symmetric ? roads : same ? timeTo : transposed(distance, places);
  return { places, nowhere: given, time, timeTo, distance: roads, distanceTo };
}

type Pair = Readonly<{ time: Int32Array; distance: Int32Array }>;
type Likeness = Readonly<{ same: boolean; symmetric: boolean }>;

function fillFromMatrix(travel: Travel, places: number, into: Pair): Likeness {
  const given = places - 1;
  const { time, distance } = into;
  let same = true;
  let symmetric = true;
  for (let from = 0; from < given; from++) {
    for (let to = 0; to < given; to++) {
      const leg = travelBetween(travel, from, to);
      const at = from * places + to;
      const back = to * places + from;
      time[at] = leg.time;
      distance[at] = leg.distance;
      if (leg.time !== leg.distance) same = false;
      if (from > to && symmetric) symmetric = leg.time === time[back] && leg.distance === distance[back];
    }
  }
  return { same, symmetric };
}

/** Between points it is as far there as back: half of it is computed. */
function fillStraight(travel: Exclude<Travel, { kind: 'matrix' }>, places: number, into: Pair): Likeness {
  const { points } = travel;
  for (const [from, a] of points.entries()) {
    for (let to = 0; to < from; to++) {
      const leg = straight(travel, points[to] ?? a, a);
      into.time[from * places + to] = leg.time;
      into.time[to * places + from] = leg.time;
      into.distance[from * places + to] = leg.distance;
      into.distance[to * places + from] = leg.distance;
    }
  }
  return { same: travel.kind === 'plane', symmetric: true };
}

function transposed(matrix: Int32Array, places: number): Int32Array {
  const turned = sharedInts(places * places);
  for (let from = 0; from < places; from++) {
    for (let to = 0; to < places; to++) turned[to * places + from] = matrix[from * places + to] ?? 0;
  }
  return turned;
}

function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}
