import { testHub } from '@gigafibre/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { prepared } from './prepared.ts';

test('a marked statement is planned once on a connection, and answers by its values', async () => {
  const hub = await testHub();
  await hub.db.connection().execute(async (db) => {
    for (const value of [1, 2, 3]) {
      const { rows } = await sql<{ value: number }>`${prepared} select ${value}::int as value`.execute(db);
      expect(rows).toEqual([{ value }]);
      await sql`select ${value}::int as value`.execute(db);
    }
    const kept = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
    expect(kept.rows.map(({ statement }) => statement)).toEqual(['/* prepared */ select $1::int as value']);
  });
});

test('a marked statement that is refused leaves its connection good', async () => {
  const hub = await testHub();
  await hub.db.connection().execute(async (db) => {
    const divided = (by: number) =>
      sql<{ value: number }>`${prepared} select 6 / ${by}::int as value`.execute(db);
    await expect(divided(0)).rejects.toThrow('division by zero');
    expect((await divided(3)).rows).toEqual([{ value: 2 }]);
  });
});
