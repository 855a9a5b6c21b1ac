import type { FlowStore } from '@gigafibre/flow';
import type { Tx } from '../acting.ts';
import { transact, type Ground } from '../transact.ts';
import { flowActor } from './acting-flow.ts';
import { runStore } from './run-store.ts';
import { signalStore } from './signal-store.ts';

/** The flow engine's store on the hub's database; its transactions are the hub's acting ones. */
export const postgresFlowStore = (ground: Ground): FlowStore<Tx> => ({
  ...runStore,
  ...signalStore,
  transaction: (work) => transact(ground, { by: flowActor('flows') }, work),
});
