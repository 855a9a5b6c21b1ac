import { dispatchEvents } from '@gigafibre/contract';
import type { Env } from '../env.ts';
import { followVisit } from '../flows/visit-reminder.ts';
import { on } from './reaction.ts';

/** An installation was published: its customer is told when, and reminded. */
export const onJobPublished = (env: Env) =>
  on(
    dispatchEvents.jobPublished,
    'keep the customer informed of the visit',
    async (tx, { subject, customerId, data }) => {
      if (data.type === 'install' && customerId !== null) await followVisit(tx, env, subject);
    },
  );
