import type { Model } from '../model.ts';
import { walk, type Trial } from './walk.ts';

/** Insertion prices are kept for every task in every route while there are no more pairs than this. */
const KEPT_PRICES_MAX = 4_000_000;

/** What a search changes: who does what in which order, with the times that make a try cheap. */
export type State = {
  readonly model: Model;
  /** Most tasks that a route can hold; route r begins at r * room in `order`. */
  readonly room: number;
  readonly order: Int32Array;
  readonly length: Int32Array;
  /** Route of a task, -1 when it is left out. */
  readonly routeOf: Int32Array;
  readonly position: Int32Array;
  /** When the technician leaves the task at the earliest (breaks aside). */
  readonly leave: Int32Array;
  /** When the technician must be at the task at the latest for the rest to hold (breaks aside). */
  readonly latest: Int32Array;
  /** Distance from what comes before the task; `lastLeg` that from the last task to the end. */
  readonly leg: Int32Array;
  readonly lastLeg: Int32Array;
  readonly load: Int32Array;
  readonly cost: Float64Array;
  /** 1 when the route must be walked to be priced. */
  readonly rich: Uint8Array;
  /** Where the walk of a rich route stands after each task, so that a try need not begin at its start. */
  readonly after: Standpoints;
  /** 1 when the route is someone else's to change. */
  readonly closed: Uint8Array;
  /** When the work of a task may start: that of the model, but one moment for a crew that has agreed on it. */
  readonly ready: Int32Array;
  readonly due: Int32Array;
  /** The moment a crew has agreed on, -1 for none. */
  readonly fixed: Int32Array;
  /** Changes with the content of the route, and comes back with it. */
  readonly version: Int32Array;
  readonly prices: Prices | undefined;
  /** The cost of everything, with what is left out. */
  total: number;
  versions: number;
  /** An empty route, -1 when there is none. */
  empty: number;
};

/** One of each for a task: see the walk. */
export type Standpoints = Readonly<{
  clock: Int32Array;
  distance: Int32Array;
  waited: Int32Array;
  slack: Float64Array;
  pause: Int32Array;
  penalty: Float64Array;
}>;

/** The cheapest way of putting a task into a route, valid while the version is that of the route. */
export type Prices = Readonly<{ version: Int32Array; price: Float64Array; position: Int32Array }>;

const asItStands: Trial = { task: -1, position: 0 };

/** Nothing assigned yet: the total is what leaving everything out costs. */
export function emptyState(model: Model): State {
  const { tasks, routes } = model;
  const state: State = {
    model,
    room: tasks,
    order: new Int32Array(tasks * routes),
    length: new Int32Array(routes),
    routeOf: new Int32Array(tasks).fill(-1),
    position: new Int32Array(tasks),
    leave: new Int32Array(tasks),
    latest: new Int32Array(tasks),
    leg: new Int32Array(tasks),
    lastLeg: new Int32Array(routes),
    load: new Int32Array(routes * model.loads),
    cost: new Float64Array(routes),
    rich: new Uint8Array(routes),
    after: {
      clock: new Int32Array(tasks),
      distance: new Int32Array(tasks),
      waited: new Int32Array(tasks),
      slack: new Float64Array(tasks),
      pause: new Int32Array(tasks),
      penalty: new Float64Array(tasks),
    },
    closed: new Uint8Array(routes),
    ready: model.ready.slice(),
    due: model.due.slice(),
    fixed: new Int32Array(tasks).fill(-1),
    version: new Int32Array(routes).fill(1),
    prices: pricesFor(tasks * routes),
    total: 0,
    versions: 1,
    empty: -1,
  };
  for (let task = 0; task < tasks; task++) state.total += model.prize[task] ?? 0;
  for (let route = 0; route < routes; route++) refresh(state, route);
  return state;
}

function pricesFor(pairs: number): Prices | undefined {
  if (pairs > KEPT_PRICES_MAX) return undefined;
  return { version: new Int32Array(pairs), price: new Float64Array(pairs), position: new Int32Array(pairs) };
}

