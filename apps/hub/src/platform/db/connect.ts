import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { copyMarked } from './copied.ts';
import { prepareMarked } from './prepared.ts';
import type { DB } from './types.ts';

export type Db = Kysely<DB>;

/** A statement that runs longer is ended: nothing on a user's path may take this long. */
const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;

const types = new pg.TypeOverrides();
// Money and counters are bigint; instants stay ISO text in UTC; civil dates stay text: no lossy step.
types.setTypeParser(pg.types.builtins.INT8, (value) => BigInt(value));
types.setTypeParser(pg.types.builtins.DATE, (value) => value);
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, instantFromPostgres);

/** `2026-11-21 17:00:00.123456+00` → `2026-11-21T17:00:00.123Z`. Lists are full of them, hence by cutting where one can. */
export function instantFromPostgres(value: string): string {
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(value))
    return `${value.slice(0, 10)}T${value.slice(11, 19)}.${`${value.slice(20, -3)}000`.slice(0, 3)}Z`;
  return new Date(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
}

/** Opens a pool on a PostgreSQL 15+; `size` connections at most. */
export function openPool(url: string, size = 10): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: `-c timezone=UTC -c statement_timeout=${STATEMENT_TIMEOUT_MS} -c lock_timeout=${LOCK_TIMEOUT_MS} -c idle_in_transaction_session_timeout=60000`,
    application_name: 'gigafibre',
  });
  // A connection lost while idle is replaced by the pool; one lost in use fails its query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    prepareMarked(client);
    copyMarked(client);
  });
  return pool;
}

/** The typed way to the database over a pool. */
export const openDb = (pool: pg.Pool): Db => new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
