import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { openPool } from '../../../apps/hub/src/platform/db/connect.ts';
import { startEmbeddedPostgres } from '../../../apps/hub/src/platform/embedded-postgres/index.ts';
import { openLog } from '../../../apps/hub/src/platform/log.ts';
import { openDb, type Db } from '../../../apps/hub/src/platform/db/connect.ts';
import { startHub, type RunningHub } from './hub-process.ts';
import { addManyAddresses, madeUpTowns } from './many-addresses.ts';

export type BenchCompany = Readonly<{
  hub: RunningHub;
  db: Db;
  /** The database, for asking the same without the hub. */
  url: string;
  server: string;
  stop: () => Promise<void>;
}>;

/**
 * The full demo company with many addresses, served by a hub that is a process of its own: in the database of
 * DATABASE_URL, else in an embedded one in `folder` (kept for the next time) or in a temporary folder.
 */
export async function openBenchCompany(folder: string | undefined): Promise<BenchCompany> {
  const closings: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closings.splice(0).toReversed()) await close();
  };
  try {
    const data = folder ?? (await mkdtemp(join(tmpdir(), 'gigafibre-bench-')));
    if (folder === undefined) closings.push(() => rm(data, { recursive: true, force: true }));
    const url = process.env['DATABASE_URL'] ?? (await embedded(data, closings));
    const hub = await startHub({ url, data });
    closings.push(hub.stop);
    const pool = openPool(url, 2);
    closings.push(() => pool.end());
    const db = openDb(pool);
    await madeUpTowns(db);
    await addManyAddresses(db);
    // What autovacuum does within minutes of a load; a company that lives has it behind it.
    await settle(pool);
    const { rows } = await pool.query<{ server_version: string }>('show server_version');
    return { hub, db, url, server: `PostgreSQL ${rows[0]?.server_version ?? ''}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function embedded(data: string, closings: (() => Promise<unknown>)[]): Promise<string> {
  const server = await startEmbeddedPostgres({ dataDir: data, log: openLog('silent') });
  closings.push(server.stop);
  return server.url;
}

async function settle(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
  } finally {
    client.release(true);
  }
}
