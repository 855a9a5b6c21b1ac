import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

/** An address with its street and municipality, as searches and readers give it. */
export type AddressRow = Readonly<{
  id: string;
  civic_number: number;
  civic_suffix: string;
  unit: string;
  street: string;
  municipality: string;
  municipality_code: string;
  postal_code: string | null;
  latitude: number | null;
  longitude: number | null;
  town_latitude: number | null;
  town_longitude: number | null;
}>;

/** Streets looked at for one search: the commonest name of Quebec (rue Principale) has some 700. */
const STREETS_MAX = 800;
/** Streets weighed for that. More than these have a word like « saint »: then any of them answer as well. */
const STREETS_WEIGHED_MAX = 1_500;
/** Streets whose nearest house numbers are looked up when none has the number asked for. */
const NEAREST_STREETS_MAX = 6;
const EXPANSIONS_MAX = 40;
const CORRECTIONS_MAX = 12;
/** Words that share their first letter and nearly their length: the pool in which short words are corrected. */
const SHORT_POOL_MAX = 1_500;

const columns = sql`
  a.id, a.civic_number, a.civic_suffix, a.unit, s.name as street, m.name as municipality,
  m.code as municipality_code, a.postal_code, a.latitude, a.longitude,
  m.latitude as town_latitude, m.longitude as town_longitude`;

export async function addressById(db: Db, id: string): Promise<AddressRow | undefined> {
  const { rows } = await sql<AddressRow>`
    select ${columns} from plant.addresses a
      join plant.streets s on s.id = a.street_id
      join plant.municipalities m on m.code = s.municipality_code
     where a.id = ${id}`.execute(db);
  return rows[0];
}

export type Expansion = Readonly<{ asked: number; word: string; uses: number }>;

