import type { Model } from '../model.ts';
import type { State } from './state.ts';

/** What happens on the way, in order; `ready` is when it may start, `lasts` how long it takes. */
export type Happening = Readonly<{
  kind: 'task' | 'break' | 'restock';
  which: number;
  place: number;
  ready: number;
  lasts: number;
}>;

/** Promised to be done by whoever comes. */
const ANYBODY = -1;

/** A route as it would be with one more task: `task` stands at `position`, or nowhere when it is -1. */
export type Trial = { task: number; position: number };

/** What a walk found, besides its cost. */
export type Walked = { cost: number; depart: number; end: number; distance: number; restockAt: number };

export const walked: Walked = { cost: 0, depart: 0, end: 0, distance: 0, restockAt: -1 };

/**
 * What the route costs, walked from its start to its end with breaks, restocking, windows and overtime; Infinity when
 * it cannot be walked. The technician leaves as late as the end allows. Details are left in `walked`.
 */
export function walk(state: State, route: number, trial: Trial): number {
  const { model } = state;
  const restockBy = firstShortage(state, route, trial);
  if (restockBy < 0) return walkWith(state, route, trial, -1);
  if (model.restockPlace < 0) return Infinity;
  let best = Infinity;
  let at = -1;
  for (let stop = 0; stop <= restockBy; stop++) {
    const cost = walkWith(state, route, trial, stop);
    if (cost < best) {
      best = cost;
      at = stop;
    }
  }
  return at < 0 ? Infinity : walkWith(state, route, trial, at);
}

/** The happenings of a route as it stands, in order; undefined when it cannot be walked. */
export function trailOf(state: State, route: number): readonly Happening[] | undefined {
  const trial = { task: -1, position: 0 };
  if (walk(state, route, trial) === Infinity) return undefined;
  const { restockAt } = walked;
  steps.trail = [];
  walkWith(state, route, trial, restockAt);
  const { trail } = steps;
  steps.trail = undefined;
  return trail;
}

function taskAt(state: State, base: number, trial: Trial, index: number): number {
  if (trial.task < 0 || index < trial.position) return state.order[base + index] ?? 0;
  return index === trial.position ? trial.task : (state.order[base + index - 1] ?? 0);
}

let used = new Int32Array(0);

/** The first task for which the technician has not the tools or the parts, -1 when all are on board. */
function firstShortage(state: State, route: number, trial: Trial): number {
  const { model } = state;
  const { parts, need, stock, toolNeed, tools } = model;
  if (model.restockPlace < 0) return -1;
  if (used.length < parts) used = new Int32Array(parts);
  used.fill(0);
  const base = route * state.room;
  const count = (state.length[route] ?? 0) + (trial.task < 0 ? 0 : 1);
  for (let index = 0; index < count; index++) {
    const task = taskAt(state, base, trial, index);
    if (((toolNeed[task] ?? 0) & ~(tools[route] ?? 0)) !== 0) return index;
    for (let part = 0; part < parts; part++) {
      used[part] = (used[part] ?? 0) + (need[task * parts + part] ?? 0);
      if ((used[part] ?? 0) > (stock[route * parts + part] ?? 0)) return index;
    }
  }
  return -1;
}

/** Where the walk stands. */
type Steps = {
  clock: number;
  place: number;
  distance: number;
  waited: number;
  slack: number;
  pause: number;
  penalty: number;
  route: number;
  trail: Happening[] | undefined;
};

const steps: Steps = {
  clock: 0,
  place: 0,
  distance: 0,
  waited: 0,
  slack: 0,
  pause: 0,
  penalty: 0,
  route: 0,
  trail: undefined,
};

function walkWith(state: State, route: number, trial: Trial, restockAt: number): number {
  const { model } = state;
  const base = route * state.room;
  const count = (state.length[route] ?? 0) + (trial.task < 0 ? 0 : 1);
  if (count === 0) return 0;
  steps.clock = model.open[route] ?? 0;
  steps.place = model.from[route] ?? 0;
  steps.distance = 0;
  steps.waited = 0;
  steps.slack = Infinity;
  steps.pause = model.breakFirst[route] ?? 0;
  steps.penalty = 0;
  steps.route = route;
  const asItStands = trial.task < 0;
  for (let index = resume(state, route, trial); index < count; index++) {
    if (index === restockAt && !stepToRestock(state, route)) return Infinity;
    const task = taskAt(state, base, trial, index);
    if (!stepToTask(state, route, task)) return Infinity;
    if (asItStands) leaveMark(state, task);
  }
  if (!stepHome(model, route)) return Infinity;
  const depart = (model.open[route] ?? 0) + Math.min(steps.slack, steps.waited);
  walked.depart = depart;
  walked.end = steps.clock;
  walked.distance = steps.distance;
  walked.restockAt = restockAt;
  walked.cost =
    (model.fixed[route] ?? 0) +
    steps.distance * (model.perDistance[route] ?? 0) +
    (steps.clock - depart) * (model.perTime[route] ?? 0) +
    Math.max(0, steps.clock - (model.overtimeFrom[route] ?? 0)) * (model.perOvertime[route] ?? 0) +
    steps.penalty;
  return walked.cost;
}

