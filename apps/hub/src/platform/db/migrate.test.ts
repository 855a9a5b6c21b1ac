import { emptyDatabase, silentLog } from '@gigafibre/testing';
import fc from 'fast-check';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openHub } from '../../hub.ts';
import { connectOutside } from '../../outside.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { openPool } from './connect.ts';
import { migrate, readMigrations, type Migration } from './migrate.ts';

/** What every process does when it starts: schema, queues, secrets, web server, worker. */
async function start(url: string): Promise<{ applied: string[]; stop: () => Promise<void> }> {
  const pool = openPool(url, 5);
  const applied = await migrate(pool);
  const config = readConfig({});
  const { outside, close } = connectOutside(config);
  const hub = await openHub({ config, pool, clock: systemClock, log: silentLog, outside, supervise: true });
  const worker = await hub.work();
  const served = await hub.serve({ port: 0, host: '127.0.0.1' });
  const ready = await fetch(`${served.url}/health/ready`);
  expect(ready.status).toBe(200);
  const stop = async () => {
    await served.close();
    await worker.stop();
    await hub.close();
    await close();
  };
  return { applied, stop };
}

const names = readMigrations().map(({ name }) => name);
const migration = (name: string, sql: string): Migration => ({ name, breaking: false, sql });

test('however many start at once on an empty database, all come up and each migration is applied once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 4 }), async (count) => {
      const { url, pool } = await emptyDatabase();
      const started = await Promise.allSettled(Array.from({ length: count }, () => start(url)));
      const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      await Promise.all(running.map(({ stop }) => stop()));
      expect(started.filter(({ status }) => status === 'rejected')).toEqual([]);
      expect(running.flatMap(({ applied }) => applied)).toEqual(names);
      const { rows } = await pool.query<{ name: string }>(
        'select name from public.gigafibre_migrations order by applied_at, name',
      );
      expect(rows.map(({ name }) => name)).toEqual(names);
    }),
    { numRuns: 3, examples: [[2], [4]] },
  );
}, 180_000);

test('who waits for another to migrate waits longer than for an ordinary lock', async () => {
  const { url, pool } = await emptyDatabase();
  const impatient = new pg.Pool({
    connectionString: url,
    options: '-c lock_timeout=50 -c statement_timeout=50',
  });
  onTestFinished(() => impatient.end());
  const slow = [migration('0001_slow.sql', 'select pg_sleep(0.5)'), migration('0002_more.sql', 'select 1')];
  const first = migrate(pool, slow);
  await expect
    .poll(async () => (await pool.query(`select from pg_locks where locktype = 'advisory'`)).rowCount)
    .toBeGreaterThan(0);
  const outcomes = await Promise.allSettled([first, migrate(impatient, slow)]);
  expect(outcomes).toMatchObject([{ value: slow.map(({ name }) => name) }, { value: [] }]);
  const { rows } = await impatient.query<{ lock_timeout: string }>('show lock_timeout');
  expect(rows, 'afterwards it is as impatient as before').toEqual([{ lock_timeout: '50ms' }]);
});

test('a migration that fails leaves nothing, and the next start begins with it', async () => {
  const { pool } = await emptyDatabase();
  const wrong = migration('0002_wrong.sql', 'create table public.half (id int); select nothing');
  await expect(migrate(pool, [migration('0001_right.sql', 'select 1'), wrong])).rejects.toThrow(
    /0002_wrong\.sql failed: column "nothing"/,
  );
  const mended = [
    migration('0001_right.sql', 'select 1'),
    migration(wrong.name, 'create table public.half ()'),
  ];
  expect(await migrate(pool, mended)).toEqual(['0002_wrong.sql']);
});

test('a database that a newer program changed in a breaking way is refused, a compatible one is not', async () => {
  const { pool } = await emptyDatabase();
  const newer = { ...migration('0009_newer.sql', 'select 1'), breaking: true };
  await migrate(pool, [migration('0008_compatible.sql', 'select 1')]);
  expect(await migrate(pool, [])).toEqual([]);
  await migrate(pool, [newer]);
  await expect(migrate(pool, [])).rejects.toThrow(/newer version of Gigafibre \(0009_newer\.sql\)/);
});
