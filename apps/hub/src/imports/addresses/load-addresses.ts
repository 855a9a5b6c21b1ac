import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import {
  importAddresses,
  importMunicipalities,
  placeMunicipalities,
  type Imported,
  type ImportedAddress,
} from '../../domains/plant/index.ts';
import type { Db } from '../../platform/db/connect.ts';
import {
  kindOfList,
  listedAddressOf,
  municipalityOf,
  placeOf,
  registeredAddressOf,
  townHallOf,
  type ListKind,
  type ListRow,
} from './lists.ts';
import { listRows } from './read-list.ts';

/** Files looked at in one folder. */
const FILES_MAX = 200;
/** Municipalities come first, since addresses belong to one. */
const ORDER: readonly ListKind[] = ['municipalities', 'places', 'register', 'addresses'];

export type Loading = Readonly<{
  /** A folder, or one file. */
  path: string;
  /** The town of lists that name none. */
  town?: string | undefined;
  progress?: ((file: string, done: Imported) => void) | undefined;
}>;
export type Loaded = Readonly<{ file: string; kind: ListKind; done: Imported | null }>;

/** Loads every list found at a path; files that are no list of ours are named with kind `unknown`. */
export async function loadAddresses(db: Db, loading: Loading): Promise<Loaded[]> {
  const files = statSync(loading.path).isDirectory()
    ? readdirSync(loading.path)
        .filter((name) => ['.csv', '.json', '.geojson'].includes(extname(name).toLowerCase()))
        .sort()
        .slice(0, FILES_MAX)
        .map((name) => join(loading.path, name))
    : [loading.path];
  const known = await Promise.all(files.map(async (file) => ({ file, kind: await kindOf(file) })));
  const loaded: Loaded[] = known
    .filter(({ kind }) => kind === 'unknown')
    .map((one) => ({ ...one, file: basename(one.file), done: null }));
  for (const kind of ORDER)
    for (const { file } of known.filter((one) => one.kind === kind))
      loaded.push({ file: basename(file), kind, done: await loadOne(db, { ...loading, path: file }, kind) });
  return loaded;
}

async function kindOf(path: string): Promise<ListKind> {
  for await (const row of listRows(path)) return kindOfList(Object.keys(row));
  return 'unknown';
}

async function loadOne(db: Db, loading: Loading, kind: ListKind): Promise<Imported | null> {
  const { path, town, progress } = loading;
  const load = (rows: AsyncIterable<ImportedAddress>) =>
    importAddresses({ db }, rows, (done) => progress?.(basename(path), done));
  switch (kind) {
    case 'municipalities': {
      const rows = await collect(path, (row) => row);
      await importMunicipalities({ db }, rows.map(municipalityOf));
      return load(each(path, townHallOf));
    }
    case 'places':
      await placeMunicipalities({ db }, await collect(path, placeOf));
      return null;
    case 'register':
      return load(each(path, registeredAddressOf));
    case 'addresses':
      return load(each(path, (row) => listedAddressOf(row, { source: basename(path, extname(path)), town })));
    case 'unknown':
      return null;
  }
}

async function* each<T>(path: string, read: (row: ListRow) => T | undefined): AsyncGenerator<T> {
  for await (const row of listRows(path)) {
    const found = read(row);
    if (found !== undefined) yield found;
  }
}

/** Lists of places and municipalities have a few thousand rows at most. */
const COLLECTED_MAX = 50_000;
async function collect<T>(path: string, read: (row: ListRow) => T | undefined): Promise<T[]> {
  const found: T[] = [];
  for await (const one of each(path, read)) if (found.push(one) >= COLLECTED_MAX) break;
  return found;
}
