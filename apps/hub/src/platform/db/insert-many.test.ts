import { testHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertMany, type JsonRow } from './insert-many.ts';

/** Text with the signs that separate values in bulk, and with none. */
const text = fc
  .array(fc.constantFrom('a', 'é', '\t', '\n', '\r', '\\', '\\N', '\\.', '"', '{', ',', '’', '😀', ' '), {
    maxLength: 6,
  })
  .map((signs) => signs.join(''));
const row = fc.record({
  type: text,
  subject_id: text,
  customer_id: fc.option(text),
  cause: fc.option(fc.bigInt({ min: 0n, max: 2n ** 52n })),
  at: fc.constantFrom(new Date('2026-11-02T14:00:00.123Z'), '2026-11-02T14:00:00Z'),
  data: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null), fc.array(text))),
});

test('many rows are written as few are, whatever stands in them', async () => {
  const hub = await testHub();
  const written = async (rows: readonly JsonRow[]) => {
    const { rows: found } = await hub.pool.query(
      `select type, customer_id, cause, at, data::text as data from app.events where subject_kind = 'test' and subject_id = $1 order by id`,
      [rows[0]?.['subject_id']],
    );
    return found;
  };
  let told = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 20, maxLength: 30 }), async (made) => {
      const named = (subject: string) =>
        made.map((one) => ({ ...one, subject_kind: 'test', subject_id: subject, actor_kind: 'system' }));
      const [one, many] = [named(`one ${(told += 1)}`), named(`many ${told}`)];
      // Few at a time are a plain statement.
      for (let from = 0; from < one.length; from += 10)
        await insertMany(hub.db, 'app.events', { rows: one.slice(from, from + 10) });
      await insertMany(hub.db, 'app.events', { rows: many });
      expect(await written(many)).toEqual(await written(one));
    }),
    { numRuns: 8 },
  );
});

test('lists of an array column; a row that is refused leaves the connection good', async () => {
  const hub = await testHub();
  const tags = ['a"b\\c', '', 'd,{e}', 'NULL', 'é\tf'];
  const customers = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => ({
      id: `C-${from + n}`,
      kind: 'residential',
      name: 'X',
      language: 'fr',
      tags,
    }));
  await hub.db.connection().execute(async (db) => {
    await insertMany(db, 'customers.customers', { rows: customers(100, 30) });
    await expect(insertMany(db, 'customers.customers', { rows: customers(80, 30) })).rejects.toMatchObject({
      code: '23505',
    });
    await insertMany(db, 'customers.customers', { rows: customers(200, 1) });
  });
  const { rows } = await hub.pool.query(
    'select tags, count(*)::int as n from customers.customers group by 1',
  );
  expect(rows).toEqual([{ tags, n: 31 }]);
});
