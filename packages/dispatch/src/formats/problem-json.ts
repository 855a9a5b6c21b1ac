import type { Break, Job, Matrix, Problem, Shift, Technician, Travel, Window } from '../problem/problem.ts';
import type { Cost, Route, Solution, Stop } from '../solution.ts';
import {
  fields,
  identity,
  json,
  list,
  number,
  optional,
  orNull,
  pair,
  record,
  text,
  type Shape,
} from './shape.ts';
import { Unreadable } from './unreadable.ts';

const matrix: Shape<Matrix> = list(list(orNull(number)));

const travel: Shape<Travel> = (value, at) => {
  const { kind } = fields<{ kind: string }>({ kind: text })(value, at);
  if (kind === 'matrix') {
    const given = fields<{ times: Matrix; distances?: Matrix }>({
      times: matrix,
      distances: optional(matrix),
    })(value, at);
    return { kind, ...given };
  }
  const { points } = fields<{ points: readonly (readonly [number, number])[] }>({ points: list(pair) })(
    value,
    at,
  );
  if (kind === 'plane') {
    const { scale, rounding } = fields<{ scale: number; rounding: string }>({
      scale: number,
      rounding: text,
    })(value, at);
    if (rounding !== 'down' && rounding !== 'nearest')
      throw new Unreadable(`${at}.rounding is neither down nor nearest.`);
    return { kind, points, scale, rounding };
  }
  if (kind !== 'earth') throw new Unreadable(`${at}.kind is none of matrix, plane and earth.`);
  return {
    kind,
    points,
    ...fields<{ detour: number; metresPerSecond: number }>({ detour: number, metresPerSecond: number })(
      value,
      at,
    ),
  };
};

const shift = fields<Shift>({
  start: number,
  end: number,
  overtimeMax: optional(number),
  from: number,
  to: orNull(number),
  breaks: optional(list(fields<Break>({ earliest: number, latest: number, duration: number }))),
});

const technician = fields<Technician>({
  id: identity,
  skills: optional(record(number)),
  tools: optional(list(text)),
  parts: optional(record(number)),
  capacity: optional(list(number)),
  shifts: list(shift),
  perDistance: optional(number),
  perTime: optional(number),
  perOvertime: optional(number),
  fixed: optional(number),
});

const job = fields<Job>({
  id: identity,
  place: number,
  duration: number,
  windows: optional(list(fields<Window>({ from: number, to: number }))),
  needs: optional(record(number)),
  crew: optional(list(record(number))),
  tools: optional(list(text)),
  parts: optional(record(number)),
  load: optional(list(number)),
  priority: optional(number),
  prize: optional(number),
  dueBy: optional(number),
  perLate: optional(number),
  only: optional(list(identity)),
  never: optional(list(identity)),
  locked: optional(fields<NonNullable<Job['locked']>>({ technician: identity, start: optional(number) })),
  kept: optional(
    fields<NonNullable<Job['kept']>>({
      technician: identity,
      start: number,
      tolerance: number,
      cost: number,
    }),
  ),
});

const problem = fields<Problem>({
  travel,
  technicians: list(technician),
  jobs: list(job),
  restock: optional(fields<{ place: number; duration: number }>({ place: number, duration: number })),
});

const stop: Shape<Stop> = (value, at) => {
  const { kind } = fields<{ kind: string }>({ kind: text })(value, at);
  const times = { arrival: number, start: number, end: number };
  type Times = { arrival: number; start: number; end: number };
  if (kind === 'job')
    return { kind, ...fields<Times & { job: string }>({ ...times, job: identity })(value, at) };
  if (kind === 'restock') return { kind, ...fields<Times>(times)(value, at) };
  if (kind !== 'break') throw new Unreadable(`${at}.kind is none of job, break and restock.`);
  return {
    kind,
    ...fields<Times & { break: number; place: number }>({ ...times, break: number, place: number })(
      value,
      at,
    ),
  };
};

const solution = fields<Solution>({
  routes: list(
    fields<Route>({
      technician: identity,
      shift: number,
      start: number,
      end: number,
      distance: number,
      stops: list(stop),
    }),
  ),
  left: list(identity),
  cost: fields<Cost>({
    distance: number,
    time: number,
    overtime: number,
    fixed: number,
    late: number,
    moved: number,
    left: number,
    total: number,
  }),
});

/** A problem written as JSON, field by field as the types have it. */
export const readProblem = (source: string): Problem => problem(json(source), 'problem');

/** A plan written as JSON. */
export const readSolution = (source: string): Solution => solution(json(source), 'plan');