/** Computes again what follows from the order of a route: times, load, cost. */
export function refresh(state: State, route: number): void {
  const { model, order, leave, position, routeOf, leg, ready } = state;
  const { place, places, time, distance, service, richTask } = model;
  const base = route * state.room;
  const count = state.length[route] ?? 0;
  let before = model.from[route] ?? 0;
  let clock = model.open[route] ?? 0;
  let metres = 0;
  let rich = model.richRoute[route] ?? 0;
  for (let index = 0; index < count; index++) {
    const task = order[base + index] ?? 0;
    const here = place[task] ?? 0;
    const edge = before * places + here;
    const arrival = clock + (time[edge] ?? 0);
    const opening = ready[task] ?? 0;
    clock = (arrival > opening ? arrival : opening) + (service[task] ?? 0);
    leave[task] = clock;
    leg[task] = distance[edge] ?? 0;
    metres += distance[edge] ?? 0;
    position[task] = index;
    routeOf[task] = route;
    rich |= richTask[task] ?? 0;
    before = here;
  }
  const last = distance[before * places + (model.to[route] ?? 0)] ?? 0;
  state.lastLeg[route] = last;
  state.rich[route] = rich;
  refreshLatest(state, route);
  refreshLoad(state, route);
  let cost = 0;
  if (count > 0) {
    cost = rich
      ? walk(state, route, asItStands)
      : (metres + last) * (model.perDistance[route] ?? 0) + (model.fixed[route] ?? 0);
    if (state.empty === route) state.empty = openEmptyRoute(state);
  } else state.empty = route;
  state.total += cost - (state.cost[route] ?? 0);
  state.cost[route] = cost;
  state.version[route] = ++state.versions;
}

/** An empty route that may be changed, -1 when there is none. */
export function openEmptyRoute({ length, closed }: State): number {
  for (let route = 0; route < length.length; route++)
    if (length[route] === 0 && closed[route] === 0) return route;
  return -1;
}

function refreshLatest(state: State, route: number): void {
  const { model, order, latest, due } = state;
  const { place, places, time, service } = model;
  const base = route * state.room;
  let after = model.to[route] ?? 0;
  let limit = model.close[route] ?? 0;
  for (let index = (state.length[route] ?? 0) - 1; index >= 0; index--) {
    const task = order[base + index] ?? 0;
    const here = place[task] ?? 0;
    const start = limit - (time[here * places + after] ?? 0) - (service[task] ?? 0);
    const closing = due[task] ?? 0;
    limit = start < closing ? start : closing;
    latest[task] = limit;
    after = here;
  }
}

function refreshLoad(state: State, route: number): void {
  const { model, order, load } = state;
  const { loads, demand } = model;
  const base = route * state.room;
  const end = base + (state.length[route] ?? 0);
  for (let kind = 0; kind < loads; kind++) {
    let sum = 0;
    for (let at = base; at < end; at++) sum += demand[(order[at] ?? 0) * loads + kind] ?? 0;
    load[route * loads + kind] = sum;
  }
}

/** Puts a task into a route so that it stands at the position. */
export function insert(state: State, task: number, at: Readonly<{ route: number; position: number }>): void {
  const { order, length } = state;
  const base = at.route * state.room;
  for (let index = base + (length[at.route] ?? 0); index > base + at.position; index--)
    order[index] = order[index - 1] ?? 0;
  order[base + at.position] = task;
  length[at.route] = (length[at.route] ?? 0) + 1;
  state.total -= state.model.prize[task] ?? 0;
  refresh(state, at.route);
}

/** Takes a task out of its route; the route is left to be refreshed by the caller. */
export function takeOut(state: State, task: number): void {
  const { order, length } = state;
  const route = state.routeOf[task] ?? 0;
  const end = route * state.room + (length[route] = (length[route] ?? 0) - 1);
  let at = route * state.room;
  while (order[at] !== task) at++;
  for (; at < end; at++) order[at] = order[at + 1] ?? 0;
  state.routeOf[task] = -1;
  state.total += state.model.prize[task] ?? 0;
}

/** Agrees on the moment at which a task of a crew starts, -1 to leave it open again. */
export function agree(state: State, task: number, start: number): void {
  state.fixed[task] = start;
  state.ready[task] = start < 0 ? (state.model.ready[task] ?? 0) : start;
  state.due[task] = start < 0 ? (state.model.due[task] ?? 0) : start;
}
