import { compile } from './problem/compile.ts';
import { barOf, seatsOf, type Bar } from './problem/may-do.ts';
import type { Job, Problem, Technician } from './problem/problem.ts';
import { stateFrom } from './search/from-solution.ts';
import { priceInRoute, type Found } from './search/price.ts';
import { agree, emptyState, refresh, takeOut, type State } from './search/state.ts';
import type { Solution } from './solution.ts';

/** Why a technician does a job, or why not. Costs are in the units of the problem. */
export type Verdict = Readonly<{ technician: string }> &
  (
    | Readonly<{ code: 'chosen'; cost: number }>
    | Readonly<{ code: 'dearer'; by: number }>
    | Readonly<{ code: 'not-worth-it'; cost: number; prize: number }>
    | Readonly<{ code: 'day-full' }>
    | Readonly<{ code: 'outside-hours' }>
    | Readonly<{ code: 'cannot-be-there' }>
    | Readonly<{ code: 'not-enough-on-board' }>
    | Readonly<{ code: 'no-shift' }>
    | Bar
  );

/** What is said of a job: who does it and when, or that it is left out, and a verdict on every technician. */
export type Explanation =
  | Readonly<{
      kind: 'done';
      job: string;
      start: number;
      technicians: readonly string[];
      verdicts: readonly Verdict[];
    }>
  | Readonly<{ kind: 'left'; job: string; verdicts: readonly Verdict[] }>
  | Readonly<{ kind: 'unknown'; job: string }>;

/**
 * Why this technician, why not that one, why left out: the job is taken out of the plan and priced with everyone,
 * the rest standing as it is. The problem must be one that `plan` takes.
 */
export function explain(problem: Problem, solution: Solution, jobId: string): Explanation {
  const [explanation] = explainAll(problem, solution, [jobId]);
  return explanation ?? { kind: 'unknown', job: jobId };
}

/** The same for several jobs, for little more than for one. */
export function explainAll(
  problem: Problem,
  solution: Solution,
  jobIds: readonly string[],
): readonly Explanation[] {
  const model = compile(problem);
  const alone = emptyState(model);
  const numbers = new Map(problem.jobs.map(({ id }, number) => [id, number]));
  const left = new Set(solution.left);
  const asItIs = stateFrom(problem, model, solution);
  return jobIds.map((id) => {
    const number = numbers.get(id);
    const job = problem.jobs[number ?? -1];
    if (number === undefined || job === undefined) return { kind: 'unknown', job: id };
    // What is left out changes nothing when it is asked about.
    const state = left.has(id) ? asItIs : stateFrom(problem, model, solution);
    return explainOne(problem, solution, { job, task: model.job.indexOf(number), state, alone });
  });
}

function explainOne(
  problem: Problem,
  solution: Solution,
  of: Readonly<{ job: Job; task: number; state: State; alone: State }>,
): Explanation {
  const { job, task, state, alone } = of;
  const done = solution.routes.flatMap(({ technician, stops }) =>
    stops.flatMap((stop) =>
      stop.kind === 'job' && stop.job === job.id ? [{ technician, start: stop.start }] : [],
    ),
  );
  const start = done[0]?.start;
  freeTasks(state, task);
  // A crew has agreed on its moment: each technician is asked about that one.
  const moment = job.crew !== undefined && start !== undefined ? start : -1;
  agreeAll(state, task, moment);
  agreeAll(alone, task, moment);
  const technicians = done.map(({ technician }) => technician);
  const verdicts = verdictsOn(problem, { state, alone }, { job, task, technicians });
  if (start === undefined) return { kind: 'left', job: job.id, verdicts };
  return { kind: 'done', job: job.id, start, technicians, verdicts };
}

function freeTasks(state: State, leader: number): void {
  for (let task = leader; task < leader + (state.model.crew[leader] ?? 1); task++) {
    const route = state.routeOf[task] ?? -1;
    if (route < 0) continue;
    takeOut(state, task);
    refresh(state, route);
  }
  agreeAll(state, leader, -1);
}

