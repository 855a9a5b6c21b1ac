import type { Reading } from '../../../platform/acting.ts';
import { returnSet } from '../notices-store.ts';

/** The first day on which a resting service comes back by itself; undefined when nobody said. */
export const setToReturn = (reading: Pick<Reading, 'db'>, id: string): Promise<string | undefined> =>
  returnSet(reading.db, id);
