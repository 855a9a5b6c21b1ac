import { setTimeout as pause } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import type { Log } from '../log.ts';
import { StartupProblem } from '../startup-problem.ts';
import { findBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { damaged, databaseName, lastError, openCluster } from './cluster.ts';
import { diskFull, isFull, folderProblem, locateFolder, openFolder } from './folder.ts';
import type { Folder } from './folder.ts';
import { takeFolder } from './one-hub.ts';
import { ordinaryUser, reaching } from './ordinary-user.ts';
import type { OrdinaryUser } from './ordinary-user.ts';
import { endLeftover, endOrphans } from './postmaster.ts';
import { logSince, sizeOf } from './server-log.ts';
import { settingsFor } from './settings.ts';
import { DidNotStart, startServer } from './server.ts';
import type { Server, ServerPlan } from './server.ts';

export type EmbeddedPostgres = Readonly<{
  /** A connection string; the role may do everything, including creating databases. */
  url: string;
  /** Settles when the database is gone, be it by `stop` or by accident. */
  ended: Promise<void>;
  /** Stops within 16 s, cancelling what runs; may be called more than once. */
  stop: () => Promise<void>;
}>;

export type EmbeddedPostgresOptions = Readonly<{
  /** The hub's data folder; the database keeps to its subfolder `postgres`. */
  dataDir: string;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** For tests only: faster, and lost when the machine stops. */
  disposable?: boolean;
}>;

const maxStarts = 20;
const restMs = 250;

/**
 * Starts the PostgreSQL that comes with the project, on the loopback address only, creating its files on
 * first use. Whatever a previous hub left running on the folder is stopped first. When this process ends,
 * however it ends, the database stops by itself. Refused with a StartupProblem: no PostgreSQL for this
 * machine, folder unwritable, in use, damaged or of another version, disk full.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = await locateFolder(options.dataDir);
  const binaries = await findBinaries();
  const steppedDown = await ordinaryUser(folder.home);
  await openFolder(folder, steppedDown);
  const giveBack = takeFolder(folder);
  try {
    const user = await reaching(steppedDown, [binaries.postgres, folder.home]);
    const started = await startIn({ folder, binaries, user, options });
    void started.ended.then(giveBack);
    return {
      ...started,
      stop: async () => {
        await started.stop();
        giveBack();
      },
    };
  } catch (error) {
    giveBack();
    throw folderProblem(error, folder) ?? error;
  }
}

type Start = Readonly<{
  folder: Folder;
  binaries: Binaries;
  user: OrdinaryUser;
  options: EmbeddedPostgresOptions;
}>;

async function startIn({ folder, binaries, user, options }: Start): Promise<EmbeddedPostgres> {
  await endLeftover(folder);
  const password = await openCluster(folder, binaries, user);
  const settings = settingsFor(options.disposable === true);
  const server = await startPatiently({ folder, postgres: binaries.postgres, user, settings });
  const url = `postgres://${databaseName}:${password}@127.0.0.1:${server.port}/${databaseName}`;
  try {
    await ensureDatabase(url, folder);
  } catch (error) {
    await server.stop();
    throw error;
  }
  options.log.info({ folder: folder.home, port: server.port }, 'embedded database ready');
  return { url, ended: server.ended, stop: server.stop };
}

/**
 * Two obstacles pass by themselves: another program takes the port between our finding it free and
 * PostgreSQL binding it; processes of a postmaster killed with -9 have not all ended yet.
 */
async function startPatiently(plan: ServerPlan): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    const before = sizeOf(plan.folder.log);
    try {
      return await startServer(plan);
    } catch (error) {
      if (!(error instanceof DidNotStart)) throw error;
      const said = await logSince(plan.folder, before);
      if (attempt >= maxStarts || !passes(said)) throw await startProblem(plan.folder, said);
      await endOrphans(plan.folder);
      await pause(restMs);
    }
  }
}

const passes = (said: string): boolean =>
  said.includes('could not create any TCP/IP sockets') || said.includes('pre-existing shared memory block');

const signsOfDamage =
  /checkpoint record|control file|pg_control|invalid|corrupt|could not (open|read|access|find)|missing/i;

async function startProblem(folder: Folder, said: string): Promise<StartupProblem> {
  // A disk may be too full even for the words that say so.
  if (said.includes('No space left on device') || (await isFull(folder))) return diskFull(folder.data);
  const reason = lastError(said);
  if (signsOfDamage.test(reason)) return damaged(folder, reason);
  return new StartupProblem(`The embedded database did not start: ${reason}; see ${folder.log}.`);
}

async function ensureDatabase(url: string, folder: Folder): Promise<void> {
  try {
    await withConnection(url, async () => undefined);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    if (error.code !== '3D000') throw damaged(folder, error.message);
    const maintenance = url.replace(/\/[^/]*$/, '/postgres');
    await withConnection(maintenance, (client) => client.query(`CREATE DATABASE ${databaseName}`));
  }
}

async function withConnection(url: string, use: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
