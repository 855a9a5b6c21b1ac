import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Db } from './connect.ts';

const MARK = '/* copied */ ';

/** A row as the server's bulk format has it: text by column, null for nothing. */
export type CopiedRow = readonly (string | null)[];

/**
 * Writes rows of a table by COPY, the server's own way to take many: nothing is parsed but the values, and pages are
 * filled many rows at a time. With every check, reference and trigger. `into` is `schema.table (columns)`, trusted text.
 */
export const copyRows = (db: Db, into: string, rows: readonly CopiedRow[]): Promise<unknown> =>
  db.executeQuery(CompiledQuery.raw(`${MARK}copy ${into} from stdin`, [rows.map(lineOf).join('')]));

const lineOf = (row: CopiedRow): string => `${row.map(fieldOf).join('\t')}\n`;

/** Nothing is `\N`; the signs that separate are escaped. Most values have none. */
const fieldOf = (value: string | null): string =>
  value === null
    ? '\\N'
    : /[\\\t\n\r]/.test(value)
      ? value.replaceAll(/[\\\t\n\r]/g, (sign) => SIGNS[sign] ?? sign)
      : value;
const SIGNS: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Makes a connection send marked statements with their one value as bulk data. */
export function copyMarked(client: pg.ClientBase): void {
  // Passed on as it was given, whatever of the many ways to call it was chosen.
  const send = client.query.bind(client) as (...given: unknown[]) => unknown;
  const query = (first: unknown, ...rest: unknown[]): unknown => {
    if (typeof first !== 'string' || !first.startsWith(MARK)) return send(first, ...rest);
    const [data] = rest[0] as [string]; // put there by `copyRows` alone
    const { promise, resolve, reject } = Promise.withResolvers<Copied>();
    send(
      copying({ text: first, data, settle: (error, copied) => (error ? reject(error) : resolve(copied)) }),
    );
    return promise;
  };
  Object.assign(client, { query });
}

/** How the driver gives the answer to a statement. */
type Copied = Readonly<{ command: 'COPY'; rowCount: number; rows: readonly [] }>;
type Copying = Readonly<{
  text: string;
  data: string;
  settle: (error: Error | undefined, copied: Copied) => void;
}>;

/** What the driver knows of its connection, as far as bulk data goes. */
type Wire = Readonly<{
  query: (text: string) => void;
  sendCopyFromChunk: (chunk: Buffer) => void;
  endCopyFrom: () => void;
}>;

/** A statement that the driver submits and tells of each answer (its interface for statements made elsewhere). */
function copying({ text, data, settle }: Copying) {
  let failed: Error | undefined;
  let rowCount = 0;
  return {
    submit: (wire: Wire): void => wire.query(text),
    handleCopyInResponse: (wire: Wire): void => {
      wire.sendCopyFromChunk(Buffer.from(data, 'utf8'));
      wire.endCopyFrom();
    },
    handleCommandComplete: ({ text: tag }: { text: string }): void => {
      rowCount = Number(tag.slice('COPY '.length));
    },
    // The server is ready again only after it has told of the error: the connection stays good.
    handleError: (error: Error): void => {
      failed ??= error;
      settle(error, { command: 'COPY', rowCount, rows: [] });
    },
    handleReadyForQuery: (): void => settle(failed, { command: 'COPY', rowCount, rows: [] }),
  };
}
