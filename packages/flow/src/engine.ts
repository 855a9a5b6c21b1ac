import { DEFAULT_RETRY, nextAttemptAt } from './back-off.ts';
import type { Flow } from './define-flow.ts';
import type { ClaimedRun, FlowStore, Signal } from './flow-store.ts';
import type { Json } from './json.ts';
import type { Outcome } from './replay.ts';
import { replay, StepFailed } from './replay.ts';

/** The most passes one call of `runDue` makes. */
export const PASSES_LIMIT = 10_000;

/** Longest error text kept with a run. */
const ERROR_LIMIT = 2_000;

/** What the engine is made of: where runs live, all flows with all versions that still have runs, the clock. */
export type FlowEngineParts<Tx> = {
  readonly store: FlowStore<Tx>;
  readonly flows: readonly Flow<Tx>[];
  readonly now: () => Date;
};

/** The verbs of the engine. Those that take `tx` write in the caller's transaction. */
export type FlowEngine<Tx> = {
  /**
   * Starts a run of the flow's newest version, unless the flow has ever had a run with this key. Throws for an
   * unknown flow and for an input that the flow refuses.
   */
  start(
    tx: Tx,
    flowName: string,
    run: { readonly key: string; readonly input: Json },
  ): Promise<{ readonly runId: string; readonly started: boolean }>;

  /** Tells every run that waits for it, now or later, that something happened. Counts the runs woken now. */
  signal(tx: Tx, signal: Signal): Promise<number>;

  /** Asks a live run to stop and undo; it does so at its next pass. False when no such run is alive. */
  cancel(
    tx: Tx,
    request: { readonly flow: string; readonly key: string; readonly reason: string },
  ): Promise<boolean>;

  /** Lets a failed run try its failed call again. False when there is no such failed run. */
  retry(tx: Tx, runId: string): Promise<boolean>;

  /** Takes due runs one call further, one transaction each, at most `limit` times. Counts the passes made. */
  runDue(limit: number): Promise<number>;
};

/** Builds an engine. Any number of engines in any number of processes may share a store. */
export function createFlowEngine<Tx>(parts: FlowEngineParts<Tx>): FlowEngine<Tx> {
  const { store, now } = parts;
  const flows = byNameAndVersion(parts.flows);
  const refs = parts.flows.map(({ name, version }) => ({ flow: name, version }));

  const pass = async (): Promise<boolean> => {
    const seen: { run?: ClaimedRun } = {};
    try {
      return await store.transaction(async (tx) => {
        const claimed = await store.claimDueRun(tx, { now: now(), flows: refs });
        if (!claimed) return false;
        seen.run = claimed;
        const at = now();
        const outcome = await replay({ run: claimed, flow: known(flows, claimed), store, tx, now: at });
        await settle(tx, { store, run: claimed, outcome, now: at });
        return true;
      });
    } catch (error) {
      const { run } = seen;
      // Without a run it is the store that is broken, and whoever calls must know.
      if (!run) throw error;
      await store.transaction((tx) => countFailure(tx, { store, run, error, now: now() }));
      return true;
    }
  };

  return {
    start: async (tx, flowName, { key, input }) => {
      const flow = newest(parts.flows, flowName);
      flow.checkInput(input);
      const run = { flow: flow.name, version: flow.version, key, input, startedAt: now() };
      const { runId, inserted } = await store.insertRun(tx, run);
      return { runId, started: inserted };
    },
    signal: async (tx, { event, key, data }) => {
      await store.lockTopic(tx, { event, key });
      await store.saveSignal(tx, { event, key, data });
      return store.wakeWaiting(tx, { event, key, now: now() });
    },
    cancel: (tx, request) => store.requestCancel(tx, { ...request, now: now() }),
    retry: (tx, runId) => store.retry(tx, { runId, now: now() }),
    runDue: async (limit) => {
      let passes = 0;
      while (passes < Math.min(limit, PASSES_LIMIT) && (await pass())) passes += 1;
      return passes;
    },
  };
}

/** Writes how a pass ended, in its own transaction. */
async function settle<Tx>(
  tx: Tx,
  { store, run, outcome, now }: { store: FlowStore<Tx>; run: ClaimedRun; outcome: Outcome; now: Date },
): Promise<void> {
  const runId = run.id;
  switch (outcome.kind) {
    case 'progressed':
      return store.suspend(tx, { runId, wakeAt: now });
    case 'resting':
      return store.suspend(tx, { runId, wakeAt: outcome.waiting.until, waiting: outcome.waiting });
    case 'ended': {
      const state = run.cancelReason === undefined ? 'done' : 'cancelled';
      return store.finish(tx, { runId, state, result: outcome.result });
    }
    case 'diverged':
      return store.fail(tx, { runId, revision: run.revision, error: `diverged: ${outcome.reason}` });
    default:
      return outcome satisfies never;
  }
}

/** Writes down a failure after its transaction was rolled back; nothing when the run has moved on since. */
async function countFailure<Tx>(
  tx: Tx,
  { store, run, error, now }: { store: FlowStore<Tx>; run: ClaimedRun; error: unknown; now: Date },
): Promise<void> {
  const policy = (error instanceof StepFailed ? error.retry : undefined) ?? DEFAULT_RETRY;
  const failures = run.failures + 1;
  const text = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_LIMIT);
  const failure = { runId: run.id, revision: run.revision, error: text };
  const wakeAt = nextAttemptAt(now, { failures, policy });
  if (wakeAt) await store.retryLater(tx, { ...failure, failures, wakeAt });
  else await store.fail(tx, failure);
}

function byNameAndVersion<Tx>(flows: readonly Flow<Tx>[]): ReadonlyMap<string, Flow<Tx>> {
  const map = new Map(flows.map((flow) => [`${flow.name}@${flow.version}`, flow]));
  if (map.size !== flows.length) throw new Error('two flows have the same name and version');
  return map;
}

function known<Tx>(flows: ReadonlyMap<string, Flow<Tx>>, { flow, version }: ClaimedRun): Flow<Tx> {
  const found = flows.get(`${flow}@${version}`);
  if (!found) throw new Error(`claimed a run of ${flow}@${version}, which is not known here`);
  return found;
}

function newest<Tx>(flows: readonly Flow<Tx>[], name: string): Flow<Tx> {
  const versions = flows.filter((flow) => flow.name === name).toSorted((a, b) => b.version - a.version);
  const [flow] = versions;
  if (!flow) throw new Error(`no flow named ${name}`);
  return flow;
}
