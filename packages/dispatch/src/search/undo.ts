import { agree, refresh, type State } from './state.ts';

/** Keeps routes as they were before a try, so that a refused try leaves no trace. */
export type Undo = {
  readonly touched: Int32Array;
  readonly mark: Int32Array;
  readonly order: Int32Array;
  readonly fixed: Int32Array;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly versions: Int32Array;
  count: number;
  used: number;
  round: number;
  total: number;
};

export function undoFor(state: State): Undo {
  const { routes, tasks } = state.model;
  return {
    touched: new Int32Array(routes),
    mark: new Int32Array(routes),
    order: new Int32Array(tasks),
    fixed: new Int32Array(tasks),
    starts: new Int32Array(routes),
    lengths: new Int32Array(routes),
    versions: new Int32Array(routes),
    count: 0,
    used: 0,
    round: 0,
    total: 0,
  };
}

/** A new try begins. */
export function begin(undo: Undo, state: State): void {
  undo.round++;
  undo.count = 0;
  undo.used = 0;
  undo.total = state.total;
}

/** Keeps a route the first time a try changes it. */
export function keep(undo: Undo, state: State, route: number): void {
  if (undo.mark[route] === undo.round) return;
  undo.mark[route] = undo.round;
  const slot = undo.count++;
  const length = state.length[route] ?? 0;
  const base = route * state.room;
  undo.touched[slot] = route;
  undo.starts[slot] = undo.used;
  undo.lengths[slot] = length;
  undo.versions[slot] = state.version[route] ?? 0;
  for (let index = 0; index < length; index++) {
    const task = state.order[base + index] ?? 0;
    undo.order[undo.used + index] = task;
    undo.fixed[undo.used + index] = state.fixed[task] ?? 0;
  }
  undo.used += length;
}

/** Puts every kept route back as it was. */
export function takeBack(undo: Undo, state: State): void {
  for (let slot = 0; slot < undo.count; slot++) {
    const route = undo.touched[slot] ?? 0;
    const base = route * state.room;
    const count = state.length[route] ?? 0;
    for (let index = 0; index < count; index++) state.routeOf[state.order[base + index] ?? 0] = -1;
  }
  for (let slot = 0; slot < undo.count; slot++) {
    const route = undo.touched[slot] ?? 0;
    const base = route * state.room;
    const start = undo.starts[slot] ?? 0;
    const length = undo.lengths[slot] ?? 0;
    for (let index = 0; index < length; index++) {
      const task = undo.order[start + index] ?? 0;
      state.order[base + index] = task;
      if (state.fixed[task] !== undo.fixed[start + index]) agree(state, task, undo.fixed[start + index] ?? 0);
    }
    state.length[route] = length;
    refresh(state, route);
    state.version[route] = undo.versions[slot] ?? 0;
  }
  state.total = undo.total;
}
