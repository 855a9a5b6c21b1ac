import { costOf } from '../cost.ts';
import type { Problem } from '../problem/problem.ts';
import type { Route, Solution, Stop } from '../solution.ts';
import { jobOf, technicianOf } from './names.ts';
import type { State } from './state.ts';
import { trailOf, walked } from './walk.ts';

/** The state as a plan with every time in it. */
export function toSolution(problem: Problem, state: State): Solution {
  const { model } = state;
  const routes: Route[] = [];
  for (let route = 0; route < model.routes; route++) {
    if ((state.length[route] ?? 0) > 0) routes.push(routeOf(problem, state, route));
  }
  const left = new Set<number>();
  for (let task = 0; task < model.tasks; task++)
    if ((state.routeOf[task] ?? 0) < 0) left.add(model.job[task] ?? 0);
  const plan = { routes, left: [...left].sort((a, b) => a - b).map((job) => problem.jobs[job]?.id ?? '') };
  return { ...plan, cost: costOf(problem, plan) };
}

/** Leaves as late as the end allows, so that waiting is done at home. */
function routeOf(problem: Problem, state: State, route: number): Route {
  const { model } = state;
  const trail = trailOf(state, route) ?? [];
  const { depart, end, distance } = walked;
  let clock = depart;
  let place = model.from[route] ?? 0;
  const stops: Stop[] = [];
  for (const { kind, which, place: here, ready, lasts } of trail) {
    const arrival = clock + (model.time[place * model.places + here] ?? 0);
    const start = Math.max(arrival, ready);
    clock = start + lasts;
    place = here;
    if (kind === 'task')
      stops.push({ kind: 'job', job: jobOf(problem, model, which), arrival, start, end: clock });
    else if (kind === 'break') stops.push({ kind, break: which, place: here, arrival, start, end: clock });
    else stops.push({ kind, arrival, start, end: clock });
  }
  const technician = technicianOf(problem, model, route);
  return { technician, shift: model.shift[route] ?? 0, start: depart, end, distance, stops };
}
