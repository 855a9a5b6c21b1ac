import { compile } from '../problem/compile.ts';
import type { Problem } from '../problem/problem.ts';
import { agree, emptyState, refresh, type State } from '../search/state.ts';

/** The least that any plan can cost, by trying every one: for a handful of jobs without crews. */
export function exactCost(problem: Problem): number {
  const state = emptyState(compile(problem));
  for (let task = 0; task < state.model.tasks; task++) agree(state, task, -1);
  return cheapest(
    state,
    0,
    Array.from({ length: state.model.routes }, () => []),
  );
}

/** Every task goes to every position of every route, or is left out: all sequences come up once. */
function cheapest(state: State, task: number, routes: readonly (readonly number[])[]): number {
  const { model } = state;
  if (task === model.tasks) return priceOf(state, routes);
  let best = cheapest(state, task + 1, routes);
  for (let route = 0; route < model.routes; route++) {
    if (model.allowed.length > 0 && model.allowed[task * model.routes + route] === 0) continue;
    const members = routes[route] ?? [];
    for (let position = 0; position <= members.length; position++) {
      const longer = routes.with(route, members.toSpliced(position, 0, task));
      best = Math.min(best, cheapest(state, task + 1, longer));
    }
  }
  return best;
}

function priceOf(state: State, routes: readonly (readonly number[])[]): number {
  const { model } = state;
  let cost = 0;
  for (let task = 0; task < model.tasks; task++) {
    if (!routes.some((members) => members.includes(task))) cost += model.prize[task] ?? 0;
  }
  for (const [route, members] of routes.entries()) {
    state.order.set(members, route * state.room);
    state.length[route] = members.length;
    refresh(state, route);
    cost += fits(state, route, members) ? (state.cost[route] ?? 0) : Infinity;
  }
  return cost;
}

/** Windows, the shift and loads of a route, followed one task after the other. */
function fits(state: State, route: number, members: readonly number[]): boolean {
  const { model } = state;
  let clock = model.open[route] ?? 0;
  let place = model.from[route] ?? 0;
  for (const task of members) {
    const here = model.place[task] ?? 0;
    const arrival = clock + (model.time[place * model.places + here] ?? 0);
    if (arrival > (model.due[task] ?? 0)) return false;
    clock = Math.max(arrival, model.ready[task] ?? 0) + (model.service[task] ?? 0);
    place = here;
  }
  const home = model.time[place * model.places + (model.to[route] ?? 0)] ?? 0;
  if (clock + home > (model.close[route] ?? 0)) return false;
  for (let kind = 0; kind < model.loads; kind++) {
    const sum = members.reduce((total, task) => total + (model.demand[task * model.loads + kind] ?? 0), 0);
    if (sum > (model.capacity[route * model.loads + kind] ?? 0)) return false;
  }
  return true;
}
