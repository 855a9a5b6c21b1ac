import type { ImportedAddress, ImportedMunicipality } from '../../domains/plant/index.ts';
import { readCivicLine, readDegrees, readPostalCode } from './civic-line.ts';

/** A row of a list: columns by name, all text. */
export type ListRow = Readonly<Record<string, string>>;

/** What a list turned out to be, by its columns. */
export type ListKind = 'register' | 'municipalities' | 'places' | 'addresses' | 'unknown';

/** Tells a list by its columns: names of files change, columns do not. */
export function kindOfList(columns: readonly string[]): ListKind {
  const has = (...names: string[]) => names.every((name) => columns.includes(name));
  if (has('numero_municipal', 'specifique_odonyme', 'code_municipalite')) return 'register';
  if (has('mcode', 'munnom', 'madr1')) return 'municipalities';
  if (has('city', 'lat', 'lng')) return 'places';
  if (firstOf(columns, ADDRESS) !== undefined) return 'addresses';
  return has('NO_CIVIQUE', 'RUE') ? 'addresses' : 'unknown';
}

const ADDRESS = ['Adresse', 'adresse', 'address', 'Address'] as const;
const TOWN = ['Municipalite', 'Municipalité', 'municipalite', 'Ville', 'ville', 'city', 'City'] as const;
const CODE = ['CodePostal', 'code_postal', 'postal_code', 'PostalCode'] as const;
const firstOf = (columns: readonly string[], names: readonly string[]): string | undefined =>
  names.find((name) => columns.includes(name));

/** A municipality of the ministry's list. */
export const municipalityOf = (row: ListRow): ImportedMunicipality => ({
  code: row['mcode'] ?? '',
  name: row['munnom'] ?? '',
  designation: row['mdes'] ?? '',
  mrc: (row['mrc'] ?? '').replace(/^MRC /, '').replace(/ \(\d+\)$/, ''),
  region: (row['regadm'] ?? '').replace(/ \(\d+\)$/, ''),
  population: Number(row['mpopul'] ?? 0) || 0,
});

/** The address of its town hall, when it has one with a number. */
export function townHallOf(row: ListRow): ImportedAddress | undefined {
  const line = readCivicLine(row['madr1'] ?? '');
  return line
    ? {
        ...line,
        // The office in the building is not a place to serve.
        unit: '',
        municipalityCode: row['mcode'] ?? '',
        postalCode: readPostalCode(row['mcodpos'] ?? ''),
        latitude: null,
        longitude: null,
        source: 'mamh',
        sourceId: row['mcode'] ?? null,
      }
    : undefined;
}

/**
 * An address of the register of Quebec addresses; undefined for one that is not certified or has ended.
 * The full name of a street is its generic, its particle and its specific, then the cardinal point.
 */
export function registeredAddressOf(row: ListRow): ImportedAddress | undefined {
  if (row['etat'] !== 'Certifiée' || (row['date_fin'] ?? '') !== '') return undefined;
  const number = Number(row['numero_municipal']);
  const street = [
    'generique_odonyme',
    'particule_odonyme',
    'specifique_odonyme',
    'point_cardinal_odonyme',
  ].reduce((name, part) => joinParts(name, row[part] ?? ''), '');
  if (!Number.isInteger(number) || number < 0 || street === '') return undefined;
  return {
    municipalityCode: row['code_municipalite'] ?? '',
    street,
    civicNumber: number,
    civicSuffix: (row['numero_municipal_suffixe'] ?? '').trim().toUpperCase(),
    unit: (row['numero_unite'] ?? '').trim().toUpperCase(),
    postalCode: readPostalCode(row['code_postal'] ?? ''),
    latitude: readDegrees(row['latitude'] ?? '', 90),
    longitude: readDegrees(row['longitude'] ?? '', 180),
    source: 'rqa',
    sourceId: row['identifiant_unique_adresse'] ?? null,
  };
}

/** `rue de l’` + `Église` stick together; anything else takes a space. */
function joinParts(name: string, part: string): string {
  const piece = part.trim();
  if (piece === '' || name === '') return name + piece;
  return /['’]$/.test(name) ? name + piece : `${name} ${piece}`;
}

/** An address of any other list: a civic line, or a number and a street; `town` when the list names none. */
export function listedAddressOf(
  row: ListRow,
  { source, town }: { source: string; town: string | undefined },
): ImportedAddress | undefined {
  const columns = Object.keys(row);
  const text = row[firstOf(columns, ADDRESS) ?? ''] ?? `${row['NO_CIVIQUE'] ?? ''}, ${row['RUE'] ?? ''}`;
  const line = readCivicLine(text);
  const municipality = row[firstOf(columns, TOWN) ?? ''] ?? town;
  if (!line || municipality === undefined) return undefined;
  return {
    ...line,
    municipality,
    postalCode: readPostalCode(row[firstOf(columns, CODE) ?? ''] ?? ''),
    latitude: readDegrees(row['latitude'] ?? row['lat'] ?? '', 90),
    longitude: readDegrees(row['longitude'] ?? row['lng'] ?? '', 180),
    source,
    sourceId: row['id'] ?? row['ID'] ?? null,
  };
}

/** The middle of a place, of a list of places. */
export function placeOf(row: ListRow): { name: string; latitude: number; longitude: number } | undefined {
  const latitude = readDegrees(row['lat'] ?? '', 90);
  const longitude = readDegrees(row['lng'] ?? '', 180);
  return latitude === null || longitude === null
    ? undefined
    : { name: row['city'] ?? '', latitude, longitude };
}
