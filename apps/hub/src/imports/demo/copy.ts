import { from as copyFrom } from 'pg-copy-streams';
import type pg from 'pg';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A value of a column; a jsonb column takes JSON text. */
export type Cell = string | number | bigint | boolean | null | readonly string[];
export type Table = Readonly<{ name: string; columns: readonly string[]; rows: Iterable<readonly Cell[]> }>;

/** Text is gathered to about this many characters before it goes to the server. */
const CHUNK_CHARS = 64 * 1024;

/** Writes rows by COPY, streamed: memory does not grow with their number. Returns how many. */
export async function copyRows(client: pg.PoolClient, table: Table): Promise<number> {
  let count = 0;
  function* chunks(): Generator<string> {
    let text = '';
    for (const row of table.rows) {
      count += 1;
      text += `${row.map(cellText).join('\t')}\n`;
      if (text.length >= CHUNK_CHARS) {
        yield text;
        text = '';
      }
    }
    yield text;
  }
  await pipeline(
    Readable.from(chunks()),
    client.query(copyFrom(`copy ${table.name} (${table.columns.join(', ')}) from stdin`)),
  );
  return count;
}

function cellText(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string') return escaped(cell);
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  if (typeof cell !== 'object') return String(cell);
  return escaped(
    `{${cell.map((item) => `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`,
  );
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
