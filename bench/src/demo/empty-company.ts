import type pg from 'pg';
import { openDatabase } from '../../../apps/hub/src/cli/database.ts';
import { openHub } from '../../../apps/hub/src/hub.ts';
import { growCompany } from '../../../apps/hub/src/imports/demo/grow-company.ts';
import { layFoundations } from '../../../apps/hub/src/imports/demo/open-company.ts';
import { connectOutside } from '../../../apps/hub/src/outside.ts';
import { SYSTEM } from '../../../apps/hub/src/platform/acting.ts';
import { systemClock, type Clock } from '../../../apps/hub/src/platform/clock.ts';
import { readConfig } from '../../../apps/hub/src/platform/config.ts';
import { openLog } from '../../../apps/hub/src/platform/log.ts';
import { transact, type Ground } from '../../../apps/hub/src/platform/transact.ts';

/** Where its OLTs would answer; nobody asks them. */
const NOWHERE = '127.0.0.1:161';

/**
 * The full company before its first customer, on the database of `npm start` in `folder`: streets, network,
 * catalogue, technicians. No hub runs on it.
 */
export async function openEmptyCompany(
  folder: string,
  clock: Clock = systemClock,
): Promise<{ pool: pg.Pool; ground: Ground; close: () => Promise<void> }> {
  const log = openLog('silent');
  const config = readConfig({});
  const database = await openDatabase(config, { data: folder, log });
  try {
    const { outside, close } = connectOutside(config);
    const hub = await openHub({ config, pool: database.pool, clock, log, outside });
    await transact(hub.ground, { by: SYSTEM }, async (tx) => {
      await layFoundations(tx, { managementAddress: () => NOWHERE });
      await growCompany(tx);
    });
    return {
      pool: database.pool,
      ground: hub.ground,
      close: async () => {
        await hub.close();
        await close();
        await database.stop();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
