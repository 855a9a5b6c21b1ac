import type { Flow, FlowEngine, Json } from '../index.ts';
import { createFlowEngine, defineFlow } from '../index.ts';
import type { FlowSteps } from '../index.ts';
import type { MemoryFlowStore, StoredRun } from './memory-flow-store.ts';
import { memoryFlowStore } from './memory-flow-store.ts';
import type { MemoryTx } from './memory-locks.ts';

export const START = new Date('2026-11-21T12:00:00.000Z');

/** An instant some milliseconds after the start of the test's time. */
export function after(ms: number): Date {
  return new Date(START.getTime() + ms);
}

/** A flow named `demo` of the given program, whose input is taken as it is. */
export function demo(
  run: (f: FlowSteps<MemoryTx>, input: Json) => Promise<Json | void>,
  more: Partial<Pick<Flow<MemoryTx>, 'name' | 'version' | 'onCancel'>> = {},
): Flow<MemoryTx> {
  return defineFlow({ name: 'demo', version: 1, input: (stored: Json) => stored, run, ...more });
}

/** A store, an engine over it, a clock that only the test moves, and the effects that were committed. */
export type FlowWorld = {
  readonly store: MemoryFlowStore;
  readonly engine: FlowEngine<MemoryTx>;
  readonly flows: readonly Flow<MemoryTx>[];
  readonly effects: string[];
  /** The work of a step: writes the effect with its transaction. */
  readonly effect: (name: string) => (tx: MemoryTx) => Promise<void>;
  readonly start: (key?: string, input?: Json) => Promise<{ runId: string; started: boolean }>;
  readonly signal: (event: string, data?: Json) => Promise<number>;
  readonly cancel: (reason?: string) => Promise<boolean>;
  readonly run: () => Promise<number>;
  readonly setClock: (ms: number) => void;
  readonly runAt: (ms: number) => Promise<number>;
  readonly only: () => StoredRun;
};

/** The world of some flows; `store` and `effects` are given when another world's go on. */
export function flowWorld(
  flows: readonly Flow<MemoryTx>[],
  { store = memoryFlowStore(), effects = [] }: { store?: MemoryFlowStore; effects?: string[] } = {},
): FlowWorld {
  let now = START;
  const engine = createFlowEngine({ store, flows, now: () => now });
  const setClock = (ms: number): void => {
    now = after(ms);
  };
  const run = (): Promise<number> => engine.runDue(1_000);
  return {
    store,
    engine,
    flows,
    effects,
    effect: (name) => async (tx) => store.write(tx, () => void effects.push(name)),
    start: (key = 'K-1', input = null) => store.transaction((tx) => engine.start(tx, 'demo', { key, input })),
    signal: (event, data = null) => store.transaction((tx) => engine.signal(tx, { event, key: 'K-1', data })),
    cancel: (reason = 'asked') =>
      store.transaction((tx) => engine.cancel(tx, { flow: 'demo', key: 'K-1', reason })),
    run,
    setClock,
    runAt: (ms) => {
      setClock(ms);
      return run();
    },
    only: () => {
      const [first, ...others] = store.runs;
      if (!first || others.length > 0) throw new Error(`${store.runs.length} runs where one was expected`);
      return first;
    },
  };
}
