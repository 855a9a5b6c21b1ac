import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { StartupProblem } from '../startup-problem.ts';
import { inTurn } from './in-turn.ts';

const directory = join(import.meta.dirname, '../../../db/migrations');

export type Migration = Readonly<{ name: string; breaking: boolean; sql: string }>;

/** The migrations that come with this program, oldest first; the first line of each says compatible or breaking. */
export function readMigrations(from: string = directory): readonly Migration[] {
  return readdirSync(from)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(from, name), 'utf8');
      const first = /^-- (compatible|breaking)\b/.exec(sql);
      if (!first) throw new Error(`${name}: the first line must say "-- compatible" or "-- breaking"`);
      return { name, breaking: first[1] === 'breaking', sql };
    });
}

/**
 * Brings the database to this program's schema: each migration in a transaction, two starters at once
 * are safe. Refuses a database that a newer program has changed in a breaking way.
 * @returns names of the migrations applied now
 */
export async function migrate(pool: pg.Pool, migrations = readMigrations()): Promise<string[]> {
  return inTurn(pool, 'migrations', async (client) => {
    await client.query(
      `create table if not exists public.gigafibre_migrations (
         name text primary key, breaking boolean not null, applied_at timestamptz not null default clock_timestamp())`,
    );
    const applied = await appliedTo(client);
    refuseNewer(applied, migrations);
    const pending = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of pending) await applyOne(client, migration);
    return pending.map(({ name }) => name);
  });
}

async function appliedTo(client: pg.PoolClient): Promise<Map<string, boolean>> {
  const { rows } = await client.query<{ name: string; breaking: boolean }>(
    'select name, breaking from public.gigafibre_migrations',
  );
  return new Map(rows.map(({ name, breaking }) => [name, breaking]));
}

function refuseNewer(applied: ReadonlyMap<string, boolean>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const newer = [...applied].filter(([name, breaking]) => breaking && !known.has(name)).map(([name]) => name);
  if (newer.length > 0) {
    throw new StartupProblem(
      `This database was changed by a newer version of Gigafibre (${newer.join(', ')}). Update the program, or start it on another data folder with --data.`,
    );
  }
}

async function applyOne(client: pg.PoolClient, { name, breaking, sql }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query('set local statement_timeout = 0');
    await client.query('insert into public.gigafibre_migrations (name, breaking) values ($1, $2)', [
      name,
      breaking,
    ]);
    await client.query(sql);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
