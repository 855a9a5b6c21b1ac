import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

export type ImportedMunicipalityRow = Readonly<{
  code: string;
  name: string;
  designation: string;
  mrc: string;
  region: string;
  population: number;
  key: string;
}>;

/** Brings municipalities in or up to date; a middle point already known stays. */
export async function upsertMunicipalities(
  db: Db,
  rows: readonly ImportedMunicipalityRow[],
): Promise<unknown> {
  return sql`
    insert into plant.municipalities (code, name, designation, mrc, region, population, key)
    select code, name, designation, mrc, region, population, key
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given (code text, name text, designation text, mrc text, region text, population int, key text)
    on conflict (code) do update set name = excluded.name, designation = excluded.designation, mrc = excluded.mrc,
      region = excluded.region, population = excluded.population, key = excluded.key`.execute(db);
}

/** Sets the middle point of the largest municipality of each name. */
export async function placeMunicipalities(
  db: Db,
  rows: readonly { key: string; latitude: number; longitude: number }[],
): Promise<unknown> {
  return sql`
    update plant.municipalities m set latitude = given.latitude, longitude = given.longitude
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (key text, latitude float8, longitude float8)
     where m.code = (select code from plant.municipalities where key = given.key order by population desc, code limit 1)`.execute(
    db,
  );
}

/** Codes by name key; of several towns of one name the largest. */
export async function municipalityCodes(db: Db): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('plant.municipalities')
    .select(['key', 'code'])
    .orderBy('population')
    .orderBy('code', 'desc')
    .execute();
  return new Map(rows.map(({ key, code }) => [key, code]));
}

/** Every municipality's code and name, to resolve a list that knows only codes. */
export async function municipalityNames(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('plant.municipalities').select(['code', 'name']).execute();
  return new Map(rows.map(({ code, name }) => [code, name]));
}

export type ImportedStreetRow = Readonly<{
  municipality_code: string;
  name: string;
  key: string;
  words: string;
}>;

/** Brings streets in; returns the id of each, and counts the words of those that are new. */
export async function upsertStreets(
  db: Db,
  rows: readonly ImportedStreetRow[],
): Promise<{ id: bigint; municipality_code: string; key: string }[]> {
  const result = await sql<{ id: bigint; municipality_code: string; key: string }>`
    with written as (
      insert into plant.streets as street (municipality_code, name, key, words)
      select municipality_code, name, key, string_to_array(words, ' ')
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as given (municipality_code text, name text, key text, words text)
      on conflict (municipality_code, key) do update set words = excluded.words
      returning id, municipality_code, key, words, (xmax = 0) as added
    ), counted as (
      insert into plant.words as known (word, uses)
      select word, count(*) from written, unnest(words) word where added group by word order by word
      on conflict (word) do update set uses = known.uses + excluded.uses
    )
    select id, municipality_code, key from written`.execute(db);
  return result.rows;
}

export type ImportedAddressRow = Readonly<{
  streetId: bigint;
  civicNumber: number;
  civicSuffix: string;
  unit: string;
  postalCode: string | null;
  latitude: number | null;
  longitude: number | null;
  source: string;
  sourceId: string | null;
}>;

/** Brings addresses in; one already known takes the code and the position when they are given. Returns how many are new. */
export async function upsertAddresses(db: Db, rows: readonly ImportedAddressRow[]): Promise<number> {
  const column = <K extends keyof ImportedAddressRow>(name: K) => rows.map((row) => row[name]);
  const { rows: written } = await sql<{ added: number }>`
    with written as (
      insert into plant.addresses as held
        (street_id, civic_number, civic_suffix, unit, postal_code, latitude, longitude, source, source_id)
      select * from unnest(
        ${column('streetId').map(String)}::bigint[], ${column('civicNumber')}::int[], ${column('civicSuffix')}::text[],
        ${column('unit')}::text[], ${column('postalCode')}::text[], ${column('latitude')}::float8[],
        ${column('longitude')}::float8[], ${column('source')}::text[], ${column('sourceId')}::text[])
      on conflict (street_id, civic_number, civic_suffix, unit) do update set
        postal_code = coalesce(excluded.postal_code, held.postal_code),
        latitude = coalesce(excluded.latitude, held.latitude),
        longitude = coalesce(excluded.longitude, held.longitude),
        source = excluded.source, source_id = excluded.source_id
      returning (xmax = 0) as added)
    select count(*) filter (where added)::int as added from written`.execute(db);
  return written[0]?.added ?? 0;
}
