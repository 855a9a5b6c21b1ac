import { join } from 'node:path';
import type pg from 'pg';

/** A table as text in a file that the server can read. */
export type Dumped = Readonly<{
  table: string;
  columns: readonly string[];
  file: string;
  rows: number;
  bytes: number;
}>;

/** Rows of every table of the product. */
export async function rowCounts(pool: pg.Pool): Promise<ReadonlyMap<string, number>> {
  const { rows: tables } = await pool.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema', 'pgboss') order by 1`);
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ count: bigint }>(`select count(*) from ${name}`);
    counts.set(name, Number(rows[0]?.count));
  }
  return counts;
}

/** Writes each table that has grown since `before` into a file of the server's own folder. */
export async function dumpGrown(
  pool: pg.Pool,
  { before, folder }: { before: ReadonlyMap<string, number>; folder: string },
): Promise<Dumped[]> {
  const dumped: Dumped[] = [];
  for (const [table, rows] of await rowCounts(pool)) {
    if (rows <= (before.get(table) ?? 0)) continue;
    const columns = await columnsOf(pool, table);
    const file = join(folder, `${table}.copy`);
    await untimed(pool, async (client) => {
      await client.query(`copy ${table} (${columns.join(', ')}) to '${quoted(file)}'`);
    });
    const { rows: sizes } = await pool.query<{ size: bigint }>('select size from pg_stat_file($1)', [file]);
    dumped.push({ table, columns, file, rows, bytes: Number(sizes[0]?.size) });
  }
  return dumped;
}

/**
 * Copies the files back in one transaction, by the server alone, into tables of the same shape: `bare` without
 * anything, `indexed` with the indexes and keys of the real ones, without their checks, references and triggers.
 */
export async function bareCopies(
  pool: pg.Pool,
  dumped: readonly Dumped[],
  shape: 'bare' | 'indexed',
): Promise<{ rows: number; ms: number }> {
  const name = (table: string): string => `copied.${table.replace('.', '_')}`;
  await pool.query('create schema copied');
  for (const { table, columns } of dumped)
    await pool.query(
      shape === 'bare'
        ? `create table ${name(table)} as select ${columns.join(', ')} from ${table} with no data`
        : `create table ${name(table)} (like ${table} including indexes including generated including defaults)`,
    );
  await pool.query('checkpoint');
  const started = performance.now();
  await untimed(pool, async (client) => {
    await client.query('begin');
    for (const { table, columns, file } of dumped)
      await client.query(`copy ${name(table)} (${columns.join(', ')}) from '${quoted(file)}'`);
    await client.query('commit');
  });
  const ms = performance.now() - started;
  await pool.query('drop schema copied cascade');
  return { rows: dumped.reduce((sum, { rows }) => sum + rows, 0), ms };
}

/** Columns that are written, not computed. */
async function columnsOf(pool: pg.Pool, table: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** A connection of its own without limit of time, closed afterwards. */
async function untimed(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await use(client);
  } finally {
    client.release(true);
  }
}

const quoted = (file: string): string => file.replaceAll("'", "''");
