import { civilDateOf } from '@gigafibre/calendar';
import type { OpticalLimits, OpticalSystem } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import * as store from './store.ts';

/** The system a line is judged by when nothing says otherwise: the commonest and strictest of ours. */
export const USUAL_SYSTEM: OpticalSystem = 'gpon_b_plus';

/** Limits in force now, by system. */
export async function opticalLimitsNow({ db, now }: Pick<Reading, 'db' | 'now'>): Promise<OpticalLimits[]> {
  return (await store.limitsOn(db, civilDateOf(now))).map((row) => ({
    // held by a check constraint
    system: row.system as OpticalSystem,
    overloadDbm: row.overload_dbm,
    highDbm: row.high_dbm,
    lowDbm: row.low_dbm,
    poorDbm: row.poor_dbm,
    outDbm: row.out_dbm,
    marginDb: row.margin_db,
  }));
}

/** The limits of one system in force now. */
export async function limitsOf(
  reading: Pick<Reading, 'db' | 'now'>,
  system: OpticalSystem = USUAL_SYSTEM,
): Promise<OpticalLimits> {
  const found = (await opticalLimitsNow(reading)).find((limits) => limits.system === system);
  if (!found) throw new Error(`no optical limits for ${system}`);
  return found;
}
