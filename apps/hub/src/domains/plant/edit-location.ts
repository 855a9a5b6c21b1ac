import { plantEvents, Refusal, type ParsedOf, type plantOperations } from '@gigafibre/contract';
import type { Changes, Tx } from '../../platform/acting.ts';
import { requirePhone } from '../customers/index.ts';
import { indexLocation } from './create-location.ts';
import { serviceabilityAt } from './find-serviceability.ts';
import type { Location } from './location.ts';
import * as store from './location-store.ts';
import { readLocation } from './read-locations.ts';

export type LocationEdit = ParsedOf<typeof plantOperations.editLocation>;

/** Changes the fields given; a new position is judged again. Refused when somebody changed the location since. */
export async function editLocation(tx: Tx, edit: LocationEdit): Promise<Location> {
  const locked = await store.lockLocation(tx.db, edit.id);
  if (!locked) throw new Refusal('not_found', { what: edit.id });
  if (locked.version !== edit.version) throw new Refusal('changed_meanwhile', { version: locked.version });
  const before = await readLocation(tx, edit.id);
  await store.updateLocation(tx.db, {
    id: edit.id,
    fields: { ...columnsOf(edit), ...(await positionColumns(tx, before, edit)) },
  });
  const after = await readLocation(tx, edit.id);
  await indexLocation(tx, after);
  await tx.tell(plantEvents.locationChanged, {
    subject: edit.id,
    customerId: after.customerId,
    data: {},
    changes: changesBetween(before, after),
  });
  return after;
}

/** Only what was given; a field left out stays as it is. */
function columnsOf(edit: LocationEdit) {
  return {
    ...(edit.unit === undefined ? {} : { unit: edit.unit }),
    ...(edit.postalCode === undefined ? {} : { postal_code: edit.postalCode }),
    ...(edit.accessNotes === undefined ? {} : { access_notes: edit.accessNotes }),
    ...(edit.contact === undefined
      ? {}
      : { contact_name: edit.contact.name, contact_phone: requirePhone(edit.contact.phone) }),
  };
}

/** A technician may move the pin: fewer than a quarter of the base's points are those of the building. */
async function positionColumns(tx: Tx, before: Location, edit: LocationEdit) {
  if (edit.latitude === undefined || edit.longitude === undefined) return {};
  const { latitude, longitude } = edit;
  const [answer] = await serviceabilityAt(tx.db, [
    { addressId: before.addressId, latitude, longitude, townLatitude: null, townLongitude: null },
  ]);
  return {
    latitude,
    longitude,
    ...(answer ? { serviceability: answer.serviceability, serviceability_at: tx.now } : {}),
  };
}

const audited = ['unit', 'postalCode', 'accessNotes', 'contact', 'latitude', 'longitude'] as const;
function changesBetween(before: Location, after: Location): Changes {
  return Object.fromEntries(
    audited
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, [before[name], after[name]]] as const),
  );
}
