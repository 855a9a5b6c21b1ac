import type { Province } from '@gigafibre/money';
import type { Reading } from '../../platform/acting.ts';
import { HOME_PROVINCE, provinceOf } from '../billing/index.ts';
import { readLocation, serviceabilityOf } from '../plant/index.ts';

/** A place as an offer names it; at most one of the three. */
export type Where = Readonly<{
  addressId: string | null;
  locationId: string | null;
  postalCode: string | null;
}>;

/** The province whose taxes apply to what is rendered at a place, as invoices have it; home when no place is said. */
export async function taxedWhere(
  reading: Pick<Reading, 'db'>,
  { addressId, locationId, postalCode }: Where,
): Promise<Province> {
  if (locationId !== null) return provinceOf(await readLocation(reading, locationId));
  if (addressId !== null) return provinceOf((await serviceabilityOf(reading, addressId)).address);
  return postalCode === null ? HOME_PROVINCE : provinceOf({ postalCode });
}
