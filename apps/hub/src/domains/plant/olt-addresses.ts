import type { Reading } from '../../platform/acting.ts';
import * as store from './olt-store.ts';

/** OLTs worth asking about a device of which nobody knows where it hangs. */
const ASKED_MAX = 4;

/** Where to ask about a device: the OLT of its place when that is known, otherwise the first few there are. */
export const oltAddresses = (
  { db }: Pick<Reading, 'db'>,
  oltId: string | null,
): Promise<store.OltAddress[]> => store.oltAddresses(db, { oltId, limit: ASKED_MAX });
export type { OltAddress } from './olt-store.ts';
