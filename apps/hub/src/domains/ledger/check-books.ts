import { civilDateOf, instantOf } from '@gigafibre/calendar';
import { ledgerEvents } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import { SYSTEM, type Reading } from '../../platform/acting.ts';
import type { Tick } from '../../platform/jobs/worker.ts';
import { transact } from '../../platform/transact.ts';
import * as store from './check-store.ts';

/** Between the last evening payments and the debits of the morning, on the wall clock of the company. */
export const CHECK_TIME = '03:00';
/** A check that has not come to its end by then was killed, and is begun again. */
const LOST_MS = 2 * 3_600_000;

/** Recomputes everything from zero, of every domain that keeps money. */
export type VerifyBooks = (
  reading: Pick<Reading, 'db'>,
) => Promise<Readonly<{ entries: bigint; differences: readonly store.CheckDifference[] }>>;

/**
 * Checks the books once a night in which something was posted, whoever else looks at the same second. It reads
 * everything, as long as that takes, hence on a connection of its own and not as a job: jobs are given a minute.
 */
export const checkBooksTick = (env: Pick<Env, 'ground' | 'clock' | 'log'>, verify: VerifyBooks): Tick => ({
  name: 'check of the books',
  run: async () => {
    const now = env.clock.now();
    const day = { on: civilDateOf(now), lostBefore: new Date(now.getTime() - LOST_MS) };
    const { db } = env.ground;
    if (now < instantOf({ date: day.on, time: CHECK_TIME }) || (await store.isChecked(db, day))) return 0;
    if (!(await store.insertCheck(db, { ...day, at: now }))) return 0;
    const found = await store.unhurried(db, (alone) => verify({ db: alone }));
    if (found.differences.length > 0)
      env.log.error(
        { on: day.on, differences: found.differences.length },
        'the books disagree with themselves',
      );
    await transact(env.ground, { by: SYSTEM }, async (tx) => {
      await store.finishCheck(tx.db, { ...found, on: day.on }, tx.now);
      await tx.tell(ledgerEvents.booksChecked, {
        subject: day.on,
        data: { entries: Number(found.entries), differences: found.differences.length },
      });
    });
    return 1;
  },
});