function agreeAll(state: State, leader: number, start: number): void {
  for (let task = leader; task < leader + (state.model.crew[leader] ?? 1); task++) agree(state, task, start);
}

type Asked = Readonly<{ job: Job; task: number; technicians: readonly string[] }>;

function verdictsOn(
  problem: Problem,
  { state, alone }: Readonly<{ state: State; alone: State }>,
  asked: Asked,
): readonly Verdict[] {
  const prices = problem.technicians.map((_, owner) => cheapestFor(state, { ...asked, owner }));
  const chosen = Math.min(
    ...problem.technicians.flatMap(({ id }, owner) =>
      asked.technicians.includes(id) ? [prices[owner] ?? Infinity] : [],
    ),
  );
  return problem.technicians.map((technician, owner) => {
    const price = prices[owner] ?? Infinity;
    if (asked.technicians.includes(technician.id))
      return { technician: technician.id, code: 'chosen', cost: price };
    return {
      technician: technician.id,
      ...(price < Infinity
        ? dearer(state, asked, { price, chosen })
        : whyNot(problem, alone, { ...asked, technician, owner })),
    };
  });
}

type Reason = Verdict extends infer One
  ? One extends Verdict
    ? Omit<One, 'technician'> & { code: One['code'] }
    : never
  : never;

function dearer(state: State, { task }: Asked, of: Readonly<{ price: number; chosen: number }>): Reason {
  if (of.chosen < Infinity) return { code: 'dearer', by: of.price - of.chosen };
  return { code: 'not-worth-it', cost: of.price, prize: state.model.prize[task] ?? 0 };
}

/** The least that the job costs with a technician, over the seats and the shifts; Infinity when it does not fit. */
function cheapestFor(state: State, asked: Asked & Readonly<{ owner: number }>): number {
  const { model } = state;
  const found: Found = { route: -1, position: 0, price: Infinity };
  let best = Infinity;
  for (let task = asked.task; task < asked.task + (model.crew[asked.task] ?? 1); task++) {
    for (let route = 0; route < model.routes; route++) {
      if (model.owner[route] !== asked.owner) continue;
      if (model.allowed.length > 0 && model.allowed[task * model.routes + route] === 0) continue;
      priceInRoute(state, task, route, found);
      best = Math.min(best, found.price);
    }
  }
  return best;
}

/** Why the job does not fit: barred whatever the plan, impossible even on an empty day, or the day is full. */
function whyNot(
  problem: Problem,
  alone: State,
  asked: Asked & Readonly<{ technician: Technician; owner: number }>,
): Reason {
  const { job, technician } = asked;
  const bars = seatsOf(job).map((seat) => barOf(problem, job, { technician, seat }));
  const [bar] = bars;
  if (bar !== undefined && bars.every((one) => one !== undefined)) return bar;
  if (technician.shifts.length === 0) return { code: 'no-shift' };
  if (cheapestFor(alone, asked) < Infinity) return { code: 'day-full' };
  const { model } = alone;
  const overlaps = technician.shifts.some(
    ({ start, end, overtimeMax = 0 }) =>
      (alone.ready[asked.task] ?? 0) <= end + overtimeMax && (alone.due[asked.task] ?? 0) >= start,
  );
  if (!overlaps) return { code: 'outside-hours' };
  for (let kind = 0; kind < model.loads; kind++) {
    const capacities = technician.shifts.map((_, shift) => {
      const route = model.owner.findIndex((owner, at) => owner === asked.owner && model.shift[at] === shift);
      return model.capacity[route * model.loads + kind] ?? 0;
    });
    if ((model.demand[asked.task * model.loads + kind] ?? 0) > Math.max(...capacities))
      return { code: 'not-enough-on-board' };
  }
  return { code: 'cannot-be-there' };
}