/** Waits until `start` where `arrival` is earlier; the start could still be as late as `latest`. */
function waitFor(arrival: number, start: number, latest: number): void {
  steps.waited += start - arrival;
  const slack = steps.waited + latest - start;
  if (slack < steps.slack) steps.slack = slack;
}

/** What was walked before the position of a trial stands: the walk goes on from there. Returns where. */
function resume(state: State, route: number, trial: Trial): number {
  if (trial.task < 0 || trial.position === 0 || state.rich[route] === 0 || state.model.restockPlace >= 0)
    return 0;
  const { after, model, order, room } = state;
  const task = order[route * room + trial.position - 1] ?? 0;
  steps.clock = after.clock[task] ?? 0;
  steps.place = model.place[task] ?? 0;
  steps.distance = after.distance[task] ?? 0;
  steps.waited = after.waited[task] ?? 0;
  steps.slack = after.slack[task] ?? 0;
  steps.pause = after.pause[task] ?? 0;
  steps.penalty = after.penalty[task] ?? 0;
  return trial.position;
}

function leaveMark({ after }: State, task: number): void {
  after.clock[task] = steps.clock;
  after.distance[task] = steps.distance;
  after.waited[task] = steps.waited;
  after.slack[task] = steps.slack;
  after.pause[task] = steps.pause;
  after.penalty[task] = steps.penalty;
}

function stepToTask(state: State, route: number, task: number): boolean {
  const { model } = state;
  const here = model.place[task] ?? 0;
  for (;;) {
    const edge = steps.place * model.places + here;
    const arrival = steps.clock + (model.time[edge] ?? 0);
    const start = startOf(state, task, arrival);
    const pending = steps.pause < (model.breakFirst[route + 1] ?? 0);
    if (pending && breakComesFirst(state, { task, arrival, start })) {
      if (!takeBreak(model, { arrival, start, edge, here })) return false;
      continue;
    }
    if (start === Infinity) return false;
    waitFor(arrival, start, bearable(state, task, start));
    steps.distance += model.distance[edge] ?? 0;
    steps.place = here;
    steps.clock = start + (model.service[task] ?? 0);
    steps.penalty += penaltyOf(model, task, start);
    steps.trail?.push({
      kind: 'task',
      which: task,
      place: here,
      ready: opens(state, task, start),
      lasts: model.service[task] ?? 0,
    });
    return true;
  }
}

/** The first moment from the arrival on at which the work may start, Infinity when there is none. */
function startOf(state: State, task: number, arrival: number): number {
  const { model } = state;
  if (arrival > (state.due[task] ?? 0)) return Infinity;
  const first = model.windowFirst[task] ?? 0;
  const end = model.windowFirst[task + 1] ?? 0;
  if (end - first < 2 || (state.fixed[task] ?? 0) >= 0) {
    return notTooEarly(model, task, {
      start: Math.max(arrival, state.ready[task] ?? 0),
      latest: state.due[task] ?? 0,
    });
  }
  for (let window = first; window < end; window++) {
    const latest = model.windowTo[window] ?? 0;
    if (arrival > latest) continue;
    return notTooEarly(model, task, { start: Math.max(arrival, model.windowFrom[window] ?? 0), latest });
  }
  return Infinity;
}

/** Who promised to come does not come earlier than promised, when waiting is possible: promises go before time. */
function notTooEarly(model: Model, task: number, at: Readonly<{ start: number; latest: number }>): number {
  const from = model.keptFrom[task] ?? 0;
  if (at.start >= from || from > at.latest || model.keptCost[task] === 0) return at.start;
  return isPromised(model, task) ? from : at.start;
}

/** Whether the technician who walks is the one who was promised. */
function isPromised(model: Model, task: number): boolean {
  const owner = model.keptOwner[task];
  return owner === ANYBODY || owner === model.owner[steps.route];
}

/** When the window of a start began. */
function opens(state: State, task: number, start: number): number {
  const { model } = state;
  let from = state.ready[task] ?? 0;
  if ((state.fixed[task] ?? 0) >= 0) return from;
  for (let window = model.windowFirst[task] ?? 0; window < (model.windowFirst[task + 1] ?? 0); window++) {
    if ((model.windowFrom[window] ?? 0) <= start) from = Math.max(from, model.windowFrom[window] ?? 0);
  }
  return notTooEarly(model, task, { start: from, latest: start });
}

