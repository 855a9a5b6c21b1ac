import { fromKysely, PgBoss } from 'pg-boss';
import type pg from 'pg';
import type { Db } from '../db/connect.ts';
import { inTurn } from '../db/in-turn.ts';
import { sql } from 'kysely';

/** One queue for what follows inside (short), one for calls to the outside (slow): neither waits for the other. */
export const QUEUES = ['inside', 'outside'] as const;
export type QueueName = (typeof QUEUES)[number];

/** A job that a killed worker held is given to another after this long. */
const EXPIRE_SECONDS = 60;
const RETRY_LIMIT = 12;
const RETRY_DELAY_SECONDS = 1;
const RETRY_DELAY_SECONDS_MAX = 600;
const NO_JOB = '00000000-0000-0000-0000-000000000000';
const KEEP_DONE_SECONDS = 7 * 24 * 3_600;

export type Claimed = Readonly<{
  id: string;
  queue: QueueName;
  job: string;
  payload: unknown;
  attempt: number;
}>;

/** Work to do later, stored in the database in the transaction that causes it. */
export type JobQueue = Readonly<{
  add: (db: Db, job: string, payload: object) => Promise<void>;
  /** The same for any number of one kind, in one statement. */
  addAll: (db: Db, job: string, payloads: readonly object[]) => Promise<void>;
  claim: (queue: QueueName, limit: number) => Promise<Claimed[]>;
  /** Marks done inside the job's own transaction; false when somebody else finished it meanwhile. */
  complete: (db: Db, claimed: Claimed) => Promise<boolean>;
  fail: (claimed: Claimed, reason: string) => Promise<void>;
  /** Gives back what a dead worker held. Only when no other worker lives. */
  reclaimAll: () => Promise<number>;
  /** Tells this process's worker that something may be waiting. */
  nudge: () => void;
  onNudge: (wake: () => void) => void;
  stop: () => Promise<void>;
}>;

/** Opens the queues on `pool`; `queueOf` says in which queue each job kind runs. */
export async function openQueue(
  pool: pg.Pool,
  queueOf: (job: string) => QueueName,
  role = { supervise: false },
): Promise<JobQueue> {
  const executeSql = async (text: string, values?: unknown[]) => pool.query(text, values);
  const boss = new PgBoss({ db: { executeSql }, supervise: role.supervise, schedule: false });
  boss.on('error', () => undefined);
  // The library makes its schema at the first start; two that make it at once get in each other's way.
  await inTurn(pool, 'queues', () => makeQueues(boss));
  let wake: () => void = () => undefined;
  return {
    add: async (db, job, payload) => {
      await boss.send(queueOf(job), { job, payload }, { db: fromKysely(db) });
      await sql`select pg_notify('jobs', '')`.execute(db);
    },
    addAll: async (db, job, payloads) => {
      if (payloads.length === 0) return;
      const jobs = payloads.map((payload) => ({ data: { job, payload } }));
      await boss.insert(queueOf(job), jobs, { db: fromKysely(db) });
      await sql`select pg_notify('jobs', '')`.execute(db);
    },
    claim: async (queue, limit) => {
      const jobs = await boss.fetch<{ job: string; payload: unknown }>(queue, {
        batchSize: limit,
        includeMetadata: true,
      });
      return jobs.map(({ id, data, retryCount }) => ({
        id,
        queue,
        job: data.job,
        payload: data.payload,
        attempt: retryCount + 1,
      }));
    },
    complete: async (db, { queue, id }) =>
      affectedBy(await boss.complete(queue, id, null, { db: fromKysely(db) })) === 1,
    fail: async ({ queue, id }, reason) => void (await boss.fail(queue, id, { reason })),
    reclaimAll: () => reclaimAll(pool, boss),
    nudge: () => wake(),
    onNudge: (listener) => (wake = listener),
    stop: () => boss.stop({ graceful: false, close: false }),
  };
}

async function makeQueues(boss: PgBoss): Promise<void> {
  await boss.start();
  for (const name of QUEUES) {
    await boss.createQueue(name, {
      expireInSeconds: EXPIRE_SECONDS,
      retryLimit: RETRY_LIMIT,
      retryDelay: RETRY_DELAY_SECONDS,
      retryBackoff: true,
      retryDelayMax: RETRY_DELAY_SECONDS_MAX,
      deleteAfterSeconds: KEEP_DONE_SECONDS,
    });
    // The library looks a queue up at its first use, on a connection of its own. Were that first use inside as many
    // transactions as there are connections, each would hold one and wait for another.
    await boss.getJobById(name, NO_JOB);
  }
}

/** The library's declared type leaves the count out; its answer carries it. */
function affectedBy(response: object): number {
  return 'affected' in response && typeof response.affected === 'number' ? response.affected : 0;
}

async function reclaimAll(pool: pg.Pool, boss: PgBoss): Promise<number> {
  const { rows } = await pool.query<{ name: string; id: string }>(
    `select name, id from pgboss.job where state = 'active'`,
  );
  for (const { name, id } of rows) await boss.fail(name, id, { reason: 'the worker that held it ended' });
  return rows.length;
}
