import { agree, refresh, type State } from './state.ts';

/** The best found so far: route and position of each task, and the moments crews agreed on. */
export type Best = {
  readonly routeOf: Int32Array;
  readonly position: Int32Array;
  readonly fixed: Int32Array;
  total: number;
};

export function bestOf(state: State): Best {
  return {
    routeOf: state.routeOf.slice(),
    position: state.position.slice(),
    fixed: state.fixed.slice(),
    total: state.total,
  };
}

export function remember(best: Best, state: State): void {
  best.total = state.total;
  best.routeOf.set(state.routeOf);
  best.position.set(state.position);
  best.fixed.set(state.fixed);
}

/** Makes the state be what was remembered. */
export function recall(best: Best, state: State): void {
  const { tasks, routes, prize } = state.model;
  state.length.fill(0);
  state.routeOf.fill(-1);
  for (let task = 0; task < tasks; task++) {
    const route = best.routeOf[task] ?? 0;
    if (state.fixed[task] !== best.fixed[task]) agree(state, task, best.fixed[task] ?? 0);
    if (route < 0) continue;
    state.order[route * state.room + (best.position[task] ?? 0)] = task;
    state.length[route] = (state.length[route] ?? 0) + 1;
  }
  for (let route = 0; route < routes; route++) refresh(state, route);
  state.total = 0;
  for (let route = 0; route < routes; route++) state.total += state.cost[route] ?? 0;
  for (let task = 0; task < tasks; task++) if ((best.routeOf[task] ?? 0) < 0) state.total += prize[task] ?? 0;
}
