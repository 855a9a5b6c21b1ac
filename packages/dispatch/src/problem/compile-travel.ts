import type { Travel } from './problem.ts';
import { placesOf, travelBetween } from './travel-between.ts';

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
  let same = true;
  let symmetric = true;
  for (let from = 0; from < given; from++) {
    for (let to = 0; to < given; to++) {
      const leg = travelBetween(travel, from, to);
      time[from * places + to] = leg.time;
      distance[from * places + to] = leg.distance;
      if (leg.time !== leg.distance) same = false;
      if (from > to && symmetric) {
        symmetric = leg.time === time[to * places + from] && leg.distance === distance[to * places + from];
      }
    }
  }
  const roads = same ? time : distance;
  const timeTo = symmetric ? time : transposed(time, places);
  const distanceTo = symmetric ? roads : same ? timeTo : transposed(distance, places);
  return { places, nowhere: given, time, timeTo, distance: roads, distanceTo };
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
