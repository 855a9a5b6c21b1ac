import type { Tick } from '../jobs/worker.ts';
import type { Flows } from './open-flows.ts';

/** Passes made in one look, so that a flood of due runs lets the other ticks have their turn. */
const PASSES_PER_TICK = 500;

/** Takes due runs further, and forgets old signals. */
export const flowsTick = (flows: Flows): Tick => ({
  name: 'flows',
  run: async () => (await flows.runDue(PASSES_PER_TICK)) + (await flows.purgeSignals()),
});
