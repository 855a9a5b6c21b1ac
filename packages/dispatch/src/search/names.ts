import type { Model } from '../model.ts';
import type { Problem } from '../problem/problem.ts';

/** The id of the job that a task belongs to. */
export function jobOf(problem: Problem, model: Model, task: number): string {
  return problem.jobs[model.job[task] ?? -1]?.id ?? '';
}

/** The id of the technician whose shift a route is. */
export function technicianOf(problem: Problem, model: Model, route: number): string {
  return problem.technicians[model.owner[route] ?? -1]?.id ?? '';
}
