import type pg from 'pg';

/** What only one process at a time may do to a database, by the key of its advisory lock. */
export const TURNS = { migrations: 7_204_511, queues: 7_204_513 } as const;

/** Whoever comes second waits for the whole work of the first, far longer than an ordinary statement may. */
const WAIT_MS_MAX = 600_000;

/**
 * Does `work` while no other process does work of the same name on this database. `client` is the connection
 * that holds the turn; it is as impatient as every other by the time `work` gets it. Needs a pool of two when
 * the work uses the pool itself.
 */
export async function inTurn<T>(
  pool: pg.Pool,
  name: keyof typeof TURNS,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await takeTurn(client, TURNS[name]);
    return await work(client);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TURNS[name]]).catch(() => undefined);
    client.release();
  }
}

async function takeTurn(client: pg.PoolClient, key: number): Promise<void> {
  await client.query(`set lock_timeout = ${WAIT_MS_MAX}; set statement_timeout = ${WAIT_MS_MAX}`);
  try {
    await client.query('select pg_advisory_lock($1)', [key]);
  } finally {
    await client.query('reset lock_timeout; reset statement_timeout').catch(() => undefined);
  }
}
