import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testDatabase } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { describeSchema } from './describe-schema.ts';
import { generateTypes } from './generate-types.ts';

const mend = 'run `npm run gigafibre -- db describe` on an up-to-date database and read the difference';
const kept = (...path: string[]): string => readFileSync(join(import.meta.dirname, ...path), 'utf8');

test('db/schema.sql says what the migrations make, on every PostgreSQL alike', async () => {
  const { pool } = await testDatabase();
  expect(await describeSchema(pool), mend).toBe(kept('../../../db/schema.sql'));
});

test('platform/db/types.ts has the columns that the migrations make', async () => {
  const { pool } = await testDatabase();
  expect(await generateTypes(pool), mend).toBe(kept('types.ts'));
});

test('nothing can be added or changed in a database without its description saying so', async () => {
  const { pool } = await testDatabase();
  let before = await describeSchema(pool);
  for (const change of [
    'alter table app.secrets add column note text',
    'alter table app.secrets alter column value set default 0',
    'alter table app.inbox alter column outcome set not null',
    'alter table app.secrets add constraint short check (length(name) < 9)',
    'create index secrets_by_age on app.secrets (created_at)',
    'create trigger keep before delete on app.secrets for each row execute function app.refuse_change()',
    'alter table app.events disable trigger events_append_only',
    `create or replace function app.fold(value text) returns text language sql immutable as 'select value'`,
    'create sequence app.numbers start 100',
    'create schema elsewhere',
    `comment on table app.secrets is 'hush'`,
    'create view app.all_secrets as select name from app.secrets',
  ]) {
    await pool.query(change);
    const after = await describeSchema(pool);
    expect(after, change).not.toBe(before);
    before = after;
  }
});
