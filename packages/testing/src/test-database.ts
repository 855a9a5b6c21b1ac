import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { openPool } from '../../../apps/hub/src/platform/db/connect.ts';

let made = 0;

/** A fresh migrated database for this test, cloned from the run's template and dropped when the test ends. */
export const testDatabase = (): Promise<{ url: string; pool: pg.Pool }> =>
  createDatabase(`template ${inject('databaseTemplate')} strategy ${inject('databaseStrategy')}`);

/** A database in which nobody has been yet, dropped when the test ends. */
export const emptyDatabase = (): Promise<{ url: string; pool: pg.Pool }> => createDatabase('');

async function createDatabase(how: string): Promise<{ url: string; pool: pg.Pool }> {
  const server = inject('databaseServer');
  const name = `gigafibre_test_${process.pid}_${(made += 1)}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await onServer(server, `create database ${name} ${how}`);
  const pool = openPool(url.href, 10);
  onTestFinished(async () => {
    if (!pool.ended) await pool.end();
    await onServer(server, `drop database if exists ${name} with (force)`);
  });
  return { url: url.href, pool };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
