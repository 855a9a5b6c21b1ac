import { Refusal } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import { locationOf, type Location } from './location.ts';
import * as store from './location-store.ts';

/** One location with its place in the network; refused `not_found`. */
export async function readLocation({ db }: Pick<Reading, 'db'>, id: string): Promise<Location> {
  const row = await store.locationById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return locationOf(row);
}

/** Several locations by number; refused `not_found` when one of them is not there. */
export async function readLocationsById(
  { db }: Pick<Reading, 'db'>,
  ids: readonly string[],
): Promise<Map<string, Location>> {
  const rows = ids.length === 0 ? [] : await store.locationsById(db, ids);
  const found = new Map(rows.map((row) => [row.id, locationOf(row)]));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw new Refusal('not_found', { what: missing });
  return found;
}

export type LocationQuery = Readonly<{
  customerId?: string | undefined;
  addressId?: string | undefined;
  limit: number;
  after?: string | undefined;
}>;

/** Locations, newest first, a page at a time; of a customer also those of the past. */
export async function listLocations(
  { db }: Pick<Reading, 'db'>,
  { after, ...filter }: LocationQuery,
): Promise<{ rows: Location[]; next: string | null }> {
  const rows = await store.locationsPage(db, { ...filter, after: positionOf(after) });
  const last = rows[filter.limit - 1];
  return {
    rows: rows.slice(0, filter.limit).map(locationOf),
    next: rows.length > filter.limit && last ? `${last.created_at}~${last.id}` : null,
  };
}

function positionOf(after: string | undefined): { at: string; id: string } | undefined {
  const [at, id] = after?.split('~') ?? [];
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) return undefined;
  return { at, id };
}
