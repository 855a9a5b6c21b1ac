import type { Random } from '../random.ts';
import { priceInRoute, type Found } from '../search/price.ts';
import { insert, type State } from '../search/state.ts';
import { putCrew } from './put-crew.ts';

/** Where there are more routes than this, those that pass near the task are tried first. */
const ALL_ROUTES_MAX = 40;
/** How many of the nearest tasks say which routes pass near. */
const NEAR_TASKS = 40;
/** After how many tasks it is asked whether time is up. */
const ASK_EVERY = 64;

/** How tasks are put back: `touch` is told of every route before it changes, `enough` says that time is up. */
export type PuttingBack = Readonly<{
  random: Random;
  blink: number;
  touch: (route: number) => void;
  enough?: () => boolean;
  /** How much dearer than its prize a job may be put in, for what it opens to others: a temperature. */
  leniency?: number;
}>;

const found: Found = { route: -1, position: 0, price: Infinity };
const best: Found = { route: -1, position: 0, price: Infinity };

/**
 * Puts tasks back one after the other, each where it then costs least; now and then it looks away from a route
 * (`blink`), so that the same hole is not always filled the same way. What fits nowhere, or costs more than leaving
 * it out, stays out. A crew is put back by its leader.
 */
export function putBack(
  state: State,
  tasks: Readonly<{ list: Int32Array; count: number }>,
  how: PuttingBack,
): void {
  const { model } = state;
  for (let at = 0; at < tasks.count; at++) {
    if (at % ASK_EVERY === ASK_EVERY - 1 && how.enough?.()) return;
    const task = tasks.list[at] ?? 0;
    if ((model.crew[task] ?? 0) > 1) {
      if (model.leader[task] === task) putCrew(state, task, how);
      continue;
    }
    cheapestRoute(state, task, how);
    if (best.route >= 0 && isWorthIt(best.price, model.prize[task] ?? 0, how)) {
      how.touch(best.route);
      insert(state, task, best);
    }
  }
}

function isWorthIt(price: number, prize: number, { leniency = 0, random }: PuttingBack): boolean {
  return price < prize || (leniency > 0 && price < prize - leniency * Math.log(random.unit()));
}

let marks = new Int32Array(0);
let round = 0;

function cheapestRoute(state: State, task: number, how: PuttingBack): void {
  const { model } = state;
  best.price = Infinity;
  best.route = -1;
  if (model.routes > ALL_ROUTES_MAX && model.allowed.length === 0 && cheapestNear(state, task, how)) return;
  let emptyKind = -1;
  for (let route = 0; route < model.routes; route++) {
    if (state.length[route] === 0) {
      if (model.kind[route] === emptyKind) continue;
      emptyKind = model.kind[route] ?? 0;
    }
    tryRoute(state, task, route, how);
  }
}

/** Tries the routes of the nearest tasks and an empty one; false when none of them takes the task. */
function cheapestNear(state: State, task: number, how: PuttingBack): boolean {
  const { model, routeOf } = state;
  if (marks.length < model.routes) marks = new Int32Array(model.routes);
  round++;
  const first = task * model.near;
  const last = first + Math.min(model.near, NEAR_TASKS);
  for (let at = first; at < last; at++) {
    const route = routeOf[model.neighbours[at] ?? 0] ?? 0;
    if (route < 0 || marks[route] === round) continue;
    marks[route] = round;
    tryRoute(state, task, route, how);
  }
  if (best.route < 0) return false;
  if (state.empty >= 0) tryRoute(state, task, state.empty, how);
  return true;
}

function tryRoute(state: State, task: number, route: number, how: PuttingBack): void {
  const { model, prices } = state;
  if (state.closed[route] === 1) return;
  const pair = task * model.routes + route;
  if (model.allowed.length > 0 && model.allowed[pair] === 0) return;
  const version = state.version[route] ?? 0;
  let price;
  let position;
  if (prices !== undefined && prices.version[pair] === version) {
    price = prices.price[pair] ?? 0;
    position = prices.position[pair] ?? 0;
  } else {
    priceInRoute(state, task, route, found);
    price = found.price;
    position = found.position;
    if (prices !== undefined) {
      prices.price[pair] = price;
      prices.position[pair] = position;
      prices.version[pair] = version;
    }
  }
  if (price < best.price && how.random.unit() >= how.blink) {
    best.price = price;
    best.route = route;
    best.position = position;
  }
}
