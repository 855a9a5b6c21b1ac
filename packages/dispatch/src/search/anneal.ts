import { putBack } from '../moves/put-back.ts';
import { takeStrings } from '../moves/take-strings.ts';
import { takeWholeCrews } from '../moves/take-whole-crews.ts';
import type { Random } from '../random.ts';
import { arrange } from './arrange.ts';
import { remember, type Best } from './best.ts';
import { refresh, type State } from './state.ts';
import { begin, keep, takeBack, undoFor } from './undo.ts';

/** Temperatures are costs: how much worse a try may be and still be gone on from, at the beginning and at the end. */
export type Schedule = Readonly<{ hot: number; cold: number; blink: number }>;

/** How often, in tries, the progress is asked for. */
const ASK_EVERY = 32;
/** How many of the tasks that are left out are tried again each time. */
const LEFT_TRIED_MAX = 8;

export type Annealing = Readonly<{
  random: Random;
  schedule: Schedule;
  /** How far the whole search has come after so many tries of this call: from 0 to 1. */
  progress: (tries: number) => number;
  /** How far it is to come in this call. */
  until: number;
  /** The tasks to work on; the others stay where they are when their routes are closed. */
  around: Int32Array;
}>;

/**
 * Takes some tasks out and puts them back, over and over, going on from what is not much worse, ever less so: simulated
 * annealing. Returns the number of tries.
 */
export function anneal(state: State, best: Best, how: Annealing): number {
  const { random, schedule, around } = how;
  const undo = undoFor(state);
  const touch = (route: number): void => keep(undo, state, route);
  const list = new Int32Array(state.model.tasks);
  const left = new Int32Array(state.model.tasks);
  const tell = { random, blink: schedule.blink, touch, leniency: schedule.hot };
  let sizes = sizesOf(state, left, around);
  let temperature = schedule.hot;
  for (let tries = 0; ; tries++) {
    if (tries % ASK_EVERY === 0) {
      const done = how.progress(tries);
      if (done >= how.until) return tries;
      temperature = schedule.hot * (schedule.cold / schedule.hot) ** done;
      tell.leniency = temperature;
    }
    begin(undo, state);
    let count = takeStrings(state, list, { random, touch, around, ...sizes });
    count = takeWholeCrews(state, list, { count, touch });
    for (let slot = 0; slot < undo.count; slot++) refresh(state, undo.touched[slot] ?? 0);
    count = addLeft(list, count, { left, waiting: sizes.left, random });
    arrange(state.model, list, count, random);
    putBack(state, { list, count }, tell);
    if (state.total < undo.total - temperature * Math.log(random.unit())) {
      if (sizes.left > 0 || state.total > undo.total) sizes = sizesOf(state, left, around);
      if (state.total < best.total - 1e-6) remember(best, state);
    } else takeBack(undo, state);
  }
}

type Sizes = Readonly<{ assigned: number; used: number; left: number }>;

/** How many are assigned, in how many routes; those left out are written into `left`, a crew as its leader. */
function sizesOf(state: State, left: Int32Array, around: Int32Array): Sizes {
  let assigned = 0;
  let used = 0;
  for (const length of state.length) {
    assigned += length;
    if (length > 0) used++;
  }
  let count = 0;
  if (assigned < state.model.tasks) {
    for (const task of around) {
      if ((state.routeOf[task] ?? 0) < 0 && state.model.leader[task] === task) left[count++] = task;
    }
  }
  return { assigned, used, left: count };
}

function addLeft(
  list: Int32Array,
  count: number,
  from: Readonly<{ left: Int32Array; waiting: number; random: Random }>,
): number {
  let total = count;
  const { left, waiting, random } = from;
  const tried = Math.min(waiting, LEFT_TRIED_MAX);
  for (let at = 0; at < tried; at++) {
    const pick = at + random.below(waiting - at);
    const task = left[pick] ?? 0;
    left[pick] = left[at] ?? 0;
    left[at] = task;
    list[total++] = task;
  }
  return total;
}
