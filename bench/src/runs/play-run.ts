import { COUNT_JOB, countRun, ISSUE_JOB } from '../../../apps/hub/src/domains/billing/runs/count-run.ts';
import { issueRun } from '../../../apps/hub/src/domains/billing/runs/issue-run.ts';
import { readRun } from '../../../apps/hub/src/domains/billing/runs/read-runs.ts';
import { approveRun, startRun } from '../../../apps/hub/src/domains/billing/runs/steer-run.ts';
import { SYSTEM, type Tx } from '../../../apps/hub/src/platform/acting.ts';
import { transact, type Ground } from '../../../apps/hub/src/platform/transact.ts';
import { between, type ProcessorTime } from './processor-time.ts';

/** How long a part of a run took by the clock, and what it used of the processors. */
export type Part = ProcessorTime & Readonly<{ ms: number }>;
/** A run played from its start to its last invoice; bytes at most while it went. */
export type Played = Readonly<{ id: string; invoices: number; count: Part; issue: Part; bytes: number }>;

/**
 * Plays a billing run in this process, its jobs one after the other as a worker would; what follows from each
 * invoice (mail, credits, following its payment) is queued in the same transactions and left there.
 */
export async function playRun(
  hub: Ground,
  { through, used }: { through: string; used: () => Promise<ProcessorTime> },
): Promise<Played> {
  const steps: { job: string; payload: object }[] = [];
  const isStep = (job: string): boolean => job === COUNT_JOB || job === ISSUE_JOB;
  const ground: Ground = {
    ...hub,
    queue: {
      ...hub.queue,
      add: async (db, job, payload) =>
        isStep(job) ? void steps.push({ job, payload }) : hub.queue.add(db, job, payload),
    },
  };
  const act = <T>(verb: (tx: Tx) => Promise<T>): Promise<T> => transact(ground, { by: SYSTEM }, verb);
  let bytes = 0;
  const playSteps = async (): Promise<Part> => {
    const before = await used();
    const started = performance.now();
    for (let step = steps.shift(); step; step = steps.shift()) {
      const { job, payload } = step;
      // What the run itself enqueued a moment ago.
      await act((tx) =>
        job === COUNT_JOB
          ? countRun(tx, payload as Parameters<typeof countRun>[1])
          : issueRun(tx, ground, payload as Parameters<typeof issueRun>[2]),
      );
      bytes = Math.max(bytes, process.memoryUsage().rss);
    }
    const ms = performance.now() - started;
    return { ms, ...between(before, await used()) };
  };
  const { id } = await act((tx) => startRun(tx, { through }));
  const count = await playSteps();
  await act((tx) => approveRun(tx, { id }));
  const issue = await playSteps();
  const { state, invoices } = await act((tx) => readRun(tx, id));
  if (state !== 'issued') throw new Error(`${id} is ${state}`);
  return { id, invoices, count, issue, bytes };
}
