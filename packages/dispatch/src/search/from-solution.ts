import type { Model } from '../model.ts';
import type { Problem } from '../problem/problem.ts';
import { jobOf, technicianOf } from './names.ts';
import type { Solution } from '../solution.ts';
import { bestOf, type Best } from './best.ts';
import { canAppend } from './can-append.ts';
import { agree, emptyState, insert, refresh, takeOut, type State } from './state.ts';

/** What of a plan still holds for the problem, as the beginning of a search. The rest is left out. */
export function fromSolution(problem: Problem, model: Model, solution: Solution): Best {
  return bestOf(stateFrom(problem, model, solution));
}

/** The state that a plan describes, as far as it still holds. */
export function stateFrom(problem: Problem, model: Model, solution: Solution): State {
  const state = emptyState(model);
  const routes = new Map<string, number>();
  for (let route = 0; route < model.routes; route++) {
    routes.set(keyOf(technicianOf(problem, model, route), model.shift[route] ?? 0), route);
  }
  const first = new Map<string, number>();
  for (let task = model.tasks - 1; task >= 0; task--)
    first.set(jobOf(problem, model, task), model.leader[task] ?? 0);
  for (const { technician, shift, stops } of solution.routes) {
    const route = routes.get(keyOf(technician, shift));
    if (route === undefined) continue;
    for (const stop of stops) {
      const leader = stop.kind === 'job' ? first.get(stop.job) : undefined;
      if (leader !== undefined) append(state, route, { leader, start: stop.start });
    }
  }
  dropHalfCrews(state);
  return state;
}

const keyOf = (technician: string, shift: number): string => `${shift} ${technician}`;

function append(state: State, route: number, visit: Readonly<{ leader: number; start: number }>): void {
  const { model } = state;
  const { leader, start } = visit;
  const size = model.crew[leader] ?? 0;
  for (let task = leader; task < leader + size; task++) {
    if ((state.routeOf[task] ?? 0) >= 0) continue;
    if (size > 1) agree(state, task, start);
    if (canAppend(state, task, route)) {
      insert(state, task, { route, position: state.length[route] ?? 0 });
      return;
    }
    if (size > 1) agree(state, task, -1);
  }
}

function dropHalfCrews(state: State): void {
  const { model, routeOf } = state;
  for (let task = 0; task < model.tasks; task++) {
    const leader = model.leader[task] ?? 0;
    if (model.crew[task] === 1 || (routeOf[task] ?? 0) < 0) continue;
    const members = Array.from({ length: model.crew[leader] ?? 0 }, (_, seat) => leader + seat);
    const whole = members.every(
      (member) => (routeOf[member] ?? 0) >= 0 && state.fixed[member] === state.fixed[task],
    );
    if (whole) continue;
    for (const member of members) {
      const route = routeOf[member] ?? 0;
      if (route >= 0) {
        takeOut(state, member);
        refresh(state, route);
      }
      agree(state, member, -1);
    }
  }
}
