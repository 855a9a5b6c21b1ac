import { plantEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { indexTerms, requirePhone } from '../customers/index.ts';
import { addressOf } from './address.ts';
import { addressById } from './address-store.ts';
import { civicAndStreet } from './address-text.ts';
import { serviceabilityAt, somewhereOf, type Somewhere } from './find-serviceability.ts';
import type { Location } from './location.ts';
import * as store from './location-store.ts';
import { readLocation } from './read-locations.ts';

/** An address written by hand, for places that are not in the base. */
export type TypedAddress = Readonly<{
  civicNumber: string;
  unit: string | null;
  street: string;
  municipality: string;
  postalCode: string | null;
  latitude?: number | undefined;
  longitude?: number | undefined;
}>;
export type NewLocation = Readonly<{
  addressId?: string | null;
  address?: TypedAddress | null;
  /** Replaces the unit of the address of the base. */
  unit?: string | null;
  accessNotes?: string;
  contact?: Readonly<{ name: string | null; phone: string | null }>;
  customerId?: string | null;
}>;

/**
 * Registers a place to serve. Refused `address_needed` unless exactly one of an address of the base and one
 * typed by hand is given; `not_found` for an address the base does not have.
 */
export async function createLocation(tx: Tx, input: NewLocation): Promise<Location> {
  const place = await placeOf(tx, input);
  const [answer] = await serviceabilityAt(tx.db, [place.somewhere]);
  const { id } = await store.insertLocation(tx.db, {
    ...place.columns,
    access_notes: input.accessNotes ?? '',
    contact_name: input.contact?.name ?? null,
    contact_phone: requirePhone(input.contact?.phone ?? null),
    serviceability: answer?.serviceability ?? 'not_serviceable',
    serviceability_at: tx.now,
    created_at: tx.now,
  });
  if (input.customerId) await occupy(tx, { locationId: id, customerId: input.customerId, source: 'created' });
  const location = await readLocation(tx, id);
  await indexLocation(tx, location);
  await tx.tell(plantEvents.locationCreated, {
    subject: id,
    customerId: location.customerId,
    data: { text: location.text },
  });
  return location;
}

/** The location of an address and unit when there is one already, or a new one. */
export async function locationFor(tx: Tx, input: NewLocation): Promise<Location> {
  if (!input.addressId) return createLocation(tx, input);
  const row = await addressById(tx.db, input.addressId);
  const unit = input.unit ?? (row?.unit || null);
  const known = await store.locationAt(tx.db, { addressId: input.addressId, unit });
  return known ? readLocation(tx, known.id) : createLocation(tx, input);
}

/** From now on this customer lives or works there; saying it again changes nothing. */
export async function settleCustomer(
  tx: Tx,
  { locationId, customerId, source }: { locationId: string; customerId: string; source: string },
): Promise<Location> {
  await occupy(tx, { locationId, customerId, source });
  const location = await readLocation(tx, locationId);
  await indexLocation(tx, location);
  await tx.tell(plantEvents.locationChanged, { subject: locationId, customerId, data: {} });
  return location;
}

/** Moved away: this customer lives or works there no more; saying it again changes nothing. */
export async function leaveLocation(
  tx: Tx,
  { locationId, customerId }: { locationId: string; customerId: string },
): Promise<void> {
  await store.endOccupancy(tx.db, { locationId, customerId, until: tx.now });
  await indexLocation(tx, await readLocation(tx, locationId));
  await tx.tell(plantEvents.locationChanged, { subject: locationId, customerId, data: {} });
}

const occupy = (tx: Tx, who: { locationId: string; customerId: string; source: string }) =>
  store.insertOccupancy(tx.db, {
    location_id: who.locationId,
    customer_id: who.customerId,
    since: tx.now,
    source: who.source,
  });

/** The occupant is found by the address, long and short, and by the location's number. */
export const indexLocation = (tx: Tx, location: Location): Promise<void> =>
  indexTerms(tx, { kind: 'location', sourceId: location.id, customerId: location.customerId }, [
    location.text,
    civicAndStreet(location),
    location.id,
  ]);

type Placed = Readonly<{
  somewhere: Somewhere;
  columns: {
    address_id: string | null;
    civic_number: string;
    unit: string | null;
    street: string;
    municipality: string;
    postal_code: string | null;
    latitude: number | null;
    longitude: number | null;
  };
}>;

async function placeOf(tx: Tx, { addressId, address, unit }: NewLocation): Promise<Placed> {
  if (Boolean(addressId) === Boolean(address)) throw new Refusal('address_needed');
  return addressId
    ? placeInBase(tx, { addressId, unit: unit ?? null })
    : placeByHand(address as TypedAddress, unit ?? null); // exactly one is given
}

async function placeInBase(
  tx: Tx,
  { addressId, unit }: { addressId: string; unit: string | null },
): Promise<Placed> {
  const row = await addressById(tx.db, addressId);
  if (!row) throw new Refusal('not_found', { what: addressId });
  const address = addressOf(row);
  return {
    somewhere: somewhereOf(row),
    columns: {
      address_id: row.id,
      civic_number: address.civicNumber,
      unit: unit ?? address.unit,
      street: address.street,
      municipality: address.municipality,
      postal_code: address.postalCode,
      latitude: row.latitude,
      longitude: row.longitude,
    },
  };
}

function placeByHand(address: TypedAddress, unit: string | null): Placed {
  const latitude = address.latitude ?? null;
  const longitude = latitude === null ? null : (address.longitude ?? null);
  return {
    somewhere: { addressId: null, latitude, longitude, townLatitude: null, townLongitude: null },
    columns: {
      address_id: null,
      civic_number: address.civicNumber,
      unit: unit ?? address.unit,
      street: address.street,
      municipality: address.municipality,
      postal_code: address.postalCode,
      latitude: longitude === null ? null : latitude,
      longitude,
    },
  };
}
