import type { Job, Problem, Technician } from './problem/problem.ts';
import { mandatoryCost } from './problem/mandatory-cost.ts';
import type { Cost, Route, Solution } from './solution.ts';

/** What a plan costs, counted from the plan alone: the one cost that everything is judged by. */
export function costOf(problem: Problem, plan: Pick<Solution, 'routes' | 'left'>): Cost {
  const technicians = new Map(problem.technicians.map((technician) => [technician.id, technician]));
  const jobs = new Map(problem.jobs.map((job) => [job.id, job]));
  const cost = { distance: 0, time: 0, overtime: 0, fixed: 0, late: 0, moved: 0, left: 0 };
  for (const route of plan.routes) {
    const technician = technicians.get(route.technician);
    if (technician === undefined) continue;
    const of = costOfRoute(technician, route);
    cost.distance += of.distance;
    cost.time += of.time;
    cost.overtime += of.overtime;
    cost.fixed += of.fixed;
  }
  for (const [id, visits] of visitsOf(plan.routes)) {
    const job = jobs.get(id);
    if (job === undefined) continue;
    cost.late += lateCost(job, visits);
    cost.moved += movedCost(job, visits);
  }
  const mandatory = mandatoryCost(problem);
  for (const id of plan.left) {
    const job = jobs.get(id);
    if (job !== undefined) cost.left += job.prize ?? mandatory * (job.priority ?? 1);
  }
  const total = cost.distance + cost.time + cost.overtime + cost.fixed + cost.late + cost.moved + cost.left;
  return { ...cost, total };
}

function costOfRoute(
  technician: Technician,
  route: Route,
): Readonly<{ distance: number; time: number; overtime: number; fixed: number }> {
  const shift = technician.shifts[route.shift];
  return {
    distance: route.distance * (technician.perDistance ?? 0),
    time: (route.end - route.start) * (technician.perTime ?? 0),
    overtime: Math.max(0, route.end - (shift?.end ?? route.end)) * (technician.perOvertime ?? 0),
    fixed: technician.fixed ?? 0,
  };
}

type Visit = Readonly<{ technician: string; start: number; end: number }>;

/** Who visits each job when. */
export function visitsOf(routes: readonly Route[]): ReadonlyMap<string, readonly Visit[]> {
  const visits = new Map<string, Visit[]>();
  for (const { technician, stops } of routes) {
    for (const stop of stops) {
      if (stop.kind !== 'job') continue;
      const of = visits.get(stop.job) ?? [];
      of.push({ technician, start: stop.start, end: stop.end });
      visits.set(stop.job, of);
    }
  }
  return visits;
}

function lateCost(job: Job, visits: readonly Visit[]): number {
  if (job.dueBy === undefined || job.perLate === undefined) return 0;
  const done = Math.max(...visits.map(({ end }) => end));
  return Math.max(0, done - job.dueBy) * job.perLate;
}

function movedCost({ kept, crew }: Job, visits: readonly Visit[]): number {
  if (kept === undefined) return 0;
  const holds = visits.some(
    ({ technician, start }) =>
      (crew !== undefined || technician === kept.technician) &&
      Math.abs(start - kept.start) <= kept.tolerance,
  );
  return holds ? 0 : kept.cost;
}
