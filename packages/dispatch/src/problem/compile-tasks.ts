import type { TaskColumns } from '../model.ts';
import { running, toolBits, type Columns } from './compile-routes.ts';
import { VALUE_MAX } from './limits.ts';
import { seatsOf } from './may-do.ts';
import type { Job, Problem, Window } from './problem.ts';

const ANYBODY = -1;
const NOBODY = -2;

type Row = Readonly<{ job: Job; number: number; seat: number; windows: readonly Window[] }>;

/** The first and last moment of a job without windows. */
const ANY_TIME: Window = { from: 0, to: VALUE_MAX };

/** Every job as a task, a crew job as one for each technician, following one another. */
export function compileTasks(
  problem: Problem,
  columns: Columns & Readonly<{ mandatory: number }>,
): TaskColumns & { tasks: number } {
  const rows: Row[] = problem.jobs.flatMap((job, number) =>
    seatsOf(job).map((_, seat) => ({ job, number, seat, windows: windowsOf(job) })),
  );
  const ints = (of: (row: Row, task: number) => number): Int32Array => Int32Array.from(rows, of);
  const reals = (of: (row: Row) => number): Float64Array => Float64Array.from(rows, of);
  const owners = new Map(problem.technicians.map(({ id }, index) => [id, index]));
  const windows = rows.flatMap((row) => row.windows);
  const parts = columns.parts;
  const needs = rows.flatMap(({ job, seat }) =>
    parts.map((part) => (seat === 0 ? (job.parts?.[part] ?? 0) : 0)),
  );
  const restocked = problem.restock !== undefined;
  return {
    tasks: rows.length,
    place: ints(({ job }) => job.place),
    service: ints(({ job }) => job.duration),
    ready: ints((row) => row.windows[0]?.from ?? 0),
    due: ints((row) => row.windows.at(-1)?.to ?? 0),
    windowFirst: Int32Array.from(running(rows.map((row) => row.windows.length))),
    windowFrom: Int32Array.from(windows, ({ from }) => from),
    windowTo: Int32Array.from(windows, ({ to }) => to),
    prize: reals(({ job, seat }) => (seat > 0 ? 0 : (job.prize ?? columns.mandatory * (job.priority ?? 1)))),
    weight: reals(({ job }) => (job.load?.[0] ?? 0) + (job.load === undefined ? job.duration : 0)),
    loads: columns.loads + (restocked ? 0 : parts.length),
    demand: Int32Array.from(
      rows.flatMap(({ job, seat }, task) => [
        ...Array.from({ length: columns.loads }, (_, load) => (seat === 0 ? (job.load?.[load] ?? 0) : 0)),
        ...(restocked ? [] : needs.slice(task * parts.length, (task + 1) * parts.length)),
      ]),
    ),
    parts: restocked ? parts.length : 0,
    need: Int32Array.from(restocked ? needs : []),
    toolNeed: ints(({ job }) => toolBits(job.tools, columns.tools)),
    lateAfter: ints(({ job }) => job.dueBy ?? VALUE_MAX),
    perLate: reals(({ job, seat }) => (seat === 0 && job.dueBy !== undefined ? (job.perLate ?? 0) : 0)),
    // Of a crew the moment is promised, not who comes.
    keptOwner: ints(({ job }) =>
      job.crew === undefined ? (owners.get(job.kept?.technician ?? '') ?? NOBODY) : ANYBODY,
    ),
    keptFrom: ints(({ job }) => (job.kept === undefined ? 0 : job.kept.start - job.kept.tolerance)),
    keptTo: ints(({ job }) => (job.kept === undefined ? 0 : job.kept.start + job.kept.tolerance)),
    keptCost: reals(({ job, seat }) => (seat === 0 ? (job.kept?.cost ?? 0) : 0)),
    leader: ints(({ seat }, task) => task - seat),
    crew: ints(({ job }) => seatsOf(job).length),
    richTask: Uint8Array.from(rows, (row) => (isRich(row) ? 1 : 0)),
    job: ints((row) => row.number),
  };
}

function windowsOf(job: Job): readonly Window[] {
  const start = job.locked?.start;
  if (start !== undefined) return [{ from: start, to: start }];
  return job.windows === undefined || job.windows.length === 0 ? [ANY_TIME] : job.windows;
}

function isRich({ job, windows }: Row): boolean {
  return windows.length > 1 || (job.perLate ?? 0) > 0 || (job.kept?.cost ?? 0) > 0;
}
