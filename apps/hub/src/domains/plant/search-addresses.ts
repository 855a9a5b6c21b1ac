import type { Reading } from '../../platform/acting.ts';
import type { Db } from '../../platform/db/connect.ts';
import { addressOf, type Address } from './address.ts';
import { parseAddressQuery, type AddressQuery } from './address-query.ts';
import * as store from './address-store.ts';
import { serviceabilityAt, somewhereOf } from './find-serviceability.ts';
import type { Serviceability } from './serviceability.ts';
import { errorsAllowed, typingErrors } from './typing-errors.ts';

/** Corrections tried for one word that the base does not know. */
const CORRECTIONS_MAX = 8;

/**
 * Addresses like what was typed, best first, each with its serviceability. Words are put right against the
 * base's own vocabulary, then streets having them are found, then the house number on those streets: the cost
 * follows the number of streets, not of addresses. When nothing has every word, one may be missing.
 */
export async function searchAddresses(
  { db }: Pick<Reading, 'db'>,
  { q, limit }: { q: string; limit: number },
): Promise<{ addresses: (Address & { serviceability: Serviceability })[] }> {
  const rows = await addressesLike(db, { query: parseAddressQuery(q), limit });
  const answers = await serviceabilityAt(db, rows.map(somewhereOf));
  return {
    addresses: rows.map((row, index) => ({
      ...addressOf(row),
      serviceability: answers[index]?.serviceability ?? 'not_serviceable',
    })),
  };
}

type Asked = Readonly<{ query: AddressQuery; limit: number }>;

async function addressesLike(db: Db, asked: Asked): Promise<store.AddressRow[]> {
  const { query, limit } = asked;
  if (query.hard.length === 0) {
    const { postalCode, civicNumber } = query;
    return postalCode === null ? [] : store.housesByPostalCode(db, { postalCode, civicNumber, limit });
  }
  const known = await knownGroups(db, query);
  const corrected = known.every((words) => words.length > 0)
    ? known
    : await correctedGroups(db, query, known);
  const exact = await onStreets(db, asked, { groups: corrected, forgiven: 0 });
  if (exact.length > 0) return exact;
  const wider = await correctedGroups(
    db,
    query,
    query.hard.map(() => []),
  );
  const found = await onStreets(db, asked, { groups: union(corrected, wider), forgiven: 0 });
  if (found.length > 0 || query.hard.length === 1) return found;
  return onStreets(db, asked, { groups: union(corrected, wider), forgiven: 1 });
}

/** Looks on the streets that have the words: the number asked for, else its neighbours, else the first houses. */
async function onStreets(
  db: Db,
  { query, limit }: Asked,
  { groups, forgiven }: Pick<store.StreetSearch, 'groups' | 'forgiven'>,
): Promise<store.AddressRow[]> {
  const needed = groups.filter((words) => words.length > 0);
  if (needed.length < groups.length - forgiven || needed.length === 0) return [];
  const search = {
    groups: needed,
    // A word nobody knows has been forgiven already.
    forgiven: needed.length === groups.length ? forgiven : 0,
    liked: [...query.soft, ...query.hard],
    limit,
  } as const;
  const { civicNumber, civicSuffix, unit, postalCode } = query;
  if (civicNumber === null) return store.firstHouses(db, search);
  const house = { ...search, civicNumber, civicSuffix, unit, postalCode };
  const houses = await store.housesOnStreets(db, house);
  return houses.length > 0 ? houses : store.nearestHouses(db, house);
}

type Groups = readonly (readonly string[])[];

async function knownGroups(db: Db, { hard, lastIsPartial }: AddressQuery): Promise<Groups> {
  const last = hard.at(-1) ?? '';
  const partial = lastIsPartial && last.length >= 2 ? last : null;
  const found = await store.knownWords(db, { words: hard, partial });
  return hard.map((_, place) => found.filter(({ asked }) => asked === place).map(({ word }) => word));
}

/** Fills the groups of unknown words with words that differ by few typing errors, commoner ones first. */
async function correctedGroups(db: Db, { hard }: AddressQuery, known: Groups): Promise<Groups> {
  const unknown = hard.flatMap((word, place) => (known[place]?.length === 0 ? [{ word, place }] : []));
  if (unknown.length === 0) return known;
  const similar = await store.similarWords(
    db,
    unknown.map(({ word }) => word),
  );
  const corrected = new Map(
    unknown.map(({ word, place }, asked) => [
      place,
      nearest(
        word,
        similar.filter((found) => found.asked === asked),
      ),
    ]),
  );
  return known.map((words, place) => corrected.get(place) ?? words);
}

function nearest(typed: string, found: readonly store.Expansion[]): string[] {
  return found
    .map(({ word, uses }) => ({ word, uses, errors: typingErrors(typed, word) }))
    .filter(({ errors }) => errors <= errorsAllowed(typed.length))
    .sort((a, b) => a.errors - b.errors || b.uses - a.uses)
    .slice(0, CORRECTIONS_MAX)
    .map(({ word }) => word);
}

const union = (some: Groups, more: Groups): Groups =>
  some.map((words, place) => [...new Set([...words, ...(more[place] ?? [])])]);
