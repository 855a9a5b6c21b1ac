/**
 * The problem as the search reads it: flat arrays, numbers only. A *task* is a job (a crew job makes one task for
 * each technician it takes, the first of them leads), a *route* is one shift of one technician, a *place* is a row
 * of the travel matrix. Nothing here changes during a search; threads share it.
 */
export type Model = Readonly<{
  tasks: number;
  routes: number;
  places: number;
  /** Travel from place a to place b stands at a * places + b; `…To` are the same, transposed. */
  distance: Int32Array;
  distanceTo: Int32Array;
  time: Int32Array;
  timeTo: Int32Array;
  /** Nearest tasks of each task, `near` for each, itself first. */
  near: number;
  neighbours: Int32Array;
  /** 1 where the task may be done in the route, at task * routes + route; empty when everything may. */
  allowed: Uint8Array;
}> &
  TaskColumns &
  RouteColumns;

/** A number for each task, unless it says otherwise. */
export type TaskColumns = Readonly<{
  place: Int32Array;
  service: Int32Array;
  /** First and last moment at which the work may start. */
  ready: Int32Array;
  due: Int32Array;
  /** Windows of task t: from windowFirst[t] to before windowFirst[t + 1]. */
  windowFirst: Int32Array;
  windowFrom: Int32Array;
  windowTo: Int32Array;
  /** What leaving the task out costs. */
  prize: Float64Array;
  /** How much a task weighs in the order in which tasks are put back. */
  weight: Float64Array;
  /** Dimensions of load, and what task t takes of each at t * loads. */
  loads: number;
  demand: Int32Array;
  /** Kinds of parts that are counted because they can be restocked, and what task t takes at t * parts. */
  parts: number;
  need: Int32Array;
  /** Tools as bits. */
  toolNeed: Int32Array;
  lateAfter: Int32Array;
  perLate: Float64Array;
  /** A promise: the technician (by number) and the range of the start; breaking it costs keptCost. */
  keptOwner: Int32Array;
  keptFrom: Int32Array;
  keptTo: Int32Array;
  keptCost: Float64Array;
  /** The task that leads the crew, itself for a job of one technician, and how many tasks follow one another. */
  leader: Int32Array;
  crew: Int32Array;
  /** 1 when a route with the task must be walked to be priced. */
  richTask: Uint8Array;
  /** Number of the job of a task, in the problem. */
  job: Int32Array;
}>;

/** A number for each route, unless it says otherwise. */
export type RouteColumns = Readonly<{
  from: Int32Array;
  to: Int32Array;
  open: Int32Array;
  /** The last moment at which the technician may be at the end, overtime included. */
  close: Int32Array;
  overtimeFrom: Int32Array;
  perDistance: Float64Array;
  perTime: Float64Array;
  perOvertime: Float64Array;
  fixed: Float64Array;
  capacity: Int32Array;
  stock: Int32Array;
  tools: Int32Array;
  /** Breaks of route r: from breakFirst[r] to before breakFirst[r + 1]. */
  breakFirst: Int32Array;
  breakEarliest: Int32Array;
  breakLatest: Int32Array;
  breakDuration: Int32Array;
  /** Which of the breaks of its shift it is. */
  breakNumber: Int32Array;
  /** Place of restocking, -1 for none, and how long it takes. */
  restockPlace: number;
  restockDuration: number;
  /** Routes of the same kind are interchangeable while they are empty. */
  kind: Int32Array;
  /** Number of the technician, and which of the shifts. */
  owner: Int32Array;
  shift: Int32Array;
  /** 1 when the route must be walked to be priced. */
  richRoute: Uint8Array;
}>;