/** How late the start could be without cost or loss. */
function bearable(state: State, task: number, start: number): number {
  const { model } = state;
  let latest = state.due[task] ?? 0;
  const end = model.windowFirst[task + 1] ?? 0;
  if ((state.fixed[task] ?? 0) < 0) {
    for (let window = model.windowFirst[task] ?? 0; window < end; window++) {
      if (start <= (model.windowTo[window] ?? 0) && start >= (model.windowFrom[window] ?? 0))
        latest = model.windowTo[window] ?? 0;
    }
  }
  if ((model.perLate[task] ?? 0) > 0)
    latest = Math.min(latest, Math.max(start, (model.lateAfter[task] ?? 0) - (model.service[task] ?? 0)));
  if ((model.keptCost[task] ?? 0) > 0) latest = Math.min(latest, Math.max(start, model.keptTo[task] ?? 0));
  return latest;
}

function penaltyOf(model: Model, task: number, start: number): number {
  let penalty = 0;
  if ((model.perLate[task] ?? 0) > 0) {
    penalty +=
      Math.max(0, start + (model.service[task] ?? 0) - (model.lateAfter[task] ?? 0)) *
      (model.perLate[task] ?? 0);
  }
  if ((model.keptCost[task] ?? 0) > 0) {
    if (!isPromised(model, task) || start < (model.keptFrom[task] ?? 0) || start > (model.keptTo[task] ?? 0))
      penalty += model.keptCost[task] ?? 0;
  }
  return penalty;
}

/** Whether the next break is taken before the task rather than after it. */
function breakComesFirst(
  state: State,
  next: Readonly<{ task: number; arrival: number; start: number }>,
): boolean {
  const { model } = state;
  const earliest = model.breakEarliest[steps.pause] ?? 0;
  const latest = model.breakLatest[steps.pause] ?? 0;
  const duration = model.breakDuration[steps.pause] ?? 0;
  if (next.start === Infinity) return steps.clock >= earliest;
  const ends = next.start + (model.service[next.task] ?? 0);
  if (Math.max(next.arrival, earliest) + duration <= next.start && next.arrival <= latest) return true;
  if (ends > latest) return true;
  if (steps.clock < earliest) return false;
  const delayed = steps.clock + duration + (next.arrival - steps.clock);
  return startOf(state, next.task, delayed) !== Infinity;
}

/** Takes the break where the technician is; where it is not yet time, at the task's place after the drive. */
function takeBreak(
  model: Model,
  next: Readonly<{ arrival: number; start: number; edge: number; here: number }>,
): boolean {
  const { pause } = steps;
  const earliest = model.breakEarliest[pause] ?? 0;
  const latest = model.breakLatest[pause] ?? 0;
  if (steps.clock < earliest && next.arrival <= latest && next.start !== Infinity) {
    steps.distance += model.distance[next.edge] ?? 0;
    steps.place = next.here;
    steps.clock = next.arrival;
  }
  const arrival = steps.clock;
  const start = Math.max(arrival, earliest);
  if (start > latest) return false;
  waitFor(arrival, start, latest);
  steps.clock = start + (model.breakDuration[pause] ?? 0);
  steps.pause++;
  steps.trail?.push({
    kind: 'break',
    which: model.breakNumber[pause] ?? 0,
    place: steps.place,
    ready: earliest,
    lasts: model.breakDuration[pause] ?? 0,
  });
  return true;
}

function stepToRestock(state: State, route: number): boolean {
  const { model } = state;
  const edge = steps.place * model.places + model.restockPlace;
  const arrival = steps.clock + (model.time[edge] ?? 0);
  if (arrival > (model.close[route] ?? 0)) return false;
  steps.distance += model.distance[edge] ?? 0;
  steps.place = model.restockPlace;
  steps.clock = arrival + model.restockDuration;
  steps.trail?.push({
    kind: 'restock',
    which: 0,
    place: steps.place,
    ready: 0,
    lasts: model.restockDuration,
  });
  return true;
}

function stepHome(model: Model, route: number): boolean {
  const edge = steps.place * model.places + (model.to[route] ?? 0);
  const travel = model.time[edge] ?? 0;
  while (steps.pause < (model.breakFirst[route + 1] ?? 0)) {
    const latest = model.breakLatest[steps.pause] ?? 0;
    if (steps.clock + travel <= latest) break;
    const start = Math.max(steps.clock, model.breakEarliest[steps.pause] ?? 0);
    if (start > latest) return false;
    waitFor(steps.clock, start, latest);
    const lasts = model.breakDuration[steps.pause] ?? 0;
    const which = model.breakNumber[steps.pause] ?? 0;
    steps.trail?.push({
      kind: 'break',
      which,
      place: steps.place,
      ready: model.breakEarliest[steps.pause] ?? 0,
      lasts,
    });
    steps.clock = start + lasts;
    steps.pause++;
  }
  steps.distance += model.distance[edge] ?? 0;
  steps.clock += travel;
  waitFor(steps.clock, steps.clock, model.close[route] ?? 0);
  return steps.clock <= (model.close[route] ?? 0);
}
