import type { Refusal, RefusalCode } from '../solution.ts';
import { jobFaults } from './job-faults.ts';
import { JOBS_MAX, PAIRS_MAX, PLACES_MAX, REFUSALS_MAX, ROUTES_MAX } from './limits.ts';
import type { Problem } from './problem.ts';
import { seatsOf } from './may-do.ts';
import { technicianFaults } from './technician-faults.ts';
import { travelFaults } from './travel-faults.ts';
import { placesOf } from './travel-between.ts';

/** Tells a fault. */
export type Tell = (code: RefusalCode, subject: string, message: string) => void;

/**
 * Everything for which a problem is refused as a whole, at most REFUSALS_MAX of them; none means that it can be
 * planned, though some jobs may have to be left out.
 */
export function refusalsOf(problem: Problem): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const tell: Tell = (code, subject, message) => {
    if (refusals.length < REFUSALS_MAX) refusals.push({ code, subject, message });
  };
  sizeFaults(problem, tell);
  if (refusals.length > 0) return refusals;
  const places = placesOf(problem.travel);
  travelFaults(problem.travel, tell);
  duplicates('technician', problem.technicians, tell);
  duplicates('job', problem.jobs, tell);
  const technicians = new Set(problem.technicians.map(({ id }) => id));
  for (const technician of problem.technicians) technicianFaults(technician, places, tell);
  for (const job of problem.jobs) jobFaults(job, { places, technicians }, tell);
  const { restock } = problem;
  if (
    restock !== undefined &&
    !(Number.isInteger(restock.place) && restock.place >= 0 && restock.place < places)
  ) {
    tell(
      'unknown-place',
      'restock',
      `The place of restocking, ${restock.place}, is not among the ${places} places.`,
    );
  }
  return refusals;
}

function sizeFaults(problem: Problem, tell: Tell): void {
  const sizes: readonly (readonly [string, number, number])[] = [
    ['places', placesOf(problem.travel), PLACES_MAX],
    ['jobs', problem.jobs.length, JOBS_MAX],
    ['shifts', problem.technicians.reduce((sum, { shifts }) => sum + shifts.length, 0), ROUTES_MAX],
  ];
  for (const [what, size, most] of sizes) {
    if (size > most)
      tell('too-large', what, `${size} ${what} are more than the ${most} that can be planned at once.`);
  }
  const tasks = problem.jobs.reduce((sum, job) => sum + seatsOf(job).length, 0);
  const pairs = tasks * (sizes[2]?.[1] ?? 0);
  if (pairs > PAIRS_MAX) {
    tell(
      'too-large',
      'jobs and shifts',
      `${tasks} jobs in ${sizes[2]?.[1]} shifts are too many pairs; plan by region or by week.`,
    );
  }
}

function duplicates(what: string, things: readonly Readonly<{ id: string }>[], tell: Tell): void {
  const seen = new Set<string>();
  for (const { id } of things) {
    if (seen.has(id)) tell('duplicate-id', id, `There are two of the ${what} “${id}”.`);
    seen.add(id);
  }
}
