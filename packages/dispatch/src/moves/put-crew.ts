import { priceInRoute, type Found } from '../search/price.ts';
import { agree, insert, takeOut, refresh, type State } from '../search/state.ts';
import type { PuttingBack } from './put-back.ts';

/** How many moments are tried for a crew to meet. */
const MOMENTS_MAX = 48;

const found: Found = { route: -1, position: 0, price: Infinity };
const cheapest: Found = { route: -1, position: 0, price: Infinity };

/**
 * Puts a crew's tasks into as many routes, all at one moment: of the moments at which one of the technicians could
 * begin, the one at which all together cost least. All of them, or none.
 */
export function putCrew(state: State, leader: number, how: PuttingBack): void {
  const size = state.model.crew[leader] ?? 0;
  let moment = -1;
  let price = state.model.prize[leader] ?? 0;
  for (const start of momentsOf(state, leader)) {
    const cost = priceAt(state, leader, start);
    if (cost < price) {
      price = cost;
      moment = start;
    }
  }
  for (let task = leader; task < leader + size; task++) agree(state, task, moment);
  if (moment < 0) return;
  const taken: number[] = [];
  for (let task = leader; task < leader + size; task++) {
    cheapestOf(state, task, taken);
    if (cheapest.route < 0) return giveUp(state, leader, task);
    taken.push(cheapest.route);
    how.touch(cheapest.route);
    insert(state, task, cheapest);
  }
}

function giveUp(state: State, leader: number, before: number): void {
  for (let task = leader; task < before; task++) {
    const route = state.routeOf[task] ?? 0;
    takeOut(state, task);
    refresh(state, route);
  }
  for (let task = leader; task < leader + (state.model.crew[leader] ?? 0); task++) agree(state, task, -1);
}

function priceAt(state: State, leader: number, start: number): number {
  const taken: number[] = [];
  let cost = 0;
  for (let task = leader; task < leader + (state.model.crew[leader] ?? 0); task++) {
    agree(state, task, start);
    cheapestOf(state, task, taken);
    if (cheapest.route < 0) return Infinity;
    taken.push(cheapest.route);
    cost += cheapest.price;
  }
  return cost;
}

function cheapestOf(state: State, task: number, taken: readonly number[]): void {
  const { model } = state;
  cheapest.price = Infinity;
  cheapest.route = -1;
  let emptyKind = -1;
  for (let route = 0; route < model.routes; route++) {
    if (taken.includes(route) || state.closed[route] === 1) continue;
    if (model.allowed.length > 0 && model.allowed[task * model.routes + route] === 0) continue;
    if (state.length[route] === 0) {
      if (model.kind[route] === emptyKind) continue;
      emptyKind = model.kind[route] ?? 0;
    }
    priceInRoute(state, task, route, found);
    if (found.price < cheapest.price) {
      cheapest.price = found.price;
      cheapest.route = route;
      cheapest.position = found.position;
    }
  }
}

/** Moments at which one of the crew could begin at the earliest in some gap of a route, and the windows' openings. */
function momentsOf(state: State, leader: number): number[] {
  const { model, order, length, leave } = state;
  const moments = new Set<number>();
  const ready = model.ready[leader] ?? 0;
  const due = model.due[leader] ?? 0;
  const here = model.place[leader] ?? 0;
  const add = (place: number, clock: number): void => {
    const start = Math.max(ready, clock + (model.time[place * model.places + here] ?? 0));
    if (start <= due) moments.add(start);
  };
  for (let window = model.windowFirst[leader] ?? 0; window < (model.windowFirst[leader + 1] ?? 0); window++) {
    moments.add(Math.max(ready, model.windowFrom[window] ?? 0));
  }
  for (let route = 0; route < model.routes; route++) {
    if (!anyAllowed(state, leader, route)) continue;
    add(model.from[route] ?? 0, model.open[route] ?? 0);
    const base = route * state.room;
    for (let index = 0; index < (length[route] ?? 0); index++) {
      const task = order[base + index] ?? 0;
      add(model.place[task] ?? 0, leave[task] ?? 0);
    }
  }
  const all = [...moments].filter((start) => insideWindow(state, leader, start)).sort((a, b) => a - b);
  const step = Math.max(1, Math.ceil(all.length / MOMENTS_MAX));
  return all.filter((_, index) => index % step === 0);
}

function anyAllowed(state: State, leader: number, route: number): boolean {
  const { allowed, routes, crew } = state.model;
  if (allowed.length === 0) return true;
  for (let task = leader; task < leader + (crew[leader] ?? 0); task++)
    if (allowed[task * routes + route] === 1) return true;
  return false;
}

function insideWindow(state: State, task: number, start: number): boolean {
  const { windowFirst, windowFrom, windowTo } = state.model;
  if (windowFirst[task] === windowFirst[task + 1]) return true;
  for (let window = windowFirst[task] ?? 0; window < (windowFirst[task + 1] ?? 0); window++) {
    if (start >= (windowFrom[window] ?? 0) && start <= (windowTo[window] ?? 0)) return true;
  }
  return false;
}
