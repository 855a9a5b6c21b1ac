import { compile } from './problem/compile.ts';
import type { Problem } from './problem/problem.ts';
import { refusalsOf } from './problem/refusals.ts';
import { search } from './search/search.ts';
import { toSolution } from './search/to-solution.ts';
import { fromSolution } from './search/from-solution.ts';
import type { Refusal, Solution } from './solution.ts';
import type { StopRule } from './stop/stop-rule.ts';

/** How to plan. */
export type PlanOptions = Readonly<{
  /** The same seed and a rule that counts tries give the same plan everywhere. */
  seed: number;
  stop: StopRule;
  /** A plan to begin with; what of it no longer holds is planned anew. */
  start?: Solution;
}>;

/** A plan, or why there can be none. */
export type Planned =
  | Readonly<{ kind: 'planned'; solution: Solution; tries: number }>
  | Readonly<{ kind: 'refused'; refusals: readonly Refusal[] }>;

/** Plans on the thread that calls: the best plan found until the rule stops the search. */
export function plan(problem: Problem, options: PlanOptions): Planned {
  const refusals = refusalsOf(problem);
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const model = compile(problem);
  const start = options.start === undefined ? undefined : fromSolution(problem, model, options.start);
  const { state, tries } = search(model, {
    seed: options.seed,
    stop: options.stop,
    start,
    gentle: start !== undefined,
  });
  return { kind: 'planned', solution: toSolution(problem, state), tries };
}
