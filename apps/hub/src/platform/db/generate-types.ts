import type pg from 'pg';

type Column = {
  table_schema: string;
  table_name: string;
  column_name: string;
  udt_name: string;
  is_nullable: string;
  column_default: string | null;
  is_identity: string;
  identity_generation: string | null;
  is_generated: string;
};

const plain: Record<string, string> = {
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  citext: 'string',
  uuid: 'string',
  inet: 'string',
  numeric: 'string',
  xid8: 'string',
  pg_snapshot: 'string',
  interval: 'string',
  int2: 'number',
  int4: 'number',
  float8: 'number',
  bool: 'boolean',
  bytea: 'Buffer',
  int8: 'Int8',
  date: 'string',
  timestamptz: 'Timestamp',
  jsonb: 'Json',
  json: 'Json',
};

/**
 * Writes the TypeScript types of every table from the live catalogue, so that a wrong column name is a
 * compiler error. Schemas of the platform's libraries are left out.
 */
export async function generateTypes(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<Column>(
    `select table_schema, table_name, column_name, udt_name, is_nullable, column_default, is_identity, identity_generation, is_generated
       from information_schema.columns
      where table_schema not in ('pg_catalog', 'information_schema', 'public') and table_schema not like 'pgboss%'
      order by table_schema, table_name, ordinal_position`,
  );
  const tables = Map.groupBy(rows, (row) => `${row.table_schema}.${row.table_name}`);
  const interfaces = [...tables].map(
    ([name, columns]) => `export interface ${pascal(name)} {\n${columns.map(field).join('\n')}\n}`,
  );
  const index = [...tables.keys()].map((name) => `  '${name}': ${pascal(name)};`);
  return [header, ...interfaces, `export interface DB {\n${index.join('\n')}\n}`].join('\n\n') + '\n';
}

const header = `// Made from the database by \`npm run gigafibre -- db describe\`; do not edit.
import type { ColumnType, GeneratedAlways } from 'kysely';

type Default<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;
export type Int8 = ColumnType<bigint, bigint | number | string, bigint | number | string>;
type Timestamp = ColumnType<string, Date | string, Date | string>;
type JsonValue = string | number | boolean | null | { [key: string]: JsonValue | undefined } | readonly JsonValue[];
type Json = ColumnType<JsonValue, string, string>;`;

const pascal = (name: string): string =>
  name.replace(/(^|[._])([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

function field(column: Column): string {
  const array = column.udt_name.startsWith('_');
  const base = plain[array ? column.udt_name.slice(1) : column.udt_name];
  if (!base)
    throw new Error(`${column.table_name}.${column.column_name}: no TypeScript type for ${column.udt_name}`);
  let type = array ? `${base}[]` : base;
  if (column.is_nullable === 'YES') type = nullable(type);
  if (column.identity_generation === 'ALWAYS' || column.is_generated === 'ALWAYS')
    type = type === 'Int8' ? 'GeneratedAlways<bigint>' : `GeneratedAlways<${type}>`;
  else if (column.column_default !== null || column.is_identity === 'YES') type = `Default<${type}>`;
  return `  ${column.column_name}: ${type};`;
}

const columnTypes: Record<string, string> = {
  Int8: 'ColumnType<bigint | null, bigint | number | string | null | undefined, bigint | number | string | null>',
  Timestamp: 'ColumnType<string | null, Date | string | null | undefined, Date | string | null>',
  Json: 'ColumnType<JsonValue | null, string | null | undefined, string | null>',
};
const nullable = (type: string): string => columnTypes[type] ?? `${type} | null`;
