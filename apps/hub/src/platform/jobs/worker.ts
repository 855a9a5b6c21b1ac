import type pg from 'pg';
import { SYSTEM, type Tx } from '../acting.ts';
import type { Log } from '../log.ts';
import { openTx, transact, type Ground } from '../transact.ts';
import { causesIn } from './causes.ts';
import { QUEUES, type Claimed, type QueueName } from './queue.ts';

const BATCH = 10;
/** Wake-ups come by NOTIFY; this look is only in case one was lost. */
const POLL_MS = 2_000;
const TICK_MS = 5_000;
const WORKER_LOCK = 7_204_512;

/**
 * A job kind. `inside` work runs in one transaction that also marks the job done: exactly once.
 * `outside` work calls another system and therefore opens its own transactions; it may run again after
 * a crash, so it must be idempotent.
 */
export type Job = Readonly<
  | { queue: 'inside'; run: (tx: Tx, payload: unknown) => Promise<void> }
  | { queue: 'outside'; run: (payload: unknown) => Promise<void> }
>;
export type JobTable = Readonly<Record<string, Job>>;

/** Something to look at regularly: due flows, due messages. Returns how much was done. */
export type Tick = Readonly<{ name: string; run: () => Promise<number> }>;

export type WorkerParts = Readonly<{
  ground: Ground;
  pool: pg.Pool;
  log: Log;
  jobs: JobTable;
  ticks: readonly Tick[];
}>;

/** Runs everything that is waiting, until nothing is: for tests and for one-off commands. Returns how many jobs ran. */
export async function drain(parts: WorkerParts): Promise<number> {
  const ROUNDS_MAX = 10_000;
  let ran = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    let here = 0;
    for (const queue of QUEUES) here += await runBatch(parts, queue);
    for (const tick of parts.ticks) here += await tick.run();
    if (here === 0) return ran;
    ran += here;
  }
  throw new Error(`jobs keep making jobs: more than ${ROUNDS_MAX} rounds`);
}

/** Works until stopped: woken by NOTIFY, by this process's own commits, and by a slow poll. */
export async function startWorker(parts: WorkerParts): Promise<{ stop: () => Promise<void> }> {
  const listener = await parts.pool.connect();
  const { rows } = await listener.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
    WORKER_LOCK,
  ]);
  if (rows[0]?.alone) await parts.ground.queue.reclaimAll();
  const loops = QUEUES.map((queue) =>
    startLoop(POLL_MS, parts.log, async () => {
      while ((await runBatch(parts, queue)) > 0);
    }),
  );
  const ticking = startLoop(TICK_MS, parts.log, () => runTicks(parts));
  const wake = () => loops.forEach((loop) => loop.wake());
  parts.ground.queue.onNudge(wake);
  listener.on('notification', wake);
  listener.on('error', (error) =>
    parts.log.error({ err: error.message }, 'worker lost its listening connection; polling goes on'),
  );
  await listener.query('listen jobs');
  return {
    stop: async () => {
      await Promise.all([...loops, ticking].map((loop) => loop.stop()));
      listener.release(true);
    },
  };
}

/** Runs each tick, whatever becomes of those before it; one that fails is logged and runs again next time. */
export async function runTicks({ ticks, log }: Pick<WorkerParts, 'ticks' | 'log'>): Promise<void> {
  for (const { name, run } of ticks)
    try {
      await run();
    } catch (error) {
      log.error({ tick: name, err: String(error) }, 'tick failed; running it again later');
    }
}

function startLoop(
  everyMs: number,
  log: Log,
  work: () => Promise<void>,
): { wake: () => void; stop: () => Promise<void> } {
  let stopped = false;
  let woken = false;
  let interrupt: () => void = () => undefined;
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const running = (async () => {
    while (!stopped) {
      woken = false;
      await work().catch((error: unknown) =>
        log.error({ err: String(error) }, 'worker round failed; trying again'),
      );
      if (!woken && !stopped) await rest();
    }
  })();
  return {
    wake: () => {
      woken = true;
      interrupt();
    },
    stop: async () => {
      stopped = true;
      interrupt();
      await running;
    },
  };
}

async function runBatch(parts: WorkerParts, queue: QueueName): Promise<number> {
  const batch = await parts.ground.queue.claim(queue, BATCH);
  for (const claimed of batch) await runOne(parts, claimed);
  return batch.length;
}

async function runOne({ ground, log, jobs }: WorkerParts, claimed: Claimed): Promise<void> {
  const job = jobs[claimed.job];
  try {
    if (!job) throw new Error(`no job is called ${claimed.job}`);
    if (job.queue === 'outside') {
      await job.run(claimed.payload);
      await ground.queue.complete(ground.db, claimed);
    } else if (!(await runTogether({ ground, log }, claimed, job))) {
      const [cause = null] = causesIn(claimed.payload);
      await transact(ground, { by: SYSTEM, cause }, async (tx) => {
        await job.run(tx, claimed.payload);
        await finish(ground, tx, claimed);
      });
    }
  } catch (error) {
    log.error(
      {
        job: claimed.job,
        attempt: claimed.attempt,
        err: error instanceof Error ? (error.stack ?? error.message) : String(error),
      },
      'job failed',
    );
    await ground.queue.fail(claimed, error instanceof Error ? error.message : String(error));
  }
}

/** A job inside, as `transact` runs it. */
type Inside = Extract<Job, { queue: 'inside' }>;

/**
 * Does what follows from several events in one transaction, each as if it were alone; when it fails for one, all of it is
 * undone and each gets a job of its own, so that it keeps the others from nothing. False for a job of one event or none.
 */
async function runTogether(
  { ground, log }: Pick<WorkerParts, 'ground' | 'log'>,
  claimed: Claimed,
  job: Inside,
): Promise<boolean> {
  const causes = causesIn(claimed.payload);
  if (causes.length < 2) return false;
  try {
    await transact(ground, { by: SYSTEM }, async (tx) => {
      for (const cause of causes)
        await job.run(openTx(ground, { by: SYSTEM, cause }, tx.db), { event: cause.toString() });
      await finish(ground, tx, claimed);
    });
  } catch (error) {
    log.warn({ job: claimed.job, err: String(error) }, 'job failed for one of several; each by itself now');
    await transact(ground, { by: SYSTEM }, async (tx) => {
      for (const cause of causes) await tx.enqueue(claimed.job, { event: cause.toString() });
      await finish(ground, tx, claimed);
    });
  }
  return true;
}

/** Marks a job done in the transaction of its effect; throws, which undoes it, when somebody else was quicker. */
async function finish(ground: Ground, tx: Tx, claimed: Claimed): Promise<void> {
  if (!(await ground.queue.complete(tx.db, claimed))) throw new Error('finished elsewhere meanwhile');
}
