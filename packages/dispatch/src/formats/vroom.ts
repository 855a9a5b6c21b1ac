import type { Break, Job, Matrix, Problem, Technician, Travel } from '../problem/problem.ts';
import { fields, identity, json, list, number, optional, orNull, pair, record, type Shape } from './shape.ts';
import { Unreadable } from './unreadable.ts';

/** Without a matrix, roads are this much longer than the straight line, and driven at this speed. */
const DETOUR = 1.3;
const METRES_PER_SECOND = 14;
/** A vehicle without time window is there all day long. */
const ALL_DAY = { start: 0, end: 86_400 };
const SECONDS_PER_HOUR = 3_600;
const METRES_PER_KILOMETRE = 1_000;
/** Priorities go from 0 to 100 there, from 1 up here. */
const PRIORITY_STEP = 10;

type Place = Readonly<{ point?: readonly [number, number]; index?: number }>;
type Vehicle = Readonly<{
  id: string;
  start?: readonly [number, number];
  start_index?: number;
  end?: readonly [number, number];
  end_index?: number;
  capacity?: readonly number[];
  skills?: readonly number[];
  time_window?: readonly [number, number];
  breaks?: readonly Readonly<{ service?: number; time_windows?: readonly (readonly [number, number])[] }>[];
  costs?: Readonly<{ fixed?: number; per_hour?: number; per_km?: number }>;
}>;
type Task = Readonly<{
  id: string;
  location?: readonly [number, number];
  location_index?: number;
  setup?: number;
  service?: number;
  delivery?: readonly number[];
  pickup?: readonly number[];
  amount?: readonly number[];
  skills?: readonly number[];
  priority?: number;
  time_windows?: readonly (readonly [number, number])[];
}>;
type Matrices = Readonly<{ durations: Matrix; distances?: Matrix }>;
type Given = Readonly<{
  vehicles: readonly Vehicle[];
  jobs: readonly Task[];
  matrices?: Readonly<Record<string, Matrices>>;
  matrix?: Matrix;
  shipments?: readonly unknown[];
}>;

const matrix: Shape<Matrix> = list(list(orNull(number)));
const given = fields<Given>({
  vehicles: list(
    fields<Vehicle>({
      id: identity,
      start: optional(pair),
      start_index: optional(number),
      end: optional(pair),
      end_index: optional(number),
      capacity: optional(list(number)),
      skills: optional(list(number)),
      time_window: optional(pair),
      breaks: optional(
        list(
          fields<NonNullable<Vehicle['breaks']>[number]>({
            service: optional(number),
            time_windows: optional(list(pair)),
          }),
        ),
      ),
      costs: optional(
        fields<NonNullable<Vehicle['costs']>>({
          fixed: optional(number),
          per_hour: optional(number),
          per_km: optional(number),
        }),
      ),
    }),
  ),
  jobs: list(
    fields<Task>({
      id: identity,
      location: optional(pair),
      location_index: optional(number),
      setup: optional(number),
      service: optional(number),
      delivery: optional(list(number)),
      pickup: optional(list(number)),
      amount: optional(list(number)),
      skills: optional(list(number)),
      priority: optional(number),
      time_windows: optional(list(pair)),
    }),
  ),
  matrices: optional(record(fields<Matrices>({ durations: matrix, distances: optional(matrix) }))),
  matrix: optional(matrix),
  shipments: optional(list((value) => value)),
});

/**
 * A problem in the JSON of VROOM: vehicles and jobs with skills, windows, breaks, priorities, amounts and a matrix, or
 * coordinates alone. Jobs may be left out, those of high priority last. Without a cost by kilometre the time of
 * driving counts. Shipments are not read.
 */
export function readVroom(source: string): Problem {
  const asked = given(json(source), 'problem');
  if ((asked.shipments?.length ?? 0) > 0) throw new Unreadable('Shipments are not planned here, only jobs.');
  const places = placesIn(asked);
  const byDistance = asked.vehicles.some(({ costs }) => (costs?.per_km ?? 0) > 0);
  return {
    travel: travelOf(asked, { points: places.points, byDistance }),
    technicians: asked.vehicles.map((vehicle) => technicianOf(vehicle, { places, byDistance })),
    jobs: asked.jobs.map((task) => jobOf(task, places)),
  };
}

