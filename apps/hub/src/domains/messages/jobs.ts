import { z } from 'zod';
import type { Env } from '../../env.ts';
import type { JobTable, Tick } from '../../platform/jobs/worker.ts';
import { deliver, lookAfterMessages } from './deliver.ts';

const one = z.object({ id: z.string() });

export const messagesJobs = (env: Env): JobTable => ({
  'messages.deliver': { queue: 'outside', run: (payload) => deliver(env, one.parse(payload)) },
});

export const messagesTick = (env: Env): Tick => ({ name: 'messages', run: () => lookAfterMessages(env) });
