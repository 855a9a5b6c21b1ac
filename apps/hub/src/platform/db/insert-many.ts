import { sql } from 'kysely';
import type { Db } from './connect.ts';
import { copyRows } from './copied.ts';
import type { DB } from './types.ts';

/** A value as JSON has it: a `jsonb` column takes the value itself, an array column a list, a time its ISO text. */
export type JsonRow = Readonly<Record<string, unknown>>;

/** Fewer are written as fast in one plain statement. */
const COPIED_MIN = 20;

/**
 * Writes any number of rows of a table in one statement, in their order; nothing for none. All rows have the columns
 * of the first. Cents fit (below 2^53). Gives back `returning` of each row.
 */
export async function insertMany<Row extends JsonRow>(
  db: Db,
  table: keyof DB,
  { rows, returning = [] }: { rows: readonly JsonRow[]; returning?: readonly (string & keyof Row)[] },
): Promise<Row[]> {
  const [first] = rows;
  if (!first) return [];
  const names = Object.keys(first);
  if (returning.length === 0 && rows.length >= COPIED_MIN) {
    await copy(db, table, { names, rows });
    return [];
  }
  const columns = sql.join(names.map((column) => sql.ref(column)));
  const wanted =
    returning.length === 0 ? sql`` : sql` returning ${sql.join(returning.map((column) => sql.ref(column)))}`;
  const { rows: written } = await sql<Row>`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${jsonText(rows)}::jsonb)${wanted}`.execute(
    db,
  );
  return written;
}

async function copy(
  db: Db,
  table: string,
  { names, rows }: { names: readonly string[]; rows: readonly JsonRow[] },
): Promise<void> {
  const writers = writersOf(names, await arrayColumns(db, table));
  const quoted = names.map((name) => `"${name}"`).join(', ');
  await copyRows(
    db,
    `${table} (${quoted})`,
    rows.map((row) => writers.map((write, index) => write(row[names[index] ?? '']))),
  );
}

const writersOf = (names: readonly string[], arrays: ReadonlySet<string>) =>
  names.map((name) => (arrays.has(name) ? arrayText : plainText));

/** A value as the server reads it in bulk: a list of an array column in braces, any other object as JSON. */
function plainText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? jsonText(value) : String(value);
}
function arrayText(value: unknown): string | null {
  if (!Array.isArray(value)) return plainText(value);
  const elements = value.map((one) => {
    const text = plainText(one);
    return text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  });
  return `{${elements.join(',')}}`;
}

const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));

/** Which columns of each table are arrays, asked once. A text given to a `jsonb` column must be JSON text already. */
const known = new Map<string, ReadonlySet<string>>();
async function arrayColumns(db: Db, table: string): Promise<ReadonlySet<string>> {
  const before = known.get(table);
  if (before) return before;
  const { rows } = await sql<{ name: string }>`
    select a.attname as name from pg_attribute a join pg_type t on t.oid = a.atttypid and t.typcategory = 'A'
     where a.attrelid = ${table}::text::regclass and a.attnum > 0 and not a.attisdropped`.execute(db);
  const found = new Set(rows.map(({ name }) => name));
  known.set(table, found);
  return found;
}
