import type { Model } from './model.ts';
import { putBack } from './moves/put-back.ts';
import { compile } from './problem/compile.ts';
import type { Job, Problem, Window } from './problem/problem.ts';
import { refusalsOf } from './problem/refusals.ts';
import { randomFrom } from './random.ts';
import { stateFrom } from './search/from-solution.ts';
import { technicianOf } from './search/names.ts';
import { agree, type State } from './search/state.ts';
import { toSolution } from './search/to-solution.ts';
import { begin, keep, takeBack, undoFor } from './search/undo.ts';
import type { Refusal, Solution } from './solution.ts';

/** More slots than this are not priced at once. */
const SLOTS_MAX = 1_000;

/** A slot that can be offered, and what taking it costs the plan. */
export type PricedSlot = Readonly<{
  from: number;
  to: number;
  /** Everything that the plan costs more with the job in the slot. */
  price: number;
  technicians: readonly string[];
  start: number;
  /** How much later the work could start without breaking what comes after it: the less, the greater the risk. */
  slack: number;
}>;

export type SlotPrices =
  | Readonly<{ kind: 'priced'; slots: readonly PricedSlot[] }>
  | Readonly<{ kind: 'refused'; refusals: readonly Refusal[] }>;

/**
 * What each slot would cost if the job's work started in it, the plan standing otherwise as it is: the cheapest
 * first, at most `most`. A slot into which the job does not fit is not among them.
 */
export function priceSlots(
  problem: Problem,
  solution: Solution,
  asked: Readonly<{ job: Job; slots: readonly Window[]; most: number }>,
): SlotPrices {
  const { windows: _, ...job } = asked.job;
  const others = problem.jobs.filter(({ id }) => id !== job.id);
  const grown: Problem = { ...problem, jobs: [...others, { ...job, windows: [{ from: 0, to: 0 }] }] };
  const refusals = refusalsOf(grown);
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const model = compile(grown);
  const state = stateFrom(grown, model, solution);
  const leader = model.job.indexOf(grown.jobs.length - 1);
  const priced = asked.slots
    .slice(0, SLOTS_MAX)
    .flatMap((slot) => priceSlot(grown, state, { leader, slot: within(slot, asked.job.windows) }));
  return {
    kind: 'priced',
    slots: priced.sort((a, b) => a.price - b.price || a.from - b.from).slice(0, asked.most),
  };
}

/** The part of a slot that the job's own windows leave. */
function within(slot: Window, windows: readonly Window[] = []): Window | undefined {
  if (windows.length === 0) return slot;
  const parts = windows.map(({ from, to }) => ({
    from: Math.max(from, slot.from),
    to: Math.min(to, slot.to),
  }));
  return parts.find(({ from, to }) => from <= to);
}

function priceSlot(
  problem: Problem,
  whole: State,
  asked: Readonly<{ leader: number; slot: Window | undefined }>,
): PricedSlot[] {
  const { leader, slot } = asked;
  if (slot === undefined || slot.to < slot.from) return [];
  const size = whole.model.crew[leader] ?? 1;
  const state: State = { ...whole, model: withWindow(whole.model, leader, slot), prices: undefined };
  for (let task = leader; task < leader + size; task++) agree(state, task, -1);
  const undo = undoFor(state);
  begin(undo, state);
  const before = state.total;
  const list = Int32Array.of(leader);
  const random = randomFrom(1);
  putBack(state, { list, count: 1 }, { random, blink: 0, touch: (route) => keep(undo, state, route) });
  const route = state.routeOf[leader] ?? -1;
  if (route < 0) return [];
  const price = state.total - before + (state.model.prize[leader] ?? 0);
  const id = problem.jobs.at(-1)?.id;
  const technicians = Array.from({ length: size }, (_, seat) =>
    technicianOf(problem, state.model, state.routeOf[leader + seat] ?? -1),
  );
  const stops = toSolution(problem, state).routes.flatMap((one) => one.stops);
  const stop = stops.find((one) => one.kind === 'job' && one.job === id);
  const start = stop?.start ?? slot.from;
  const slack = Math.max(0, (state.latest[leader] ?? start) - start);
  takeBack(undo, state);
  for (let task = leader; task < leader + size; task++) state.routeOf[task] = -1;
  return [{ ...slot, price, technicians, start, slack }];
}

/** The same problem, with one window for a job. */
function withWindow(model: Model, leader: number, slot: Window): Model {
  const ready = model.ready.slice();
  const due = model.due.slice();
  const windowFrom = model.windowFrom.slice();
  const windowTo = model.windowTo.slice();
  for (let task = leader; task < leader + (model.crew[leader] ?? 1); task++) {
    ready[task] = slot.from;
    due[task] = slot.to;
    const window = model.windowFirst[task] ?? 0;
    windowFrom[window] = slot.from;
    windowTo[window] = slot.to;
  }
  return { ...model, ready, due, windowFrom, windowTo };
}
