import type { Reading } from '../../platform/acting.ts';
import { livingAt } from './provisioning-store.ts';

/** Whether a service other than `except`, whoever's, needs the fibre of a place, now or soon. */
export const needsFibre = async (
  { db }: Pick<Reading, 'db'>,
  { locationId, except }: { locationId: string; except: string },
): Promise<boolean> => (await livingAt(db, { locationId, except })) !== undefined;
