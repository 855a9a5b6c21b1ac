import { createReadStream, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { csvRows } from './csv.ts';
import type { ListRow } from './lists.ts';

/** JSON lists are read whole; the register, which is large, is CSV and streams. */
const JSON_BYTES_MAX = 200 * 1024 * 1024;

/** The rows of a CSV, JSON or GeoJSON file, every value as text. Throws for another kind of file. */
export async function* listRows(path: string): AsyncGenerator<ListRow> {
  switch (extname(path).toLowerCase()) {
    case '.csv':
      yield* csvRows(createReadStream(path, { encoding: 'utf8' }));
      return;
    case '.json':
    case '.geojson':
      if (statSync(path).size > JSON_BYTES_MAX) throw new Error(`${path} is too large for a JSON list`);
      yield* rowsOf(JSON.parse(await readFile(path, 'utf8')));
      return;
    default:
      throw new Error(`${path}: neither CSV nor JSON`);
  }
}

/** Objects of an array, or features of a collection with their point as `latitude` and `longitude`. */
function* rowsOf(parsed: unknown): Iterable<ListRow> {
  if (Array.isArray(parsed)) for (const entry of parsed) if (isRecord(entry)) yield textOf(entry);
  if (!isRecord(parsed) || !Array.isArray(parsed['features'])) return;
  for (const feature of parsed['features']) {
    if (!isRecord(feature) || !isRecord(feature['properties'])) continue;
    const geometry = isRecord(feature['geometry']) ? feature['geometry']['coordinates'] : undefined;
    const [longitude, latitude] = Array.isArray(geometry) ? (geometry as unknown[]) : [];
    yield textOf({ ...feature['properties'], longitude, latitude });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (row: Record<string, unknown>): ListRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    ]),
  );
