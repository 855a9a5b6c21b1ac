import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Config } from '../platform/config.ts';
import { openPool } from '../platform/db/connect.ts';
import { migrate } from '../platform/db/migrate.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import type { Log } from '../platform/log.ts';
import { StartupProblem } from '../platform/startup-problem.ts';

export type OpenedDatabase = Readonly<{
  pool: pg.Pool;
  embedded: boolean;
  /** Settles, with a sentence that says so, when the embedded database ends without having been asked to. */
  lost: Promise<string>;
  stop: () => Promise<void>;
}>;

const POOL_SIZE = 20;
const SERVER_VERSION_MIN = 150_000;

/** Opens the database of this installation (the one of DATABASE_URL, or the embedded one in `data`) and migrates it. */
export async function openDatabase(
  config: Config,
  { data, log }: { data: string; log: Log },
): Promise<OpenedDatabase> {
  const embedded = config.databaseUrl === undefined;
  if (embedded) await makeFolder(data);
  const server = embedded ? await startEmbeddedPostgres({ dataDir: data, log }) : undefined;
  let stopping = false;
  const stopServer = async () => {
    stopping = true;
    await server?.stop();
  };
  const lost = new Promise<string>((resolve) => {
    void server?.ended.then(() => stopping || resolve(lostSentence(data)));
  });
  try {
    const pool = openPool(config.databaseUrl ?? server?.url ?? '', POOL_SIZE);
    pool.on('error', (error) => log.warn({ err: error.message }, 'an idle database connection was lost'));
    await requireVersion(pool);
    await migrate(pool);
    const stop = async () => {
      stopping = true;
      // The pool first: a server that ends under its connections makes each of them complain.
      if (!pool.ended) await pool.end();
      await stopServer();
    };
    return { pool, embedded, lost, stop };
  } catch (error) {
    await stopServer();
    throw error;
  }
}

const lostSentence = (data: string): string =>
  `The database in ${data} ended by itself, and Gigafibre with it: start it again, nothing that was acknowledged is lost. Its log is ${join(data, 'postgres', 'postgres.log')}.`;

async function makeFolder(data: string): Promise<void> {
  await mkdir(data, { recursive: true }).catch((cause: unknown) => {
    throw new StartupProblem(`The folder ${data} cannot be created. Choose another one with --data.`, {
      cause,
    });
  });
}

async function requireVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool
    .query<{ server_version_num: string }>('show server_version_num')
    .catch((cause: unknown) => {
      throw new StartupProblem(
        `The database does not answer (${cause instanceof Error ? cause.message : String(cause)}). Check DATABASE_URL.`,
        { cause },
      );
    });
  if (Number(rows[0]?.server_version_num) < SERVER_VERSION_MIN)
    throw new StartupProblem(
      'The database is older than PostgreSQL 15. Gigafibre needs PostgreSQL 15 or newer.',
    );
}
