import { sql } from 'kysely';
import type pg from 'pg';
import { hashOf } from '../chance.ts';

const MARK = '/* prepared */';
/** Marked statements have few wordings; a mistake that makes many must not fill the server's memory. */
const WORDINGS_MAX = 50;
const NAME_CHARS = 16;

/**
 * Put first in a statement: each connection has the server plan it once and then only sends values. For large
 * statements that always find their rows by the same keys (planning the customer's page takes four times as long
 * as running it). Not for searches, whose best plan depends on what is searched; and every column is named, for
 * a planned `select *` breaks when a migration adds one.
 */
export const prepared = sql.raw(MARK);

const names = new Map<string, string>();

/** Makes a connection send marked statements under a name of their own. */
export function prepareMarked(client: pg.ClientBase): void {
  // Passed on as it was given, whatever of the many ways to call it was chosen.
  const send = client.query.bind(client) as (...given: unknown[]) => unknown;
  const query = (first: unknown, ...rest: unknown[]): unknown => {
    const name = typeof first === 'string' ? nameOf(first) : undefined;
    return name === undefined
      ? send(first, ...rest)
      : send({ name, text: first, values: rest[0] }, ...rest.slice(1));
  };
  Object.assign(client, { query });
}

function nameOf(text: string): string | undefined {
  if (!text.startsWith(MARK)) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= WORDINGS_MAX) return known;
  const name = hashOf(text).slice(0, NAME_CHARS);
  names.set(text, name);
  return name;
}
