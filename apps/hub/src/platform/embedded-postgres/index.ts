import { readFile, stat } from 'node:fs/promises';
import { Client, DatabaseError } from 'pg';
import type { Log } from '../log.ts';
import { StartupProblem } from '../startup-problem.ts';
import { findBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { damaged, databaseName, lastError, openCluster } from './cluster.ts';
import { diskFull, folderIn, folderProblem, openFolder } from './folder.ts';
import type { Folder } from './folder.ts';
import { takeFolder } from './one-hub.ts';
import { ordinaryUser, reaching } from './ordinary-user.ts';
import type { OrdinaryUser } from './ordinary-user.ts';
import { DidNotStart, endLeftover, startServer } from './server.ts';
import type { Server } from './server.ts';

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

const kept = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // their paths are limited to 103 bytes, which folders of people exceed
  max_connections: '100',
  shared_buffers: '128MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  jit: 'off',
  io_method: 'sync', // three processes fewer; the small machine has one disk
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log', // statements refused to the hub are the hub's to log
  log_min_error_statement: 'panic', // statements carry personal data
  log_checkpoints: 'off',
};
const disposable = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

const maxStarts = 5;
const maxLogTailBytes = 20_000;

/**
 * Starts the PostgreSQL that comes with the project, on the loopback address only, creating its files on
 * first use. Whatever a previous hub left running on the folder is stopped first. When this process ends,
 * however it ends, the database stops by itself. Refused with a StartupProblem: no PostgreSQL for this
 * machine, folder unwritable, in use, damaged or of another version, disk full.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = folderIn(options.dataDir);
  const binaries = await findBinaries();
  const steppedDown = await ordinaryUser(folder.home);
  await openFolder(folder, steppedDown);
  const giveBack = takeFolder(folder);
  try {
    const user = await reaching(steppedDown, [binaries.postgres, folder.home]);
    const started = await startIn({ folder, binaries, user, options });
    void started.ended.then(giveBack);
    return started;
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
  const settings = options.disposable === true ? { ...kept, ...disposable } : kept;
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

/** The free port found may be taken by another program before PostgreSQL binds it: then once more. */
async function startPatiently(plan: Parameters<typeof startServer>[0]): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await stat(plan.folder.log).then(
      (found) => found.size,
      () => 0,
    );
    try {
      return await startServer(plan);
    } catch (error) {
      if (!(error instanceof DidNotStart)) throw error;
      const said = await logSince(plan.folder, before);
      if (attempt < maxStarts && said.includes('could not create any TCP/IP sockets')) continue;
      throw startProblem(plan.folder, said);
    }
  }
}

const signsOfDamage =
  /checkpoint record|control file|pg_control|invalid|corrupt|could not (open|read|access|find)|missing/i;

function startProblem(folder: Folder, said: string): StartupProblem {
  if (said.includes('No space left on device')) return diskFull(folder.home);
  const reason = lastError(said);
  if (signsOfDamage.test(reason)) return damaged(folder, reason);
  return new StartupProblem(`The embedded database did not start: ${reason}. See ${folder.log}.`);
}

async function logSince(folder: Folder, from: number): Promise<string> {
  const text = await readFile(folder.log).catch(() => Buffer.alloc(0));
  return text.subarray(from).subarray(-maxLogTailBytes).toString();
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
