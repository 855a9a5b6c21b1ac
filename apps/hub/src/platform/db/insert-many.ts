import { sql } from 'kysely';
import type { Db } from './connect.ts';
import type { DB } from './types.ts';

/** A value as JSON has it: a `jsonb` column takes the value itself, an array column a list, a time its ISO text. */
export type JsonRow = Readonly<Record<string, unknown>>;

/**
 * Writes any number of rows of a table in one statement with one parameter, in their order; nothing for none.
 * All rows have the columns of the first. Cents fit (below 2^53). Gives back `returning` of each row.
 */
export async function insertMany<Row extends JsonRow>(
  db: Db,
  table: keyof DB,
  { rows, returning = [] }: { rows: readonly JsonRow[]; returning?: readonly (string & keyof Row)[] },
): Promise<Row[]> {
  const [first] = rows;
  if (!first) return [];
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  const given = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  const wanted =
    returning.length === 0 ? sql`` : sql` returning ${sql.join(returning.map((column) => sql.ref(column)))}`;
  const { rows: written } = await sql<Row>`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${given}::jsonb)${wanted}`.execute(
    db,
  );
  return written;
}
