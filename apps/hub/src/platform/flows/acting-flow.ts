import type { Flow, FlowSteps } from '@gigafibre/flow';
import { NOBODY, type Actor, type Tx } from '../acting.ts';
import { openTx, type Ground } from '../transact.ts';
import { causeOfRun } from './run-store.ts';

/** Who acts in a step: the flow, by its name. */
export const flowActor = (name: string): Actor => Object.freeze({ ...NOBODY, kind: 'flow', id: name, name });

/**
 * The flow with steps that act as itself: what a step does stands in the log under the flow's name, with the run
 * as its occasion and the event that started the run as its cause.
 */
export function actingFlow(ground: Ground, flow: Flow<Tx>): Flow<Tx> {
  const by = flowActor(flow.name);
  const acting = (f: FlowSteps<Tx>): FlowSteps<Tx> => ({
    ...f,
    step: (name, work, retry) =>
      f.step(
        name,
        async ({ db }, attempt) => {
          const cause = await causeOfRun(db, f.runId);
          return work(openTx(ground, { by, requestId: f.runId, cause }, db), attempt);
        },
        retry,
      ),
  });
  const { onCancel } = flow;
  return {
    ...flow,
    run: (f, input) => flow.run(acting(f), input),
    onCancel: onCancel && ((f, cancellation) => onCancel(acting(f), cancellation)),
  };
}
