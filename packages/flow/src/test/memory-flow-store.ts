import type { Checkpoint, FlowStore, Json, SeenFailure, Signal, Topic, Waiting } from '../index.ts';
import type { MemoryLocks, MemoryTx } from './memory-locks.ts';
import { memoryLocks } from './memory-locks.ts';

/** A run as the store keeps it; readable by tests. */
export type StoredRun = {
  readonly id: string;
  readonly flow: string;
  readonly version: number;
  readonly key: string;
  readonly input: Json;
  readonly startedAt: Date;
  /** How many signals were committed when the run was started. */
  readonly signalsBefore: number;
  readonly checkpoints: Checkpoint[];
  state: 'active' | 'failed' | 'done' | 'cancelled';
  wakeAt: Date;
  revision: number;
  failures: number;
  waiting?: Waiting;
  cancelReason?: string;
  error?: string;
  result?: Json;
};

/** A store in memory with the visibility and the locks that the port asks for, so that tests can interleave. */
export type MemoryFlowStore = FlowStore<MemoryTx> & {
  readonly runs: readonly StoredRun[];
  /** Writes something of the test's own with the transaction. */
  readonly write: (tx: MemoryTx, effect: () => void) => void;
};

type Memory = {
  readonly runs: StoredRun[];
  readonly signals: (Signal & { readonly id: string })[];
  readonly locks: MemoryLocks;
};

export function memoryFlowStore(): MemoryFlowStore {
  const memory: Memory = { runs: [], signals: [], locks: memoryLocks() };
  return {
    runs: memory.runs,
    write,
    transaction: (work) => transact(memory, work),
    ...runRows(memory),
    ...requests(memory),
    ...signalRows(memory),
  };
}

async function transact<Result>(memory: Memory, work: (tx: MemoryTx) => Promise<Result>): Promise<Result> {
  const tx: MemoryTx = { writes: [], held: new Set(), isOpen: true };
  try {
    const result = await work(tx);
    for (const effect of tx.writes) effect();
    return result;
  } finally {
    tx.isOpen = false;
    memory.locks.release(tx);
  }
}

type RunRows = 'insertRun' | 'claimDueRun' | 'saveCheckpoint' | 'suspend' | 'finish' | 'retryLater' | 'fail';

function runRows(memory: Memory): Pick<FlowStore<MemoryTx>, RunRows> {
  const { runs, signals, locks } = memory;
  return {
    insertRun: async (tx, row) => {
      await locks.hold(tx, `start ${row.flow} ${row.key}`);
      const same = runs.find((run) => run.flow === row.flow && run.key === row.key);
      if (same) return { runId: same.id, inserted: false };
      const id = `run of ${row.flow} for ${row.key}`;
      const fresh = { state: 'active', revision: 0, failures: 0 } as const;
      const signalsBefore = signals.length;
      const run = { ...row, ...fresh, id, wakeAt: row.startedAt, signalsBefore, checkpoints: [] };
      write(tx, () => void runs.push(run));
      return { runId: id, inserted: true };
    },
    claimDueRun: async (tx, { now, flows }) => {
      const due = runs
        .filter((run) => run.state === 'active' && run.wakeAt <= now && !locks.isHeld(`run ${run.id}`))
        .filter((run) => flows.some(({ flow, version }) => flow === run.flow && version === run.version))
        .toSorted((a, b) => a.wakeAt.getTime() - b.wakeAt.getTime())[0];
      if (!due) return undefined;
      await locks.hold(tx, `run ${due.id}`);
      return { ...due, checkpoints: [...due.checkpoints] };
    },
    saveCheckpoint: async (tx, { runId, checkpoint }) => {
      const { checkpoints } = runOf(memory, runId);
      const { phase, index } = checkpoint;
      if (checkpoints.some((one) => one.phase === phase && one.index === index)) {
        throw new Error(`call ${index} of ${runId} saved twice`);
      }
      write(tx, () => void checkpoints.push(JSON.parse(JSON.stringify(checkpoint))));
    },
    suspend: async (tx, { runId, wakeAt, waiting }) =>
      change(memory, { tx, runId, to: { wakeAt, waiting, failures: 0, error: undefined } }),
    finish: async (tx, { runId, state, result }) =>
      change(memory, { tx, runId, to: { state, result, waiting: undefined } }),
    retryLater: (tx, { failures, wakeAt, ...seen }) =>
      changeUnmoved(memory, { tx, seen, to: { failures, wakeAt } }),
    fail: (tx, seen) => changeUnmoved(memory, { tx, seen, to: { state: 'failed' } }),
  };
}