type Places = Readonly<{
  points: readonly (readonly [number, number])[];
  numberOf: (place: Place, of: string) => number;
}>;

/** With a matrix places are its rows; otherwise every pair of coordinates is one. */
function placesIn(asked: Given): Places {
  if (asked.matrix !== undefined || asked.matrices !== undefined) {
    const numberOf = ({ index }: Place, of: string): number => {
      if (index === undefined) throw new Unreadable(`${of} has no index in the matrix.`);
      return index;
    };
    return { points: [], numberOf };
  }
  const all = [
    ...asked.vehicles.flatMap(({ start, end }) => [start, end]),
    ...asked.jobs.map(({ location }) => location),
  ].filter((point) => point !== undefined);
  const numbers = new Map<string, number>();
  const points: (readonly [number, number])[] = [];
  for (const point of all) {
    const key = point.join(' ');
    if (!numbers.has(key)) numbers.set(key, points.push(point) - 1);
  }
  const numberOf = ({ point }: Place, of: string): number => {
    const number = numbers.get(point?.join(' ') ?? '');
    if (number === undefined) throw new Unreadable(`${of} has no location.`);
    return number;
  };
  return { points, numberOf };
}

function travelOf(
  asked: Given,
  of: Readonly<{ points: readonly (readonly [number, number])[]; byDistance: boolean }>,
): Travel {
  const [matrices] = Object.values(asked.matrices ?? {});
  const times = matrices?.durations ?? asked.matrix;
  if (times === undefined)
    return { kind: 'earth', points: of.points, detour: DETOUR, metresPerSecond: METRES_PER_SECOND };
  return { kind: 'matrix', times, distances: of.byDistance ? matrices?.distances : undefined };
}

function technicianOf(vehicle: Vehicle, of: Readonly<{ places: Places; byDistance: boolean }>): Technician {
  const name = `Vehicle ${vehicle.id}`;
  const begins = vehicle.start !== undefined || vehicle.start_index !== undefined;
  const ends = vehicle.end !== undefined || vehicle.end_index !== undefined;
  const start = { point: vehicle.start, index: vehicle.start_index };
  const end = { point: vehicle.end, index: vehicle.end_index };
  const perHour = (vehicle.costs?.per_hour ?? SECONDS_PER_HOUR) / SECONDS_PER_HOUR;
  const window = vehicle.time_window;
  if (!begins && !ends) throw new Unreadable(`${name} neither starts nor ends anywhere.`);
  return {
    id: vehicle.id,
    skills: levels(vehicle.skills),
    capacity: vehicle.capacity,
    fixed: vehicle.costs?.fixed,
    ...(of.byDistance
      ? { perDistance: (vehicle.costs?.per_km ?? 0) / METRES_PER_KILOMETRE, perTime: perHour }
      : { perDistance: perHour }),
    shifts: [
      {
        ...(window === undefined ? ALL_DAY : { start: window[0], end: window[1] }),
        from: of.places.numberOf(begins ? start : end, name),
        to: ends ? of.places.numberOf(end, name) : null,
        breaks: (vehicle.breaks ?? []).flatMap(breakOf),
      },
    ],
  };
}

function breakOf(pause: NonNullable<Vehicle['breaks']>[number]): Break[] {
  const [window] = pause.time_windows ?? [];
  return window === undefined
    ? []
    : [{ earliest: window[0], latest: window[1], duration: pause.service ?? 0 }];
}

function jobOf(task: Task, places: Places): Job {
  return {
    id: task.id,
    place: places.numberOf({ point: task.location, index: task.location_index }, `Job ${task.id}`),
    duration: (task.setup ?? 0) + (task.service ?? 0),
    windows: task.time_windows?.map(([from, to]) => ({ from, to })),
    needs: levels(task.skills),
    load: task.delivery ?? task.pickup ?? task.amount,
    priority: 1 + (task.priority ?? 0) / PRIORITY_STEP,
  };
}

function levels(skills: readonly number[] | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries((skills ?? []).map((skill) => [String(skill), 1]));
}
