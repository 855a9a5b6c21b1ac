import { civilDateOf, instantOf } from '@gigafibre/calendar';
import { ledgerEvents } from '@gigafibre/contract';
import { z } from 'zod';
import type { Env } from '../../env.ts';
import { SYSTEM, type Reading } from '../../platform/acting.ts';
import type { JobTable, Tick } from '../../platform/jobs/worker.ts';
import { transact } from '../../platform/transact.ts';
import * as store from './check-store.ts';

/** Between the last evening payments and the debits of the morning, on the wall clock of the company. */
export const CHECK_TIME = '03:00';
const CHECK_JOB = 'ledger.check-books';

/** Recomputes everything from zero, of every domain that keeps money. */
export type VerifyBooks = (
  reading: Pick<Reading, 'db'>,
) => Promise<Readonly<{ entries: bigint; differences: readonly store.CheckDifference[] }>>;

/** Has the books checked once a night in which something was posted, whoever else looks at the same second. */
export const checkBooksTick = (env: Pick<Env, 'ground' | 'clock'>): Tick => ({
  name: 'check of the books',
  run: async () => {
    const now = env.clock.now();
    const on = civilDateOf(now);
    if (now < instantOf({ date: on, time: CHECK_TIME }) || (await store.isChecked(env.ground.db, on)))
      return 0;
    return transact(env.ground, { by: SYSTEM }, async (tx) => {
      if (!(await store.insertCheck(tx.db, { on, at: now }))) return 0;
      await tx.enqueue(CHECK_JOB, { on });
      return 1;
    });
  },
});

const aDay = z.object({ on: z.string() });

/** Reads everything, hence outside a transaction; killed on its way, it is begun again. */
export const checkBooksJobs = (env: Pick<Env, 'ground' | 'log'>, verify: VerifyBooks): JobTable => ({
  [CHECK_JOB]: {
    queue: 'outside',
    run: async (payload) => {
      const { on } = aDay.parse(payload);
      const { entries, differences } = await verify({ db: env.ground.db });
      if (differences.length > 0)
        env.log.error({ on, differences: differences.length }, 'the books disagree with themselves');
      await transact(env.ground, { by: SYSTEM }, async (tx) => {
        await store.finishCheck(tx.db, { on, entries, differences }, tx.now);
        await tx.tell(ledgerEvents.booksChecked, {
          subject: on,
          data: { entries: Number(entries), differences: differences.length },
        });
      });
    },
  },
});
