import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { COMPANY_SETTING, EXAMPLE_COMPANY } from '../../../apps/hub/src/platform/company.ts';
import { migrate } from '../../../apps/hub/src/platform/db/migrate.ts';
import { openPool } from '../../../apps/hub/src/platform/db/connect.ts';
import { startEmbeddedPostgres } from '../../../apps/hub/src/platform/embedded-postgres/index.ts';
import { silentLog } from './silent-log.ts';
import { openQueue } from '../../../apps/hub/src/platform/jobs/queue.ts';

/**
 * Prepares one migrated template database per run: on the PostgreSQL of TEST_DATABASE_URL when given,
 * otherwise on the embedded one in a temporary folder. Each test then clones it (40 ms in memory, 500 ms on a disk).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const folder = given ? undefined : mkdtempSync(join(quickFolder(), 'gigafibre-test-'));
  const embedded = folder
    ? await startEmbeddedPostgres({ dataDir: folder, log: silentLog, disposable: true })
    : undefined;
  const server = given ?? embedded?.url ?? '';
  const template = `gigafibre_template_${process.pid}`;
  const admin = openPool(server, 1);
  await admin.query(`create database ${template}`);
  const url = new URL(server);
  url.pathname = `/${template}`;
  const pool = openPool(url.href, 2);
  await migrate(pool);
  // Invoices want to know whose they are.
  await pool.query(`insert into app.settings (name, value, actor) values ($1, $2, 'system:')`, [
    COMPANY_SETTING,
    JSON.stringify(EXAMPLE_COMPANY),
  ]);
  await (await openQueue(pool, () => 'inside')).stop();
  await pool.end();
  project.provide('databaseServer', server);
  project.provide('databaseTemplate', template);
  // Copying files is five times faster than writing pages, unless the server waits for the disk at each checkpoint.
  const { rows } = await admin.query<{ fsync: string }>('show fsync');
  project.provide('databaseStrategy', rows[0]?.fsync === 'off' ? 'file_copy' : 'wal_log');
  return async () => {
    await admin.query(`drop database if exists ${template} with (force)`);
    await admin.end();
    await embedded?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  };
}

const MEMORY = '/dev/shm';
/** What the databases of a run and the server's log of them take at most, with room to spare. */
const MEMORY_BYTES = 4e9;

/** Where the files of a database that nobody keeps are made fastest: in memory when there is plenty. */
function quickFolder(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > MEMORY_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir(); // not Linux
  }
}
