import { z } from 'zod';
import type { Env } from '../../env.ts';
import { SYSTEM } from '../../platform/acting.ts';
import type { JobTable, Tick } from '../../platform/jobs/worker.ts';
import { transact } from '../../platform/transact.ts';
import { expireOverdueQuotes } from './close-quote.ts';
import { sealContract } from './seal-contract.ts';

const accepted = z.object({ quoteId: z.string() });

/** Background work of sales. Sealing runs outside a transaction: it computes for a while and is safe to repeat. */
export const salesJobs = (env: Env): JobTable => ({
  'sales.seal-contract': {
    queue: 'outside',
    run: (payload) => sealContract(env, accepted.parse(payload)),
  },
});

/** Quotes whose last day is past become expired. */
export const salesTick = (env: Env): Tick => ({
  name: 'sales.expire',
  run: () => transact(env.ground, { by: SYSTEM }, expireOverdueQuotes),
});
