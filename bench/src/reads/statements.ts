import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Reading } from '../../../apps/hub/src/platform/acting.ts';
import { NOBODY } from '../../../apps/hub/src/platform/acting.ts';
import type { DB } from '../../../apps/hub/src/platform/db/types.ts';

/** A statement as it goes to the database. */
export type Statement = Readonly<{ text: string; values: readonly unknown[] }>;

/** Runs a read of the hub and gives the statements it sent, with their values, in order. */
export async function statementsOf(
  pool: pg.Pool,
  now: Date,
  read: (reading: Reading) => Promise<unknown>,
): Promise<Statement[]> {
  const sent: Statement[] = [];
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => {
      sent.push({ text: query.sql, values: query.parameters });
    },
  });
  await read({ db, by: NOBODY, now });
  return sent;
}

/** Sends statements one after the other on one connection, as the hub does. */
export async function sendAll(client: pg.ClientBase, statements: readonly Statement[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const { text, values } of statements) answers.push((await client.query(text, [...values])).rows);
  return answers;
}
