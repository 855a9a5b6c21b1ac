import type { Reading } from '../../platform/acting.ts';
import type { Db } from '../../platform/db/connect.ts';
import { streetName } from './address-text.ts';
import { matchKey, wordsOf } from './address-words.ts';
import * as store from './import-store.ts';

/** Rows written in one statement. */
const BATCH_ROWS = 4_000;

export type ImportedMunicipality = Omit<store.ImportedMunicipalityRow, 'key'>;

/** An address as a list gives it; the municipality by code, or by name where the list has no codes. */
export type ImportedAddress = Readonly<{
  municipalityCode?: string | undefined;
  municipality?: string | undefined;
  street: string;
  civicNumber: number;
  civicSuffix: string;
  unit: string;
  postalCode: string | null;
  latitude: number | null;
  longitude: number | null;
  source: string;
  sourceId: string | null;
}>;

export type Imported = Readonly<{ read: number; added: number; withoutMunicipality: number }>;

/** Brings municipalities in or up to date; repeating it changes nothing. */
export async function importMunicipalities(
  { db }: Pick<Reading, 'db'>,
  rows: readonly ImportedMunicipality[],
): Promise<void> {
  for (const batch of batches(rows))
    await store.upsertMunicipalities(
      db,
      batch.map((row) => ({ ...row, key: matchKey(row.name) })),
    );
}

/** Sets middle points of municipalities by name. */
export async function placeMunicipalities(
  { db }: Pick<Reading, 'db'>,
  rows: readonly { name: string; latitude: number; longitude: number }[],
): Promise<void> {
  await store.placeMunicipalities(
    db,
    rows.map(({ name, latitude, longitude }) => ({ key: matchKey(name), latitude, longitude })),
  );
}

/**
 * Brings addresses in as they stream past, batch by batch (four million do not fit a transaction). Repeating it
 * adds nothing. A town known by name only is written down under its name; rows whose municipality code nobody
 * knows are counted, not kept.
 */
export async function importAddresses(
  { db }: Pick<Reading, 'db'>,
  rows: AsyncIterable<ImportedAddress> | Iterable<ImportedAddress>,
  progress: (done: Imported) => void = () => undefined,
): Promise<Imported> {
  const streets = await openStreets(db);
  const done = { read: 0, added: 0, withoutMunicipality: 0 };
  let batch: ImportedAddress[] = [];
  const flush = async () => {
    const placed = await streets.place(batch);
    done.read += batch.length;
    done.withoutMunicipality += batch.length - placed.length;
    if (placed.length > 0) done.added += await store.upsertAddresses(db, onePerHouse(placed));
    batch = [];
    progress(done);
  };
  for await (const row of rows) if (batch.push(row) >= BATCH_ROWS) await flush();
  if (batch.length > 0) await flush();
  return done;
}

/** The streets met so far, so that each is written once: some 150,000 for all Quebec. */
async function openStreets(db: Db) {
  const codes = await store.municipalityCodes(db);
  const names = await store.municipalityNames(db);
  const known = new Map<string, bigint>();
  const codeOf = ({ municipalityCode: code, municipality }: ImportedAddress): string | undefined =>
    code === undefined ? codes.get(matchKey(municipality ?? '')) : names.has(code) ? code : undefined;
  const nameTowns = async (rows: readonly ImportedAddress[]) => {
    const fresh = new Map(
      rows.flatMap(({ municipalityCode, municipality: name }) => {
        const key = matchKey(name ?? '');
        return municipalityCode === undefined && name !== undefined && key !== '' && !codes.has(key)
          ? [[key, townNamed(name)] as const]
          : [];
      }),
    );
    await importMunicipalities({ db }, [...fresh.values()]);
    for (const [key, { code, name }] of fresh) {
      codes.set(key, code);
      names.set(code, name);
    }
  };
  const place = async (rows: readonly ImportedAddress[]): Promise<store.ImportedAddressRow[]> => {
    await nameTowns(rows);
    const located = rows.flatMap((row) => {
      const code = codeOf(row);
      if (code === undefined) return [];
      const name = streetName(row.street);
      const key = matchKey(name);
      return key === '' ? [] : [{ row, code, name, key, id: `${code} ${key}` }];
    });
    const fresh = new Map(located.filter(({ id }) => !known.has(id)).map((street) => [street.id, street]));
    const written = await store.upsertStreets(
      db,
      [...fresh.values()].map(({ code, name, key }) => ({
        municipality_code: code,
        name,
        key,
        words: [...new Set([...wordsOf(name), ...wordsOf(names.get(code) ?? '')])].join(' '),
      })),
    );
    for (const street of written) known.set(`${street.municipality_code} ${street.key}`, street.id);
    return located.flatMap(({ row, id }) => {
      const streetId = known.get(id);
      return streetId === undefined ? [] : [{ ...row, streetId }];
    });
  };
  return { place };
}

const TOWN_CODE_CHARS_MAX = 100;
const townNamed = (name: string): ImportedMunicipality => ({
  code: `~${matchKey(name)}`.slice(0, TOWN_CODE_CHARS_MAX),
  name,
  designation: '',
  mrc: '',
  region: '',
  population: 0,
});

/** A statement may not meet the same house twice; the last writing of it counts. */
function onePerHouse(rows: readonly store.ImportedAddressRow[]): store.ImportedAddressRow[] {
  const houses = rows.map(
    (row) => [`${row.streetId} ${row.civicNumber} ${row.civicSuffix} ${row.unit}`, row] as const,
  );
  return [...new Map(houses).values()];
}

function* batches<T>(rows: readonly T[]): Iterable<T[]> {
  for (let start = 0; start < rows.length; start += BATCH_ROWS) yield rows.slice(start, start + BATCH_ROWS);
}
