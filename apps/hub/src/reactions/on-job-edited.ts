import { dispatchEvents } from '@gigafibre/contract';
import type { Env } from '../env.ts';
import { visitMoved } from '../flows/visit-reminder.ts';
import { on } from './reaction.ts';

/** An installation was changed, perhaps its window: the customer who was told is told again. */
export const onJobEdited = (env: Env) =>
  on(dispatchEvents.jobEdited, 'see whether the visit has another window', async (tx, { subject, data }) => {
    if (data.type === 'install') await visitMoved(tx, env, subject);
  });
