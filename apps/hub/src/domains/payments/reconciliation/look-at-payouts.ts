import { addDays, civilDateOf, instantOf } from '@gigafibre/calendar';
import type { Env } from '../../../env.ts';
import { SYSTEM } from '../../../platform/acting.ts';
import { transact } from '../../../platform/transact.ts';
import * as store from '../reconciliation-store.ts';

/** After the provider's own night, before people look. */
export const LOOK_TIME = '07:00';
/** A payment older than this that no transfer brought is in the list of what is awaited; a look finds nothing new. */
const BACK_DAYS = 90;

/**
 * Reads the provider's transfers once a day though no webhook said there was one, while any payment waits for its
 * transfer. Whoever else looks at the same second, once.
 */
export async function lookAtPayouts(env: Pick<Env, 'ground' | 'clock' | 'outside'>): Promise<number> {
  const now = env.clock.now();
  const on = civilDateOf(now);
  if (now < instantOf({ date: on, time: LOOK_TIME })) return 0;
  const { db } = env.ground;
  if (await store.hasLooked(db, on)) return 0;
  const between = { after: addDays(on, -BACK_DAYS), before: on };
  const [waiting] = await store.awaited(db, { ...between, limit: 1 });
  if (!waiting) return 0;
  return transact(env.ground, { by: SYSTEM }, async (tx) => {
    if (!(await store.keepLook(tx.db, { on, at: tx.now }))) return 0;
    await tx.enqueue('payments.fetch-payouts', {});
    return 1;
  });
}
