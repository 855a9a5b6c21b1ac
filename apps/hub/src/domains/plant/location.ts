import type { OutputOf, plantOperations } from '@gigafibre/contract';
import { addressLine } from './address-text.ts';
import { ponPortText } from './find-serviceability.ts';
import type { LocationRow } from './location-store.ts';
import type { Serviceability } from './serviceability.ts';

/** A place that is, was or will be served. */
export type Location = OutputOf<typeof plantOperations.readLocation>;
export type NetworkPosition = NonNullable<Location['network']>;

/** A row as the noun; unions are held by check constraints. */
export function locationOf(row: LocationRow): Location {
  const written = {
    civicNumber: row.civic_number,
    unit: row.unit,
    street: row.street,
    municipality: row.municipality,
    postalCode: row.postal_code,
  };
  return {
    id: row.id,
    addressId: row.address_id,
    text: addressLine(written),
    ...written,
    latitude: row.latitude,
    longitude: row.longitude,
    accessNotes: row.access_notes,
    contact: { name: row.contact_name, phone: row.contact_phone },
    customerId: row.customer_id,
    serviceability: row.serviceability as Serviceability,
    serviceabilityAt: row.serviceability_at,
    network: positionOf(row),
    createdAt: row.created_at,
    version: row.version,
  };
}

function positionOf(row: LocationRow): NetworkPosition | null {
  const { olt_id: oltId, olt_name: oltName, frame, slot, port } = row;
  const { splitter_id: splitterId, splitter_port: splitterPort } = row;
  if (oltId === null || oltName === null || frame === null || slot === null || port === null) return null;
  if (splitterId === null || splitterPort === null) return null;
  return {
    oltId,
    oltName,
    ponPort: ponPortText({ frame, slot, port }),
    splitterId,
    splitterPort,
    terminalId: row.terminal_id,
    terminalPort: row.terminal_port,
    vlan: row.vlan,
    ontId: row.ont_id,
    state: row.drop_state === 'active' ? 'active' : 'reserved',
  };
}