/** Words of the base that are, or begin with, the words typed. `partial` is the one still being typed. */
export async function knownWords(
  db: Db,
  { words, partial }: { words: readonly string[]; partial: string | null },
): Promise<Expansion[]> {
  const { rows } = await sql<Expansion>`
    select (asked.place - 1)::int as asked, known.word, known.uses
      from unnest(${words}::text[]) with ordinality asked (word, place)
      join plant.words known using (word)
    union all
    (select ${words.length - 1}::int, word, uses from plant.words
      where ${partial}::text is not null and word ~>=~ ${partial} and word ~<~ ${`${partial ?? ''}{`}
      order by uses desc limit ${EXPANSIONS_MAX})`.execute(db);
  return rows;
}

/** Words of the base that look like the words typed; the caller counts the typing errors. */
export async function similarWords(db: Db, words: readonly string[]): Promise<Expansion[]> {
  const { rows } = await sql<Expansion>`
    select (asked.place - 1)::int as asked, near.word, near.uses
      from unnest(${words}::text[]) with ordinality asked (word, place)
     cross join lateral (
       (select word, uses from plant.words
         where length(asked.word) > 4 and word % asked.word
         order by similarity(word, asked.word) desc limit ${CORRECTIONS_MAX})
       union all
       (select word, uses from plant.words
         where length(asked.word) between 3 and 4 and left(word, 1) = left(asked.word, 1)
           and length(word) between length(asked.word) - 1 and length(asked.word) + 1
         limit ${SHORT_POOL_MAX})
     ) near`.execute(db);
  return rows;
}

/** One list of alternatives per word that must be found, and the words that only rank. */
export type StreetSearch = Readonly<{
  groups: readonly (readonly string[])[];
  /** How many of the groups may be missing from a street. */
  forgiven: 0 | 1;
  liked: readonly string[];
}>;

/** Streets that have the words, best first: liked words, then short names, then large towns. */
const streetsFor = ({ groups, forgiven, liked }: StreetSearch): RawBuilder<unknown> => sql`
  select s.id, s.name, s.municipality_code,
         (select count(*) from unnest(s.words) word where word = any(${liked}::text[]))::int as score,
         cardinality(s.words) as length
    from (select * from plant.streets s where ${matching(groups, forgiven)} limit ${STREETS_WEIGHED_MAX}) s
   order by score desc, length, s.id
   limit ${STREETS_MAX}`;

function matching(groups: StreetSearch['groups'], forgiven: 0 | 1): RawBuilder<unknown> {
  const all = (chosen: StreetSearch['groups']) =>
    sql.join(
      chosen.map((words) => sql`s.words && ${words}::text[]`),
      sql` and `,
    );
  if (forgiven === 0) return all(groups);
  const ways = groups.map((_, missing) => all(groups.filter((__, place) => place !== missing)));
  return sql.join(
    ways.map((way) => sql`(${way})`),
    sql` or `,
  );
}

export type HouseSearch = StreetSearch &
  Readonly<{
    civicNumber: number;
    civicSuffix: string;
    unit: string | null;
    postalCode: string | null;
    limit: number;
  }>;

/** Addresses with exactly this house number on the streets found. */
export async function housesOnStreets(db: Db, search: HouseSearch): Promise<AddressRow[]> {
  const { rows } = await sql<AddressRow>`
    with street as materialized (${streetsFor(search)})
    select ${columns} from street s
      join plant.addresses a on a.street_id = s.id and a.civic_number = ${search.civicNumber}
      join plant.municipalities m on m.code = s.municipality_code
     order by a.postal_code is not distinct from ${search.postalCode}::text desc,
              s.score desc, s.length,
              a.civic_suffix = ${search.civicSuffix} desc, a.unit = ${search.unit ?? ''} desc,
              m.population desc, m.name, a.civic_suffix, a.unit
     limit ${search.limit}`.execute(db);
  return rows;
}

/** The house numbers nearest to the one asked for, on the likeliest streets. */
export async function nearestHouses(db: Db, search: HouseSearch): Promise<AddressRow[]> {
  const { rows } = await sql<AddressRow>`
    with street as materialized (select * from (${streetsFor(search)}) s limit ${NEAREST_STREETS_MAX})
    select ${columns} from street s
     cross join lateral (
       (select * from plant.addresses where street_id = s.id and civic_number >= ${search.civicNumber}
         order by civic_number limit 2)
       union all
       (select * from plant.addresses where street_id = s.id and civic_number < ${search.civicNumber}
         order by civic_number desc limit 2)
     ) a
      join plant.municipalities m on m.code = s.municipality_code
     order by s.score desc, s.length, abs(a.civic_number - ${search.civicNumber}), a.civic_suffix, a.unit
     limit ${search.limit}`.execute(db);
  return rows;
}

/** The first house of each street found: for somebody who has not typed a number yet. */
export async function firstHouses(db: Db, search: StreetSearch & { limit: number }): Promise<AddressRow[]> {
  const { rows } = await sql<AddressRow>`
    with street as materialized (
      select s.*, m.population from (${streetsFor(search)}) s
        join plant.municipalities m on m.code = s.municipality_code
       order by score desc, length, population desc limit ${search.limit})
    select ${columns} from street s
     cross join lateral (select * from plant.addresses where street_id = s.id order by civic_number limit 1) a
      join plant.municipalities m on m.code = s.municipality_code
     order by s.score desc, s.length, s.population desc, m.name`.execute(db);
  return rows;
}

/** Addresses of a postal code, with a house number or the first ones. */
export async function housesByPostalCode(
  db: Db,
  search: { postalCode: string; civicNumber: number | null; limit: number },
): Promise<AddressRow[]> {
  const { rows } = await sql<AddressRow>`
    select ${columns} from (
      select * from plant.addresses
       where postal_code = ${search.postalCode}
         and (${search.civicNumber}::int is null or civic_number = ${search.civicNumber})
       order by civic_number limit ${search.limit}) a
      join plant.streets s on s.id = a.street_id
      join plant.municipalities m on m.code = s.municipality_code
     order by a.civic_number, s.name`.execute(db);
  return rows;
}
