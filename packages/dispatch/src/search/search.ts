import { putBack } from '../moves/put-back.ts';
import type { Model } from '../model.ts';
import { randomFrom, type Random } from '../random.ts';
import type { StopRule } from '../stop/stop-rule.ts';
import { anneal, type Schedule } from './anneal.ts';
import { bestOf, recall, type Best } from './best.ts';
import { emptyState, type State } from './state.ts';

/**
 * Temperatures as shares of the mean cost of a leg, and how often a route is not looked at; found by trying. Where
 * time and promises cost too, a try moves more than its legs.
 */
const HOT = 1;
const COLD = 0.05;
const RICH_HOT = 2;
const RICH_COLD = 0.25;
/** A plan that was given is searched around, not melted: this many times as hot as at the end. */
const GENTLE = 2;
const BLINK = 0.01;

/** Puts what is left out of a state where it is cheapest. */
function fillIn(state: State, random: Random, enough: () => boolean): void {
  const { model } = state;
  const choices = new Float64Array(model.tasks).fill(model.routes);
  if (model.allowed.length > 0) {
    for (let task = 0; task < model.tasks; task++) {
      choices[task] = 0;
      for (let route = 0; route < model.routes; route++)
        choices[task] = (choices[task] ?? 0) + (model.allowed[task * model.routes + route] ?? 0);
    }
  }
  const list = Int32Array.from(
    Array.from({ length: model.tasks }, (_, task) => task)
      .filter((task) => (state.routeOf[task] ?? 0) < 0)
      .sort(
        (a, b) =>
          (model.crew[b] ?? 0) - (model.crew[a] ?? 0) ||
          (model.prize[b] ?? 0) - (model.prize[a] ?? 0) ||
          (choices[a] ?? 0) - (choices[b] ?? 0) ||
          (model.due[a] ?? 0) - (model.due[b] ?? 0) ||
          a - b,
      ),
  );
  putBack(state, { list, count: list.length }, { random, blink: 0, touch: () => undefined, enough });
}

/** The best plan that the search finds until the rule stops it. */
export function search(
  model: Model,
  how: Readonly<{ seed: number; stop: StopRule; start?: Best; gentle: boolean }>,
): { state: State; tries: number } {
  const random = randomFrom(how.seed);
  const standing = { tries: 0, best: Infinity };
  const state = begin(model, { random, start: how.start, enough: () => how.stop(standing) >= 1 });
  const best = bestOf(state);
  let tries = 0;
  if (model.tasks > 1 && model.routes > 0) {
    tries = anneal(state, best, {
      random,
      schedule: scheduleFor(state, how.gentle),
      until: 1,
      around: allTasks(model),
      progress: (count) => {
        standing.tries = count;
        standing.best = best.total;
        return how.stop(standing);
      },
    });
  }
  recall(best, state);
  return { state, tries };
}

/** A state to search from: the plan given, if any, with all that fits put where it is cheapest. */
export function begin(
  model: Model,
  how: Readonly<{ random: Random; start: Best | undefined; enough: () => boolean }>,
): State {
  const state = emptyState(model);
  if (how.start !== undefined) recall(how.start, state);
  fillIn(state, how.random, how.enough);
  return state;
}

/** The numbers of all tasks. */
export const allTasks = (model: Model): Int32Array =>
  Int32Array.from({ length: model.tasks }, (_, task) => task);

/** Temperatures that suit the costs of the problem: those of travelling a leg. */
export function scheduleFor(state: State, gentle: boolean): Schedule {
  const { model, length, order, room } = state;
  const { place, places, time, distance } = model;
  let sum = 0;
  let legs = 0;
  for (let route = 0; route < model.routes; route++) {
    const count = length[route] ?? 0;
    if (count === 0) continue;
    let before = model.from[route] ?? 0;
    for (let index = 0; index <= count; index++) {
      const here = (index < count ? place[order[route * room + index] ?? 0] : model.to[route]) ?? 0;
      const edge = before * places + here;
      sum +=
        (distance[edge] ?? 0) * (model.perDistance[route] ?? 0) +
        (time[edge] ?? 0) * (model.perTime[route] ?? 0);
      before = here;
    }
    legs += count + 1;
  }
  const leg = sum > 0 ? sum / legs : 1;
  const rich = model.richRoute.includes(1) || model.richTask.includes(1);
  const cold = leg * (rich ? RICH_COLD : COLD);
  return { hot: gentle ? cold * GENTLE : leg * (rich ? RICH_HOT : HOT), cold, blink: BLINK };
}
