import { Refusal } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import type { Db } from '../../platform/db/connect.ts';
import { addressOf, type Address } from './address.ts';
import { addressById, type AddressRow } from './address-store.ts';
import { locationIdsAt } from './location-store.ts';
import * as network from './network-store.ts';
import {
  serviceabilityFrom,
  serviceabilityWithoutPosition,
  type NearTerminal,
  type ServiceabilityAnswer,
} from './serviceability.ts';

/** A place whose serviceability is asked: its position, or else the middle of its town. */
export type Somewhere = Readonly<{
  addressId: string | null;
  latitude: number | null;
  longitude: number | null;
  townLatitude: number | null;
  townLongitude: number | null;
}>;

/** Whether an address can be served, why, and what was found; refused `not_found`. */
export async function serviceabilityOf(
  { db }: Pick<Reading, 'db'>,
  addressId: string,
): Promise<ServiceabilityAnswer & { address: Address }> {
  const row = await addressById(db, addressId);
  if (!row) throw new Refusal('not_found', { what: addressId });
  const [answer] = await serviceabilityAt(db, [somewhereOf(row)]);
  if (!answer) throw new Error(`no serviceability for ${addressId}`);
  return { address: addressOf(row), ...answer };
}

/** The same for the office, with the locations already known there. */
export async function readServiceability(reading: Pick<Reading, 'db'>, { id }: { id: string }) {
  const { address, serviceability, reason, found } = await serviceabilityOf(reading, id);
  return {
    address,
    serviceability,
    reason,
    found: found === null ? null : shown(found),
    locationIds: await locationIdsAt(reading.db, id),
  };
}

export const somewhereOf = (row: AddressRow): Somewhere => ({
  addressId: row.id,
  latitude: row.latitude,
  longitude: row.longitude,
  townLatitude: row.town_latitude,
  townLongitude: row.town_longitude,
});

/** The answers for some places, in their order, in two queries whatever their number. */
export async function serviceabilityAt(
  db: Db,
  places: readonly Somewhere[],
): Promise<ServiceabilityAnswer[]> {
  const keyed = places.map((place, index) => ({ ...place, key: String(index) }));
  const near = Map.groupBy(await network.terminalsNear(db, keyed), (row) => row.key);
  const towns = await townDistances(db, places);
  return places.map((place, index) => {
    const around = (near.get(String(index)) ?? []).map(nearOf);
    return place.latitude === null && around.length === 0
      ? serviceabilityWithoutPosition(towns.get(townKey(place)) ?? null)
      : serviceabilityFrom(around);
  });
}

/** The terminals around one place, for a reservation. */
export async function terminalsAround(db: Db, place: Omit<Somewhere, 'townLatitude' | 'townLongitude'>) {
  return (await network.terminalsNear(db, [{ ...place, key: '0' }])).map(nearOf);
}

async function townDistances(db: Db, places: readonly Somewhere[]): Promise<Map<string, number>> {
  const asked = new Map(
    places.flatMap((place) =>
      place.latitude === null && place.townLatitude !== null && place.townLongitude !== null
        ? [[townKey(place), { latitude: place.townLatitude, longitude: place.townLongitude }] as const]
        : [],
    ),
  );
  const metres = await network.metresToNetwork(db, [...asked.values()]);
  return new Map([...asked.keys()].map((key, index) => [key, metres[index] ?? Infinity]));
}

const townKey = ({ townLatitude, townLongitude }: Somewhere): string => `${townLatitude} ${townLongitude}`;

const nearOf = (row: network.NearRow): NearTerminal => ({
  terminalId: row.terminal_id,
  terminalName: row.terminal_name,
  state: row.state === 'planned' ? 'planned' : 'in_service',
  splitterId: row.splitter_id,
  splitterName: row.splitter_name,
  oltId: row.olt_id,
  oltName: row.olt_name,
  ponPort: ponPortText(row),
  freeTerminalPorts: row.free_terminal_ports,
  freeSplitterPorts: row.free_splitter_ports,
  distanceMetres: row.distance_metres,
  drawn: row.drawn,
});

/** `0/1/4`: frame, slot, port. */
export const ponPortText = ({ frame, slot, port }: { frame: number; slot: number; port: number }): string =>
  `${frame}/${slot}/${port}`;

function shown({ state: _state, drawn: _drawn, ...found }: NearTerminal) {
  return found;
}
