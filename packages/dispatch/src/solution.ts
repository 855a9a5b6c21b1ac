/** A plan: who does what when, what is left out, and what it all costs. A value; it is never changed. */
export type Solution = Readonly<{
  routes: readonly Route[];
  /** Jobs that nobody does. */
  left: readonly string[];
  cost: Cost;
}>;

/** One shift of one technician in which something is done. */
export type Route = Readonly<{
  technician: string;
  /** Which of the technician's shifts, from 0. */
  shift: number;
  /** When the technician leaves the start of the shift, and is done. */
  start: number;
  end: number;
  distance: number;
  stops: readonly Stop[];
}>;

export type Stop =
  | Readonly<{ kind: 'job'; job: string; arrival: number; start: number; end: number }>
  | Readonly<{ kind: 'break'; break: number; place: number; arrival: number; start: number; end: number }>
  | Readonly<{ kind: 'restock'; arrival: number; start: number; end: number }>;

/** Every part of the cost; `total` is their sum. */
export type Cost = Readonly<{
  distance: number;
  time: number;
  overtime: number;
  fixed: number;
  late: number;
  moved: number;
  left: number;
  total: number;
}>;

/** What is wrong with a problem, and where: told instead of a plan. */
export type Refusal = Readonly<{ code: RefusalCode; subject: string; message: string }>;

export type RefusalCode =
  | 'too-large'
  | 'duplicate-id'
  | 'not-a-number'
  | 'negative'
  | 'unknown-place'
  | 'unknown-technician'
  | 'reversed-window'
  | 'matrix-shape'
  | 'unreadable';
