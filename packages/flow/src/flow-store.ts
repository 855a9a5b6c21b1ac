import type { Json } from './json.ts';

/** Which code a run follows; a run keeps the version it was started with. */
export type FlowRef = { readonly flow: string; readonly version: number };

/** What a signal is about: the past tense of an event and the thing it happened to. */
export type Topic = { readonly event: string; readonly key: string };

/** Something that happened and that runs may wait for. Every waiting run hears it, not only the first. */
export type Signal = Topic & { readonly data: Json };

/** The two programs of a flow: the work, and what undoes it after a cancellation. */
export type Phase = 'run' | 'cancel';

/** One finished call of a run, in the order of the calls. `signalId` names the signal a wait consumed. */
export type Checkpoint = {
  readonly phase: Phase;
  readonly index: number;
  readonly name: string;
  readonly kind: 'step' | 'sleep' | 'wait';
  readonly result: Json;
  readonly signalId?: string;
};

/** The call at which a run stands still, until an instant or, with a topic, a signal before it. */
export type Waiting = { readonly name: string; readonly until: Date; readonly topic?: Topic };

/** A run as claimed, with everything a replay needs. `failures`: of the call it stands at. */
export type ClaimedRun = FlowRef & {
  readonly id: string;
  readonly key: string;
  readonly input: Json;
  readonly startedAt: Date;
  /** Grows with every write to the run, so that a late report of a failure is recognised. */
  readonly revision: number;
  readonly failures: number;
  readonly waiting?: Waiting;
  readonly cancelReason?: string;
  readonly checkpoints: readonly Checkpoint[];
};

/** A failure seen by a pass whose transaction is gone; it counts only if the run is still at `revision`. */
export type SeenFailure = {
  readonly runId: string;
  readonly revision: number;
  readonly error: string;
};

/**
 * Where runs live. Every method works in the transaction it is given, at an isolation where each statement
 * sees what others have committed before it (PostgreSQL: READ COMMITTED). The states of a run are `active`,
 * `failed` (waits for a person), `done` and `cancelled`; the first two are alive.
 */
export type FlowStore<Tx> = {
  /** Commits what `work` wrote when it resolves, and nothing of it when it rejects. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;

  /** Inserts an active run that is due at once, unless the flow already has a run with this key, in any state. */
  insertRun(
    tx: Tx,
    run: FlowRef & { readonly key: string; readonly input: Json; readonly startedAt: Date },
  ): Promise<{ readonly runId: string; readonly inserted: boolean }>;

  /**
   * The active run of one of `flows` whose wake time is longest past, with its row locked until the transaction
   * ends; runs locked by others are skipped, never waited for (FOR UPDATE SKIP LOCKED).
   */
  claimDueRun(
    tx: Tx,
    due: { readonly now: Date; readonly flows: readonly FlowRef[] },
  ): Promise<ClaimedRun | undefined>;

  /** Writes a finished call; the same phase and index twice is an error (unique constraint). */
  saveCheckpoint(tx: Tx, saved: { readonly runId: string; readonly checkpoint: Checkpoint }): Promise<void>;

  /** Puts a run to rest until `wakeAt`: its failures are forgotten, `waiting` replaces what was there. */
  suspend(
    tx: Tx,
    rest: { readonly runId: string; readonly wakeAt: Date; readonly waiting?: Waiting },
  ): Promise<void>;

  /** Ends a run. Its checkpoints stay, as its history. */
  finish(
    tx: Tx,
    end: { readonly runId: string; readonly state: 'done' | 'cancelled'; readonly result: Json },
  ): Promise<void>;

  /** Counts a failure and wakes the run later; `waiting` stays. */
  retryLater(
    tx: Tx,
    failure: SeenFailure & { readonly failures: number; readonly wakeAt: Date },
  ): Promise<void>;

  /** Gives up: the run is `failed` and is not due until a person has it retried or cancelled. */
  fail(tx: Tx, failure: SeenFailure): Promise<void>;

  /** A failed run becomes active, due at once, without failures. False when there is no such failed run. */
  retry(tx: Tx, again: { readonly runId: string; readonly now: Date }): Promise<boolean>;

  /**
   * A live run is given a reason to be cancelled, is active, due at once, without failures and not waiting.
   * False when no run of this flow and key is alive.
   */
  requestCancel(
    tx: Tx,
    request: { readonly flow: string; readonly key: string; readonly reason: string; readonly now: Date },
  ): Promise<boolean>;

  /** Waits until no other transaction holds the topic, and holds it until this one ends (advisory lock). */
  lockTopic(tx: Tx, topic: Topic): Promise<void>;

  /** Keeps a signal. It may be deleted when no live run was started before it. */
  saveSignal(tx: Tx, signal: Signal): Promise<void>;

  /**
   * The oldest signal of the topic that counts for the run: not one of `consumed`, and not already committed
   * when the run was started. Going by ids or clocks is not enough, since of two overlapping transactions the
   * earlier number can commit later; PostgreSQL: not pg_visible_in_snapshot(signal's tx, run's snapshot).
   */
  findSignal(
    tx: Tx,
    wanted: { readonly runId: string; readonly topic: Topic; readonly consumed: readonly string[] },
  ): Promise<{ readonly id: string; readonly data: Json } | undefined>;

  /** Makes due the active runs that wait for the topic, and counts them; those locked by others are skipped. */
  wakeWaiting(tx: Tx, wake: Topic & { readonly now: Date }): Promise<number>;
};
