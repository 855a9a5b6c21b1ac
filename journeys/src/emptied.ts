import type { TestWorld } from '@gigafibre/testing';

/** The rest belongs to customers. */
const STAYS = ['pg_catalog', 'information_schema', 'public', 'app', 'pgboss', 'catalog', 'staff'];

/** Empties a database of its customers again and again: a fresh one costs a second, this a hundredth. */
export async function emptier(pool: TestWorld['pool']): Promise<() => Promise<void>> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname <> all ($1) or (schemaname, tablename) in (('app', 'inbox'), ('app', 'commands'))`,
    [STAYS],
  );
  const empty: string[] = [];
  for (const { name } of rows)
    if ((await pool.query(`select 1 from ${name} limit 1`)).rows.length === 0) empty.push(name);
  return async () => {
    // The books refuse to be changed: only here, and only by whoever owns the server, are their guards asleep.
    await pool.query(`begin; set local session_replication_role = replica;
      ${empty.map((name) => `delete from ${name};`).join('\n')}
      delete from pgboss.job;
      update billing.counters set last = 0; commit`);
  };
}
