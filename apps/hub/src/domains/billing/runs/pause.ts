import { Refusal } from '@gigafibre/contract';
import type { Reading } from '../../../platform/acting.ts';
import { COMPANY_SETTING } from '../../../platform/company.ts';
import { readSetting, settingSince } from '../../../platform/settings.ts';

/**
 * Cutover: another system still bills, debits and reminds. Runs are computed and compared with its invoices; nothing
 * is issued, debited or claimed by itself, and no one bills by hand.
 */
export const PAUSE_SETTING = 'billing.pause_scheduler';

/** Whether billing is paused now. */
export const isPaused = async ({ db }: Pick<Reading, 'db'>): Promise<boolean> =>
  (await readSetting(db, PAUSE_SETTING)) === true;

/** Since when billing is paused, ISO; null while it is not. */
export const pausedSince = async ({ db }: Pick<Reading, 'db'>): Promise<string | null> =>
  (await isPaused({ db })) ? settingSince(db, PAUSE_SETTING) : null;

/** Whether nothing may be issued yet: another system still bills, or nobody said whose numbers go on the invoices. */
export const mustWait = async ({ db }: Pick<Reading, 'db'>): Promise<boolean> =>
  (await readSetting(db, COMPANY_SETTING)) === undefined || (await isPaused({ db }));

/** Refuses what another system still does, while billing is paused. */
export async function requireNotPaused(reading: Pick<Reading, 'db'>): Promise<void> {
  if (await isPaused(reading)) throw new Refusal('scheduler_paused');
}
