import type { Random } from '../random.ts';
import type { State } from '../search/state.ts';

/** Average number of tasks taken out at once, and the longest string taken from one route. */
const TAKEN_AVERAGE = 10;
const STRING_MAX = 10;
/** How often a string keeps some tasks in its middle, and how often one more than one. */
const SPLIT_SHARE = 0.5;
const LONGER_SPLIT = 0.01;

/**
 * Takes strings of neighbouring tasks out of routes that lie near each other: room that several technicians can use
 * together (slack induction by string removals, Christiaens and Vanden Berghe 2020). Writes what was taken into
 * `taken` from `count` on and returns the new count; the routes are left for `close` to mend.
 */
export function takeStrings(
  state: State,
  taken: Int32Array,
  how: Readonly<{
    random: Random;
    touch: (route: number) => void;
    assigned: number;
    used: number;
    /** Tasks around which strings are taken. */
    around: Int32Array;
  }>,
): number {
  const { model, routeOf, length } = state;
  const { random } = how;
  const average = how.used === 0 ? 1 : how.assigned / how.used;
  const stringMax = Math.min(STRING_MAX, average);
  const stringsMax = (4 * TAKEN_AVERAGE) / (1 + stringMax) - 1;
  const strings = Math.floor(random.unit() * stringsMax + 1);
  const seed = how.around[random.below(how.around.length)] ?? 0;
  const ruined: number[] = [];
  let count = 0;
  for (let at = 0; at < model.near && ruined.length < strings; at++) {
    const task = model.neighbours[seed * model.near + at] ?? 0;
    const route = routeOf[task] ?? 0;
    if (route < 0 || state.closed[route] === 1 || ruined.includes(route)) continue;
    how.touch(route);
    ruined.push(route);
    const longest = Math.min(length[route] ?? 0, stringMax);
    const size = Math.floor(random.unit() * longest + 1);
    count = takeFrom(state, taken, { count, task, size, random });
  }
  return count;
}

function takeFrom(
  state: State,
  taken: Int32Array,
  string: Readonly<{ count: number; task: number; size: number; random: Random }>,
): number {
  const { routeOf, position, length, order, room, model } = state;
  const { task, size, random } = string;
  const route = routeOf[task] ?? 0;
  const members = length[route] ?? 0;
  let kept = 0;
  if (size > 1 && size < members && random.unit() < SPLIT_SHARE) {
    kept = 1;
    while (size + kept < members && random.unit() < LONGER_SPLIT) kept++;
  }
  const span = size + kept;
  const at = position[task] ?? 0;
  const lowest = Math.max(0, at - span + 1);
  const highest = Math.min(at, members - span);
  const first = lowest + random.below(highest - lowest + 1);
  const skip = kept === 0 ? span : first + 1 + random.below(size - 1);
  let { count } = string;
  const base = route * room;
  let write = base + first;
  for (let index = first; index < members; index++) {
    const member = order[base + index] ?? 0;
    const inside = index < first + span && !(kept > 0 && index >= skip && index < skip + kept);
    if (inside) {
      taken[count++] = member;
      routeOf[member] = -1;
      state.total += model.prize[member] ?? 0;
    } else order[write++] = member;
  }
  length[route] = write - base;
  return count;
}
