import { dispatchEvents } from '@gigafibre/contract';
import type { Env } from '../env.ts';
import { visitMoved } from '../flows/visit-reminder.ts';
import { on } from './reaction.ts';

/** An installation was cancelled: nobody is reminded of it. */
export const onJobCancelled = (env: Env) =>
  on(dispatchEvents.jobCancelled, 'stop the reminder of the visit', async (tx, { subject, data }) => {
    if (data.type === 'install') await visitMoved(tx, env, subject);
  });
