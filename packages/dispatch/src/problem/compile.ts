import type { Model, RouteColumns, TaskColumns } from '../model.ts';
import { compileRoutes } from './compile-routes.ts';
import { compileTasks } from './compile-tasks.ts';
import { compileTravel } from './compile-travel.ts';
import { neighboursOf } from './neighbours.ts';
import { mandatoryCost } from './mandatory-cost.ts';
import { barOf, seatsOf } from './may-do.ts';
import type { Problem } from './problem.ts';

/** The problem as flat arrays. The problem must have passed `refusalsOf`. */
export function compile(problem: Problem): Model {
  const travel = compileTravel(problem.travel);
  const columns = {
    parts: [...new Set(problem.jobs.flatMap((job) => Object.keys(job.parts ?? {})))].sort(),
    tools: [...new Set(problem.jobs.flatMap((job) => job.tools ?? []))].sort(),
    loads: problem.jobs.reduce((most, job) => Math.max(most, job.load?.length ?? 0), 0),
    nowhere: travel.nowhere,
  };
  const routes = compileRoutes(problem, columns);
  const tasks = compileTasks(problem, { ...columns, mandatory: mandatoryCost(problem) });
  return {
    ...travel,
    ...routes,
    ...tasks,
    ...neighboursOf(travel, tasks),
    allowed: allowedOf(problem, routes, tasks),
  };
}

function allowedOf(
  problem: Problem,
  routes: RouteColumns & { routes: number },
  tasks: TaskColumns & { tasks: number },
): Uint8Array {
  const allowed = new Uint8Array(tasks.tasks * routes.routes);
  let barred = false;
  for (let task = 0; task < tasks.tasks; task++) {
    const job = problem.jobs[tasks.job[task] ?? 0];
    const seat = job && seatsOf(job)[task - (tasks.leader[task] ?? 0)];
    if (job === undefined || seat === undefined) continue;
    const may = problem.technicians.map(
      (technician) => barOf(problem, job, { technician, seat }) === undefined,
    );
    for (let route = 0; route < routes.routes; route++) {
      if (may[routes.owner[route] ?? 0]) allowed[task * routes.routes + route] = 1;
      else barred = true;
    }
  }
  return barred ? allowed : new Uint8Array(0);
}
