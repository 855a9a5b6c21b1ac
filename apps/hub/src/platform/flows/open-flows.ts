import { createFlowEngine, type Flow, type FlowEngine, type FlowStore } from '@gigafibre/flow';
import type { Reading, Tx } from '../acting.ts';
import type { Ground } from '../transact.ts';
import { actingFlow } from './acting-flow.ts';
import { postgresFlowStore } from './postgres-flow-store.ts';
import { purgeSignals } from './signal-store.ts';
import { listStuckRuns, type StuckRun } from './stuck-runs.ts';

/** The most runs one look at what is stuck gives. */
export const STUCK_RUNS_MAX = 200;

/**
 * What waits, for the hub. `start`, `signal`, `cancel` and `retry` write in the caller's transaction;
 * `runDue` opens its own, one for each call of a run that is due.
 */
export type Flows = FlowEngine<Tx> &
  Readonly<{
    /** Runs that wait for a person: failed, or due and of a version this program does not have. */
    listStuckRuns: (reading: Pick<Reading, 'db' | 'now'>) => Promise<StuckRun[]>;
    /** Deletes signals nobody can ask for any more, a bounded number. Returns how many. */
    purgeSignals: () => Promise<number>;
  }>;

/** `flows` are all that still have runs, in all their versions. `store` is another than PostgreSQL's in tests only. */
export type FlowsParts = Readonly<{ ground: Ground; flows: readonly Flow<Tx>[]; store?: FlowStore<Tx> }>;

/** Opens the flow engine on the hub's database. */
export function openFlows({ ground, flows, store = postgresFlowStore(ground) }: FlowsParts): Flows {
  const known = flows.map(({ name, version }) => ({ flow: name, version }));
  const engine = createFlowEngine<Tx>({
    store,
    flows: flows.map((flow) => actingFlow(ground, flow)),
    now: () => ground.clock.now(),
  });
  return {
    ...engine,
    listStuckRuns: ({ db, now }) => listStuckRuns(db, { known, now, limit: STUCK_RUNS_MAX }),
    purgeSignals: () => purgeSignals(ground.db, ground.clock.now()),
  };
}
