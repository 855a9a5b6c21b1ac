/**
 * What is to be planned. Times are whole numbers of one unit counted from one beginning (seconds since midnight of the
 * first day, say), distances whole numbers of another (metres); costs are plain numbers of whatever the caller counts.
 */
export type Problem = Readonly<{
  travel: Travel;
  technicians: readonly Technician[];
  jobs: readonly Job[];
  /** Place where whoever passes gets every tool and all parts, once a shift. */
  restock?: Readonly<{ place: number; duration: number }>;
}>;

/** How long and how far it is between places, which are counted from 0. */
export type Travel =
  | Readonly<{ kind: 'matrix'; times: Matrix; distances?: Matrix }>
  | Readonly<{
      kind: 'plane';
      points: readonly Point[];
      /** Units in one unit of the plane. */
      scale: number;
      rounding: 'down' | 'nearest';
    }>
  | Readonly<{
      kind: 'earth';
      /** Longitude and latitude in degrees. */
      points: readonly Point[];
      /** How much longer the road is than the straight line, and the speed on it. */
      detour: number;
      metresPerSecond: number;
    }>;

export type Point = readonly [number, number];

/** Row by row; a hole (null) says that there is no road. */
export type Matrix = readonly (readonly (number | null)[])[];

/** Level of each skill, from 1 on. */
export type Skills = Readonly<Record<string, number>>;

export type Technician = Readonly<{
  id: string;
  skills?: Skills;
  /** Tools carried; a tool is not used up. */
  tools?: readonly string[];
  /** Parts on board at the beginning of each shift. */
  parts?: Readonly<Record<string, number>>;
  /** What each dimension of load may add up to in a shift. */
  capacity?: readonly number[];
  shifts: readonly Shift[];
  /** Cost of one unit of distance, of time from leaving to being back, of time past the end of the shift. */
  perDistance?: number;
  perTime?: number;
  perOvertime?: number;
  /** Cost of a shift in which something is done. */
  fixed?: number;
}>;

export type Shift = Readonly<{
  start: number;
  end: number;
  /** How long past the end the technician may work at most. */
  overtimeMax?: number;
  from: number;
  /** Place where the shift ends; null when it ends at the last job. */
  to: number | null;
  breaks?: readonly Break[];
}>;

/** A pause that starts within its range; due when the technician is still at work after the range. */
export type Break = Readonly<{ earliest: number; latest: number; duration: number }>;

export type Job = Readonly<{
  id: string;
  place: number;
  duration: number;
  /** When the work may start; without any, at any time. In order, without overlap. */
  windows?: readonly Window[];
  needs?: Skills;
  /** A crew job: what each of the technicians who work on it at once must know. Replaces `needs`. */
  crew?: readonly Skills[];
  tools?: readonly string[];
  parts?: Readonly<Record<string, number>>;
  load?: readonly number[];
  /** From 1 (the default) up: what is done first when not everything can be. */
  priority?: number;
  /** Cost of leaving an optional job out; without it the job is left out only when nothing else is possible. */
  prize?: number;
  /** The work should be finished by then; later costs `perLate` for each unit of time. */
  dueBy?: number;
  perLate?: number;
  /** Only these technicians, and never those. */
  only?: readonly string[];
  never?: readonly string[];
  /** Fixed: with this technician, and when `start` is said, at that time. */
  locked?: Readonly<{ technician: string; start?: number }>;
  /** What was promised: another technician, or a start further away than the tolerance, costs this once. */
  kept?: Readonly<{ technician: string; start: number; tolerance: number; cost: number }>;
}>;

export type Window = Readonly<{ from: number; to: number }>;
