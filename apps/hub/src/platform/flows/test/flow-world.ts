import { defineFlow, type Flow, type FlowSteps, type FlowStore, type Json } from '@gigafibre/flow';
import { START, testHub, type TestHub } from '@gigafibre/testing';
import type { Tx } from '../../acting.ts';
import { openFlows, type Flows } from '../open-flows.ts';

/** An instant some milliseconds after the start of the test's time. */
export const after = (ms: number): Date => new Date(START.getTime() + ms);

/** A flow named `demo` of the given program, whose input is taken as it is. */
export const demo = (
  run: (f: FlowSteps<Tx>, input: Json) => Promise<Json | void>,
  more: Partial<Pick<Flow<Tx>, 'name' | 'version' | 'onCancel'>> = {},
): Flow<Tx> => defineFlow({ name: 'demo', version: 1, input: (stored: Json) => stored, run, ...more });

/** The work of a step: writes its name with the step's transaction. */
export const effect = (name: string) => async (tx: Tx) => {
  await tx.db
    .insertInto('app.settings')
    .values({ name: 'effect', value: JSON.stringify(name), actor: tx.by.name ?? '' })
    .execute();
};

/** A real database, flows on it, a clock that only the test moves. */
export type FlowWorld = Readonly<{
  hub: TestHub;
  flows: Flows;
  /** Another worker on the same database; with `store`, on a store of its own. */
  worker: (parts?: { flows?: readonly Flow<Tx>[]; store?: FlowStore<Tx> }) => Flows;
  start: (key?: string, input?: Json) => Promise<{ runId: string; started: boolean }>;
  signal: (event: string, data?: Json) => Promise<number>;
  cancel: (reason?: string) => Promise<boolean>;
  run: () => Promise<number>;
  runAt: (ms: number) => Promise<number>;
  /** Effects that were committed, in the order of their commits. */
  effects: () => Promise<string[]>;
  runs: () => Promise<StoredRun[]>;
}>;
export type StoredRun = Readonly<{
  id: string;
  state: string;
  failures: number;
  error: string | null;
  result: Json;
  wait_name: string | null;
}>;

/** The world of some flows. */
export async function flowWorld(declared: readonly Flow<Tx>[]): Promise<FlowWorld> {
  const hub = await testHub({ failedFlows: 'expected' });
  const { ground } = hub.hub;
  const flows = openFlows({ ground, flows: declared });
  const run = () => flows.runDue(1_000);
  return {
    hub,
    flows,
    worker: (parts = {}) => openFlows({ ground, flows: declared, ...parts }),
    start: (key = 'K-1', input = null) => hub.act((tx) => flows.start(tx, 'demo', { key, input })),
    signal: (event, data = null) => hub.act((tx) => flows.signal(tx, { event, key: 'K-1', data })),
    cancel: (reason = 'asked') => hub.act((tx) => flows.cancel(tx, { flow: 'demo', key: 'K-1', reason })),
    run,
    runAt: async (ms) => {
      await hub.moveTo(after(ms));
      return run();
    },
    effects: async () => {
      const { rows } = await hub.pool.query<{ value: string }>(
        `select value from app.settings where name = 'effect' order by id`,
      );
      return rows.map(({ value }) => value);
    },
    runs: async () => {
      const { rows } = await hub.pool.query<StoredRun>(
        'select id, state, failures, error, result, wait_name from flows.runs order by id',
      );
      return rows;
    },
  };
}
