import { Worker } from 'node:worker_threads';
import { compile } from '../problem/compile.ts';
import type { Problem } from '../problem/problem.ts';
import { refusalsOf } from '../problem/refusals.ts';
import type { Planned } from '../plan.ts';
import { randomFrom } from '../random.ts';
import { bestOf, recall, type Best } from '../search/best.ts';
import { fromSolution } from '../search/from-solution.ts';
import { begin } from '../search/search.ts';
import { emptyState } from '../search/state.ts';
import { toSolution } from '../search/to-solution.ts';
import type { Solution } from '../solution.ts';
import { worksAsTeam, type Brought } from './member.ts';
import { sharedFor } from './team.ts';
import { wallMs, workedMs } from './clocks.ts';
import type { Clock, Order } from './worker.ts';

/** More threads than this are not started. */
const THREADS_MAX = 16;
/** How long after its time a thread is waited for before the search goes on without it. */
const GRACE_MS = 10_000;
/** How long threads wait for one another: at least, as a share of the time, and where work is counted. */
const PATIENCE_MS_MIN = 300;
const PATIENCE_SHARE = 0.2;
const WORK_PATIENCE_MS = 600_000;
/** Kept back of the time for writing the plan down. */
const WRITING_SHARE = 0.01;

export type ThreadedOptions = Readonly<{
  seed: number;
  threads: number;
  /** From the call to the plan, in milliseconds. */
  timeMs: number;
  /** Stops after so many tries of each thread too. */
  triesMax?: number;
  start?: Solution;
  signal?: AbortSignal;
  clock?: Clock;
}>;

/**
 * Plans in worker threads, so that the calling one stays free: the best plan of all. Large problems are divided
 * among the threads again and again, small ones searched by each from another seed.
 */
export async function planInThreads(problem: Problem, options: ThreadedOptions): Promise<Planned> {
  const clock = options.clock ?? 'wall';
  const nowMs = clock === 'wall' ? wallMs : workedMs;
  const startedMs = nowMs();
  const refusals = refusalsOf(problem);
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const model = compile(problem);
  const given = options.start === undefined ? undefined : fromSolution(problem, model, options.start);
  const enough = (): boolean => nowMs() - startedMs > options.timeMs;
  const start = bestOf(begin(model, { random: randomFrom(options.seed), start: given, enough }));
  const members = Math.min(THREADS_MAX, Math.max(1, Math.floor(options.threads)));
  const team = members > 1 && worksAsTeam(model);
  const shared = sharedFor(start);
  const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const cancel = (): void => void Atomics.store(cancelled, 0, 1);
  options.signal?.addEventListener('abort', cancel, { once: true });
  if (options.signal?.aborted) cancel();
  const limitMs = options.timeMs * (1 - WRITING_SHARE);
  const patienceMs =
    clock === 'wall' ? Math.max(PATIENCE_MS_MIN, options.timeMs * PATIENCE_SHARE) : WORK_PATIENCE_MS;
  const brought = await Promise.all(
    Array.from({ length: members }, (_, member) =>
      runThread({
        part: {
          model,
          start,
          shared,
          seed: options.seed,
          member,
          members,
          team,
          gentle: given !== undefined,
          patienceMs,
        },
        clock,
        startedMs: clock === 'wall' ? startedMs : startedMs - nowMs(),
        limitMs,
        triesMax: options.triesMax,
        cancelled,
      }),
    ),
  ).finally(() => options.signal?.removeEventListener('abort', cancel));
  const state = emptyState(model);
  recall(cheapest(start, brought), state);
  const tries = brought.reduce((sum, one) => sum + (one?.tries ?? 0), 0);
  return { kind: 'planned', solution: toSolution(problem, state), tries };
}

function cheapest(start: Best, brought: readonly (Brought | undefined)[]): Best {
  return brought.reduce(
    (best, one) => (one !== undefined && one.best.total < best.total ? one.best : best),
    start,
  );
}

/** What a thread brings; undefined when it comes to nothing: the plan of the others stands. */
function runThread(order: Order): Promise<Brought | undefined> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
  return new Promise((resolve) => {
    const late = setTimeout(() => end(undefined), order.limitMs + GRACE_MS + order.part.patienceMs);
    const end = (result: Brought | undefined): void => {
      clearTimeout(late);
      void worker.terminate();
      resolve(result);
    };
    // What the thread sends is what takePart returns: the two files go together.
    worker.once('message', (message) => end(message as Brought));
    worker.once('error', () => end(undefined));
    worker.once('exit', () => end(undefined));
  });
}