function requests(memory: Memory): Pick<FlowStore<MemoryTx>, 'retry' | 'requestCancel'> {
  return {
    retry: async (tx, { runId, now }) => {
      await memory.locks.hold(tx, `run ${runId}`);
      if (memory.runs.find((run) => run.id === runId)?.state !== 'failed') return false;
      change(memory, { tx, runId, to: { state: 'active', failures: 0, wakeAt: now } });
      return true;
    },
    requestCancel: async (tx, { flow, key, reason, now }) => {
      const run = memory.runs.find((one) => one.flow === flow && one.key === key);
      if (!run) return false;
      await memory.locks.hold(tx, `run ${run.id}`);
      if (run.state !== 'active' && run.state !== 'failed') return false;
      const due = { state: 'active', failures: 0, waiting: undefined, wakeAt: now } as const;
      change(memory, { tx, runId: run.id, to: { ...due, cancelReason: run.cancelReason ?? reason } });
      return true;
    },
  };
}

type SignalRows = 'lockTopic' | 'saveSignal' | 'findSignal' | 'wakeWaiting';

function signalRows(memory: Memory): Pick<FlowStore<MemoryTx>, SignalRows> {
  const { runs, signals, locks } = memory;
  return {
    lockTopic: (tx, topic) => locks.hold(tx, nameOf(topic)),
    saveSignal: async (tx, signal) =>
      write(tx, () => void signals.push({ ...signal, id: `signal ${signals.length}` })),
    findSignal: async (_tx, { runId, topic, consumed }) =>
      signals
        .slice(runOf(memory, runId).signalsBefore)
        .find((signal) => nameOf(signal) === nameOf(topic) && !consumed.includes(signal.id)),
    wakeWaiting: async (tx, { now, ...topic }) => {
      const waiting = runs.filter(
        (run) =>
          run.state === 'active' &&
          run.waiting?.topic !== undefined &&
          nameOf(run.waiting.topic) === nameOf(topic) &&
          !locks.isHeld(`run ${run.id}`),
      );
      for (const run of waiting) {
        await locks.hold(tx, `run ${run.id}`);
        change(memory, { tx, runId: run.id, to: { wakeAt: now } });
      }
      return waiting.length;
    },
  };
}

function write(tx: MemoryTx, effect: () => void): void {
  if (!tx.isOpen) throw new Error('written after the end of the transaction');
  tx.writes.push(effect);
}

function runOf({ runs }: Memory, id: string): StoredRun {
  const found = runs.find((run) => run.id === id);
  if (!found) throw new Error(`no run ${id}`);
  return found;
}

type Change = { readonly tx: MemoryTx; readonly to: Partial<StoredRun> };

function change(memory: Memory, { tx, runId, to }: Change & { readonly runId: string }): void {
  const run = runOf(memory, runId);
  write(tx, () => void Object.assign(run, to, { revision: run.revision + 1 }));
}

async function changeUnmoved(
  memory: Memory,
  { tx, seen, to }: Change & { seen: SeenFailure },
): Promise<void> {
  await memory.locks.hold(tx, `run ${seen.runId}`);
  const run = runOf(memory, seen.runId);
  if (run.revision === seen.revision) change(memory, { tx, runId: run.id, to: { ...to, error: seen.error } });
}

function nameOf({ event, key }: Topic): string {
  return JSON.stringify([event, key]);
}
