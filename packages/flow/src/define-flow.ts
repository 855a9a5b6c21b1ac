import type { RetryPolicy } from './back-off.ts';
import type { Topic } from './flow-store.ts';
import type { Json } from './json.ts';

/** What a step's work is told. `key` names this step of this run and is the same at every attempt. */
export type StepAttempt = { readonly key: string; readonly attempt: number; readonly now: Date };

/** What came of waiting for a signal. */
export type Waited = { readonly arrived: true; readonly data: Json } | { readonly arrived: false };

/**
 * What a flow may do. Each call has a name that no other call of the run has; in a loop, put the count into it.
 * The program is run again from the top after every call, so between calls it may only compute: no clock, no
 * chance, no reading; what it needs from the world it takes from a step's result.
 */
export type FlowSteps<Tx> = {
  readonly runId: string;
  readonly key: string;
  readonly startedAt: Date;

  /**
   * Does the work once: its writes and its result are committed together, and later passes get the result. The
   * work writes with `tx` alone and calls nothing outside; for that it enqueues a job in `tx` and the flow
   * waits for the answer as a signal. What it throws is retried by `retry`, and never reaches the program.
   */
  step<Result extends Json | void>(
    name: string,
    work: (tx: Tx, attempt: StepAttempt) => Promise<Result>,
    retry?: RetryPolicy,
  ): Promise<Result>;

  /** Waits until an instant. */
  sleepUntil(name: string, instant: Date): Promise<void>;

  /** Waits for a time, counted from when the run first gets here. */
  sleepFor(name: string, durationMs: number): Promise<void>;

  /**
   * Waits for a signal until a deadline. A signal sent at any time since the run was started counts, also
   * before this call, and each signal counts once in a run.
   */
  waitFor(name: string, wait: Topic & { readonly until: Date }): Promise<Waited>;
};

/** What the program that undoes a cancelled run is told. `done` is the result of a finished step, if it was. */
export type Cancellation<Input> = {
  readonly input: Input;
  readonly reason: string;
  readonly done: (stepName: string) => { readonly result: Json } | undefined;
};

/** A flow as its author writes it. `input` reads what was stored at the start, and throws what it refuses. */
export type FlowCode<Tx, Input> = {
  readonly name: string;
  readonly version: number;
  readonly input: (stored: Json) => Input;
  readonly run: (f: FlowSteps<Tx>, input: Input) => Promise<Json | void>;
  /** What undoes a run that is cancelled; without it, cancelling simply ends the run. */
  readonly onCancel?: (f: FlowSteps<Tx>, cancellation: Cancellation<Input>) => Promise<Json | void>;
};

/** A flow as the engine runs it, its input still as stored. */
export type Flow<Tx> = {
  readonly name: string;
  readonly version: number;
  readonly checkInput: (stored: Json) => void;
  readonly run: (f: FlowSteps<Tx>, stored: Json) => Promise<Json | void>;
  readonly onCancel?: (f: FlowSteps<Tx>, cancellation: Cancellation<Json>) => Promise<Json | void>;
};

/**
 * Declares a flow. Changing the order or the names of the calls needs a new version, beside the old one until
 * its last run has ended; a run that meets other calls than it remembers is stopped for a person.
 */
export function defineFlow<Tx, Input>(code: FlowCode<Tx, Input>): Flow<Tx> {
  const { name, version, input, run, onCancel } = code;
  return Object.freeze({
    name,
    version,
    checkInput: (stored: Json) => void input(stored),
    run: async (f: FlowSteps<Tx>, stored: Json) => run(f, input(stored)),
    onCancel:
      onCancel &&
      (async (f: FlowSteps<Tx>, cancellation: Cancellation<Json>) =>
        onCancel(f, { ...cancellation, input: input(cancellation.input) })),
  });
}
