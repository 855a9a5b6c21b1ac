import type { Reading } from '../../../platform/acting.ts';
import { readSetting } from '../../../platform/settings.ts';

/** Cutover: runs are computed and compared with what another system bills, and nothing is issued. */
export const PAUSE_SETTING = 'billing.pause_scheduler';

/** Whether billing is paused now. */
export const isPaused = async ({ db }: Pick<Reading, 'db'>): Promise<boolean> =>
  (await readSetting(db, PAUSE_SETTING)) === true;
