import { costOf, visitsOf } from './cost.ts';
import type { Job, Problem, Shift, Skills, Technician } from './problem/problem.ts';
import { travelBetween } from './problem/travel-between.ts';
import type { Route, Solution, Stop } from './solution.ts';

/** Costs are sums of products of doubles: they agree when they differ by less than this share. */
const SAME_COST = 1e-9;

/**
 * Everything that is wrong with a plan, in words; none when it is right. It counts again from the problem and the
 * plan alone and knows nothing of how the plan was made.
 */
export function faultsOf(problem: Problem, solution: Solution): readonly string[] {
  const faults: string[] = [];
  const jobs = new Map(problem.jobs.map((job) => [job.id, job]));
  const shifts = new Set<string>();
  for (const route of solution.routes) {
    const technician = problem.technicians.find(({ id }) => id === route.technician);
    const shift = technician?.shifts[route.shift];
    if (technician === undefined || shift === undefined) {
      faults.push(`${route.technician} has no shift ${route.shift}`);
      continue;
    }
    const key = `${route.technician} ${route.shift}`;
    if (shifts.has(key)) faults.push(`${key} has two routes`);
    shifts.add(key);
    const of = { route, shift, technician, jobs };
    faults.push(...timeFaults(problem, of), ...breakFaults(of), ...boardFaults(of));
  }
  faults.push(...jobFaults(problem, solution));
  const { total } = costOf(problem, solution);
  if (Math.abs(total - solution.cost.total) > SAME_COST * Math.max(1, total)) {
    faults.push(`the cost is ${total}, not ${solution.cost.total}`);
  }
  return faults;
}

type Of = Readonly<{ route: Route; shift: Shift; technician: Technician; jobs: ReadonlyMap<string, Job> }>;

function timeFaults(problem: Problem, { route, shift, jobs }: Of): string[] {
  const who = `${route.technician} ${route.shift}`;
  const faults: string[] = [];
  let clock = route.start;
  let place = shift.from;
  let distance = 0;
  if (route.start < shift.start) faults.push(`${who} starts before the shift`);
  for (const [index, stop] of route.stops.entries()) {
    const { to, lasts } = expected(problem, shift, { stop, jobs });
    const leg = travelBetween(problem.travel, place, to);
    const arrival = clock + leg.time;
    if (stop.arrival !== arrival)
      faults.push(`${who} is at stop ${index} at ${arrival}, not ${stop.arrival}`);
    if (stop.start < arrival) faults.push(`${who} starts stop ${index} before being there`);
    if (stop.end !== stop.start + lasts) faults.push(`${who} is done with stop ${index} after ${lasts}`);
    distance += leg.distance;
    clock = stop.end;
    place = to;
  }
  const home = shift.to === null ? { time: 0, distance: 0 } : travelBetween(problem.travel, place, shift.to);
  if (route.end !== clock + home.time)
    faults.push(`${who} is done at ${clock + home.time}, not ${route.end}`);
  if (route.end > shift.end + (shift.overtimeMax ?? 0)) faults.push(`${who} works too late`);
  if (distance + home.distance !== route.distance) faults.push(`${who} drives ${distance + home.distance}`);
  return faults;
}

/** Where a stop must be, and how long it must take. */
function expected(
  problem: Problem,
  shift: Shift,
  of: Readonly<{ stop: Stop; jobs: ReadonlyMap<string, Job> }>,
): { to: number; lasts: number } {
  const { stop, jobs } = of;
  switch (stop.kind) {
    case 'break':
      return { to: stop.place, lasts: shift.breaks?.[stop.break]?.duration ?? -1 };
    case 'restock':
      return { to: problem.restock?.place ?? -1, lasts: problem.restock?.duration ?? -1 };
    case 'job':
      return { to: jobs.get(stop.job)?.place ?? -1, lasts: jobs.get(stop.job)?.duration ?? -1 };
  }
}

function breakFaults({ route, shift }: Of): string[] {
  const who = `${route.technician} ${route.shift}`;
  const faults: string[] = [];
  for (const [index, { earliest, latest }] of (shift.breaks ?? []).entries()) {
    const taken = route.stops.filter((stop) => stop.kind === 'break' && stop.break === index);
    const due = route.end > latest && route.start < latest && latest > shift.start;
    if (taken.length > 1) faults.push(`${who} takes break ${index} ${taken.length} times`);
    if (taken.length === 0 && due) faults.push(`${who} goes without break ${index}`);
    for (const { start } of taken) {
      if (start < earliest || start > latest) faults.push(`${who} takes break ${index} at ${start}`);
    }
  }
  return faults;
}

