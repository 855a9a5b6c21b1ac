import type { Reading, Tx } from '../../platform/acting.ts';
import { movingTo, stateForUpdate } from './moves-store.ts';
import { livingAt } from './provisioning-store.ts';

/** Whether a service other than `except`, whoever's, or one that moves there, needs the fibre of a place, now or soon. */
export const needsFibre = async (
  { db }: Pick<Reading, 'db'>,
  { locationId, except }: { locationId: string; except: string | null },
): Promise<boolean> => (await livingAt(db, { locationId, except })) !== undefined;

/** Holds a move until the transaction ends, and says whether it takes place: what is ordered for it can be taken back. */
export const holdMove = async ({ db }: Pick<Tx, 'db'>, moveId: number): Promise<boolean> =>
  ((await stateForUpdate(db, moveId)) ?? 'withdrawn') !== 'withdrawn';

/** Services whose move to a place on a day takes place, or has: one visit is made for all of them. */
export const servicesMovingTo = (
  { db }: Pick<Reading, 'db'>,
  asked: { locationId: string; on: string },
): Promise<string[]> => movingTo(db, asked);
