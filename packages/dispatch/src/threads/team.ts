import { NO_ROAD } from '../problem/limits.ts';
import { recall, type Best } from '../search/best.ts';
import { openEmptyRoute, type State } from '../search/state.ts';

/** What the threads of one search share: the plan they work on, piece by piece, and a place to meet. */
export type Shared = Readonly<{
  /** Everybody's plan: route, position and agreed moment of each task. */
  routeOf: Int32Array;
  position: Int32Array;
  fixed: Int32Array;
  /** How many have arrived at the meeting, and which meeting it is. */
  meeting: Int32Array;
}>;

const ARRIVED = 0;
const ROUND = 1;

export function sharedFor(start: Best): Shared {
  return {
    routeOf: shared(start.routeOf),
    position: shared(start.position),
    fixed: shared(start.fixed),
    meeting: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)),
  };
}

function shared(values: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/** Waits until all have come; false when one does not come within the patience. */
export function meet({ meeting }: Shared, members: number, patienceMs: number): boolean {
  const round = Atomics.load(meeting, ROUND);
  if (Atomics.add(meeting, ARRIVED, 1) === members - 1) {
    Atomics.store(meeting, ARRIVED, 0);
    Atomics.add(meeting, ROUND, 1);
    Atomics.notify(meeting, ROUND);
    return true;
  }
  return Atomics.wait(meeting, ROUND, round, patienceMs) !== 'timed-out';
}

/** Writes what a thread made of its tasks into everybody's plan. */
export function publish(
  plan: Shared,
  made: Pick<Best, 'routeOf' | 'position' | 'fixed'>,
  tasks: Int32Array,
): void {
  for (const task of tasks) {
    plan.routeOf[task] = made.routeOf[task] ?? -1;
    plan.position[task] = made.position[task] ?? 0;
    plan.fixed[task] = made.fixed[task] ?? -1;
  }
}

/** Makes the state be everybody's plan. */
export function adopt(plan: Shared, state: State): void {
  recall({ ...plan, total: 0 }, state);
}

/** What a thread may change until the next meeting: its routes are open, its tasks listed. */
export function takeShare(
  state: State,
  turn: Readonly<{ member: number; members: number; round: number }>,
): Int32Array {
  const { model, length, routeOf, closed } = state;
  const used = usedRoutes(state);
  const direction = turn.round * GOLDEN_ANGLE;
  const key = new Float64Array(model.routes);
  for (const route of used) key[route] = alongDirection(state, route, direction);
  used.sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0) || a - b);
  const whole = used.reduce((sum, route) => sum + (length[route] ?? 0), 0);
  closed.fill(1);
  let before = 0;
  for (const route of used) {
    if (Math.floor((before / Math.max(1, whole)) * turn.members) === turn.member) closed[route] = 0;
    before += length[route] ?? 0;
  }
  let empties = 0;
  for (let route = 0; route < model.routes; route++) {
    if (length[route] === 0 && empties++ % turn.members === turn.member) closed[route] = 0;
  }
  state.empty = openEmptyRoute(state);
  const mine: number[] = [];
  for (let task = 0; task < model.tasks; task++) {
    const route = routeOf[task] ?? -1;
    if (route < 0 ? task % turn.members === turn.member : closed[route] === 0) mine.push(task);
  }
  return Int32Array.from(mine);
}

/** Turned by this from round to round, the dividing line never comes back to where it was. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

function usedRoutes(state: State): number[] {
  const used: number[] = [];
  for (let route = 0; route < state.model.routes; route++)
    if ((state.length[route] ?? 0) > 0) used.push(route);
  return used;
}

/** How far a route lies in a direction: places are located by their distance from two that lie far apart. */
function alongDirection(state: State, route: number, direction: number): number {
  const { model, order, room, length } = state;
  const [a, b] = landmarksOf(state);
  const [x, y] = [Math.cos(direction), Math.sin(direction)];
  const count = length[route] ?? 0;
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const place = model.place[order[route * room + index] ?? 0] ?? 0;
    const row = place * model.places;
    sum += x * (model.distance[row + a] ?? 0) + y * (model.distance[row + b] ?? 0);
  }
  return sum / count;
}

/** The place farthest from the first start, and the one farthest from that. */
function landmarksOf({ model }: State): readonly [number, number] {
  const farthest = (from: number): number => {
    let place = from;
    let most = -1;
    for (const other of model.place) {
      const distance = model.distance[from * model.places + other] ?? 0;
      if (distance > most && distance < NO_ROAD) {
        most = distance;
        place = other;
      }
    }
    return place;
  };
  const first = farthest(model.from[0] ?? 0);
  return [first, farthest(first)];
}
