import type { State } from './state.ts';
import { walk } from './walk.ts';

/** Whether the task can be done in the route after all that is in it. */
export function canAppend(state: State, task: number, route: number): boolean {
  const { model, length, order } = state;
  const { place, places, time, loads } = model;
  if (model.allowed.length > 0 && model.allowed[task * model.routes + route] === 0) return false;
  for (let kind = 0; kind < loads; kind++) {
    const sum = (state.load[route * loads + kind] ?? 0) + (model.demand[task * loads + kind] ?? 0);
    if (sum > (model.capacity[route * loads + kind] ?? 0)) return false;
  }
  const count = length[route] ?? 0;
  const before = count === 0 ? -1 : (order[route * state.room + count - 1] ?? 0);
  const clock = before < 0 ? (model.open[route] ?? 0) : (state.leave[before] ?? 0);
  const from = before < 0 ? (model.from[route] ?? 0) : (place[before] ?? 0);
  const arrival = clock + (time[from * places + (place[task] ?? 0)] ?? 0);
  if (arrival > (state.due[task] ?? 0)) return false;
  const ends = Math.max(arrival, state.ready[task] ?? 0) + (model.service[task] ?? 0);
  if (ends + (time[(place[task] ?? 0) * places + (model.to[route] ?? 0)] ?? 0) > (model.close[route] ?? 0))
    return false;
  if (((state.rich[route] ?? 0) | (model.richTask[task] ?? 0)) === 0) return true;
  return walk(state, route, { task, position: count }) < Infinity;
}
