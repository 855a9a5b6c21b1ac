import { mandatoryCost } from './problem/mandatory-cost.ts';
import type { Job, Problem, Technician } from './problem/problem.ts';
import type { Refusal, Route, Solution } from './solution.ts';
import { plan } from './plan.ts';
import type { StopRule } from './stop/stop-rule.ts';

/** What upset a plan. */
export type Upset =
  | Readonly<{ kind: 'technician-away'; technician: string; from: number; to: number }>
  | Readonly<{ kind: 'job-added'; job: Job }>
  | Readonly<{ kind: 'job-cancelled'; job: string }>
  | Readonly<{ kind: 'job-overruns'; job: string; by: number }>;

export type RepairOptions = Readonly<{
  seed: number;
  stop: StopRule;
  /** What has begun before now stays as it is. */
  now: number;
  /** A visit is not moved when it keeps its technician and starts no further away than this. */
  tolerance: number;
  /** Cost of moving a visit; without it so much that as few as possible are moved. */
  moveCost?: number;
}>;

/** A visit that is no longer what was promised; `to` is undefined when it is left out. */
export type Moved = Readonly<{ job: string; from: Visit; to: Visit | undefined }>;
export type Visit = Readonly<{ technician: string; start: number }>;

export type Repaired =
  | Readonly<{
      kind: 'repaired';
      /** The problem as it is since, with what was promised in it. */
      problem: Problem;
      solution: Solution;
      moved: readonly Moved[];
    }>
  | Readonly<{ kind: 'refused'; refusals: readonly Refusal[] }>;

/** Share of what leaving a mandatory job out costs: it is always better to move a visit than to leave it out. */
const MOVE_SHARE = 0.1;

/** Plans anew on the calling thread after something upset the plan, moving as few promises as possible. */
export function repair(problem: Problem, solution: Solution, upset: Upset, options: RepairOptions): Repaired {
  const since = problemSince(problem, solution, upset, options);
  const planned = plan(since, { seed: options.seed, stop: options.stop, start: solution });
  return planned.kind === 'refused'
    ? planned
    : repairedTo(since, { ...options, before: solution, after: planned.solution });
}

/** The problem as it is since the upset: what has begun is locked, every other visit of the plan promised. */
export function problemSince(
  problem: Problem,
  solution: Solution,
  upset: Upset,
  options: Pick<RepairOptions, 'now' | 'tolerance' | 'moveCost'>,
): Problem {
  const since = afterUpset(problem, upset);
  const visits = firstVisits(solution.routes);
  const cost = options.moveCost ?? mandatoryCost(problem) * MOVE_SHARE;
  const jobs = since.jobs.map((job) => {
    const visit = visits.get(job.id);
    if (visit === undefined) return job;
    if (visit.start < options.now) return begun(job, visit);
    return { ...job, kept: { ...visit, tolerance: options.tolerance, cost } };
  });
  return { ...since, jobs };
}

/** A repaired plan with what it moves. */
export function repairedTo(
  problem: Problem,
  of: Readonly<{ before: Solution; after: Solution; tolerance: number }>,
): Extract<Repaired, { kind: 'repaired' }> {
  const visits = firstVisits(of.before.routes);
  const after = firstVisits(of.after.routes);
  const moved = movedBetween({ visits, after, jobs: problem.jobs, tolerance: of.tolerance });
  return { kind: 'repaired', problem, solution: of.after, moved };
}

/** What has begun cannot be undone: the technician and the moment stand, whatever the windows said. */
function begun(job: Job, visit: Visit): Job {
  return { ...job, locked: { ...visit } };
}

function afterUpset(problem: Problem, upset: Upset): Problem {
  switch (upset.kind) {
    case 'technician-away':
      return {
        ...problem,
        technicians: problem.technicians.map((technician) =>
          technician.id === upset.technician ? away(technician, upset) : technician,
        ),
      };
    case 'job-added':
      return { ...problem, jobs: [...problem.jobs, upset.job] };
    case 'job-cancelled':
      return { ...problem, jobs: problem.jobs.filter(({ id }) => id !== upset.job) };
    case 'job-overruns':
      return {
        ...problem,
        jobs: problem.jobs.map((job) =>
          job.id === upset.job ? { ...job, duration: job.duration + upset.by } : job,
        ),
      };
  }
}

/** The shifts that the absence touches end where it begins, or begin where it ends; one it covers has no time left. */
function away(technician: Technician, absence: Readonly<{ from: number; to: number }>): Technician {
  const shifts = technician.shifts.map((shift) => {
    const close = shift.end + (shift.overtimeMax ?? 0);
    if (absence.from >= close || absence.to <= shift.start) return shift;
    if (absence.from > shift.start)
      return { ...shift, end: Math.min(shift.end, absence.from), overtimeMax: 0, to: null };
    if (absence.to < shift.end) return { ...shift, start: absence.to };
    return { ...shift, end: shift.start, overtimeMax: 0 };
  });
  return { ...technician, shifts };
}

/** Who comes when, by job; of a crew the first. */
function firstVisits(routes: readonly Route[]): ReadonlyMap<string, Visit> {
  const visits = new Map<string, Visit>();
  for (const { technician, stops } of routes) {
    for (const stop of stops) {
      if (stop.kind === 'job' && !visits.has(stop.job))
        visits.set(stop.job, { technician, start: stop.start });
    }
  }
  return visits;
}

function movedBetween(
  of: Readonly<{
    visits: ReadonlyMap<string, Visit>;
    after: ReadonlyMap<string, Visit>;
    jobs: readonly Job[];
    tolerance: number;
  }>,
): readonly Moved[] {
  return of.jobs.flatMap(({ id, crew }) => {
    const from = of.visits.get(id);
    if (from === undefined) return [];
    const to = of.after.get(id);
    const same =
      to !== undefined &&
      (crew !== undefined || to.technician === from.technician) &&
      Math.abs(to.start - from.start) <= of.tolerance;
    return same ? [] : [{ job: id, from, to }];
  });
}
