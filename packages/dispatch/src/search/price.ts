import type { State } from './state.ts';
import { walk, type Trial } from './walk.ts';

/** A place found for a task; written over by the next search for one. */
export type Found = { route: number; position: number; price: number };

const trial: Trial = { task: -1, position: 0 };

/**
 * Where the task costs least in the route: the price and the position into `found`, Infinity when it does not fit.
 * A position is tried in constant time: the arrival there, and the latest arrival that what follows bears. Where
 * breaks, overtime, paid time, promises or restocking count, what passes is walked, unless its travel alone costs
 * more than the best so far.
 */
export function priceInRoute(state: State, task: number, route: number, found: Found): void {
  const { model, order, leave, latest, leg } = state;
  const { place, places, distance, distanceTo, time, timeTo } = model;
  found.route = route;
  found.price = Infinity;
  if (!loadFits(state, task, route)) return;
  const here = (place[task] ?? 0) * places;
  const opening = state.ready[task] ?? 0;
  const closing = state.due[task] ?? 0;
  const service = model.service[task] ?? 0;
  const count = state.length[route] ?? 0;
  const base = route * state.room;
  const perDistance = model.perDistance[route] ?? 0;
  const rich = (state.rich[route] ?? 0) | (model.richTask[task] ?? 0);
  const fixed = count === 0 ? (model.fixed[route] ?? 0) : 0;
  let before = model.from[route] ?? 0;
  let clock = model.open[route] ?? 0;
  let best = Infinity;
  for (let index = 0; index <= count; index++) {
    const arrival = clock + (timeTo[here + before] ?? 0);
    if (arrival > closing) break;
    const ends = (arrival > opening ? arrival : opening) + service;
    const last = index === count;
    const next = last ? -1 : (order[base + index] ?? 0);
    const after = last ? (model.to[route] ?? 0) : (place[next] ?? 0);
    if (ends + (time[here + after] ?? 0) <= (last ? (model.close[route] ?? 0) : (latest[next] ?? 0))) {
      const detour =
        (distanceTo[here + before] ?? 0) +
        (distance[here + after] ?? 0) -
        (last ? (state.lastLeg[route] ?? 0) : (leg[next] ?? 0));
      let price = detour * perDistance + fixed;
      if (price < best && rich) {
        trial.task = task;
        trial.position = index;
        price = walk(state, route, trial) - (state.cost[route] ?? 0);
      }
      if (price < best) {
        best = price;
        found.position = index;
      }
    }
    if (!last) {
      before = after;
      clock = leave[next] ?? 0;
    }
  }
  found.price = best;
}

function loadFits(state: State, task: number, route: number): boolean {
  const { loads, demand, capacity } = state.model;
  for (let kind = 0; kind < loads; kind++) {
    if (
      (state.load[route * loads + kind] ?? 0) + (demand[task * loads + kind] ?? 0) >
      (capacity[route * loads + kind] ?? 0)
    )
      return false;
  }
  return true;
}
