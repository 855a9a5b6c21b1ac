import { gapTable } from './gap-table.ts';
import { SETS } from './instances.ts';

/** Few enough to be measured in some minutes; `routing/main.ts` measures all. */
const EVERY = 8;
const SECONDS = [1, 10];

/** How near the optimiser comes to the best known solutions of public instances: a sample, two threads, one seed. */
export function routingReport(): Promise<string> {
  return gapTable({ sets: SETS, seconds: SECONDS, seeds: 1, threads: 2, every: EVERY, clock: 'wall' });
}
