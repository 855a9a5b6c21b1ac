import type { OutputOf, plantOperations } from '@gigafibre/contract';
import type { AddressRow } from './address-store.ts';
import { addressLine, civicText } from './address-text.ts';

/** A civic address of the base. */
export type Address = OutputOf<typeof plantOperations.readServiceability>['address'];

export function addressOf(row: AddressRow): Address {
  const written = {
    civicNumber: civicText(row.civic_number, row.civic_suffix),
    unit: row.unit === '' ? null : row.unit,
    street: row.street,
    municipality: row.municipality,
    postalCode: row.postal_code,
  };
  return {
    id: row.id,
    text: addressLine(written),
    ...written,
    municipalityCode: row.municipality_code,
    latitude: row.latitude,
    longitude: row.longitude,
  };
}