/** Load, tools and parts; after restocking every tool and all parts are there. */
function boardFaults({ route, technician, jobs }: Of): string[] {
  const who = `${route.technician} ${route.shift}`;
  const faults: string[] = [];
  const load: number[] = [];
  const parts = new Map(Object.entries(technician.parts ?? {}));
  let stocked = false;
  let passes = 0;
  for (const stop of route.stops) {
    if (stop.kind === 'restock') {
      stocked = true;
      passes++;
    }
    const job = stop.kind === 'job' ? jobs.get(stop.job) : undefined;
    // What a crew's job takes travels with whoever of them can carry it.
    if (job === undefined || job.crew !== undefined) continue;
    for (const [dimension, size] of (job.load ?? []).entries())
      load[dimension] = (load[dimension] ?? 0) + size;
    if (stocked) continue;
    const missing = job.tools?.find((tool) => !technician.tools?.includes(tool));
    if (missing !== undefined) faults.push(`${who} has no ${missing} for ${job.id}`);
    for (const [part, count] of Object.entries(job.parts ?? {})) {
      const rest = (parts.get(part) ?? 0) - count;
      parts.set(part, rest);
      if (rest < 0) faults.push(`${who} has not enough ${part} for ${job.id}`);
    }
  }
  if (passes > 1) faults.push(`${who} restocks ${passes} times`);
  for (const [dimension, size] of load.entries()) {
    if (size > (technician.capacity?.[dimension] ?? Infinity))
      faults.push(`${who} carries too much: ${size}`);
  }
  return faults;
}

function jobFaults(problem: Problem, solution: Solution): string[] {
  const faults: string[] = [];
  const visits = visitsOf(solution.routes);
  const left = new Set(solution.left);
  const known = new Set(problem.jobs.map(({ id }) => id));
  for (const id of [...visits.keys(), ...left]) if (!known.has(id)) faults.push(`there is no job ${id}`);
  for (const job of problem.jobs) {
    const of = visits.get(job.id) ?? [];
    const seats = job.crew ?? [job.needs ?? {}];
    if (left.has(job.id)) {
      if (of.length > 0) faults.push(`${job.id} is left out and done`);
      continue;
    }
    if (of.length !== seats.length) faults.push(`${job.id} is done by ${of.length}, not ${seats.length}`);
    if (new Set(of.map(({ technician }) => technician)).size !== of.length)
      faults.push(`${job.id} has someone twice`);
    if (new Set(of.map(({ start }) => start)).size > 1) faults.push(`the crew of ${job.id} does not meet`);
    for (const { start } of of) if (!mayStart(job, start)) faults.push(`${job.id} starts at ${start}`);
    const crew = of.map(({ technician }) => problem.technicians.find(({ id }) => id === technician));
    if (!canSeat(seats, crew)) faults.push(`${job.id} is done by who lacks the skills`);
    for (const { technician } of of)
      if (!isChosen(job, technician)) faults.push(`${job.id} is not for ${technician}`);
  }
  return faults;
}

function mayStart({ windows = [], locked }: Job, start: number): boolean {
  if (locked?.start !== undefined) return start === locked.start;
  return windows.length === 0 || windows.some(({ from, to }) => start >= from && start <= to);
}

function isChosen({ only, never, locked, crew }: Job, technician: string): boolean {
  if (locked !== undefined && crew === undefined && locked.technician !== technician) return false;
  return (only === undefined || only.includes(technician)) && !never?.includes(technician);
}

/** Whether the technicians can be given the seats, each one. */
function canSeat(seats: readonly Skills[], crew: readonly (Technician | undefined)[]): boolean {
  const [seat, ...rest] = seats;
  if (seat === undefined) return true;
  return crew.some(
    (technician, index) =>
      technician !== undefined &&
      Object.entries(seat).every(([skill, level]) => (technician.skills?.[skill] ?? 0) >= level) &&
      canSeat(
        rest,
        crew.filter((_, other) => other !== index),
      ),
  );
}
