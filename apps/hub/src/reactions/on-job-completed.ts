import { civilDateOf } from '@gigafibre/calendar';
import { dispatchEvents } from '@gigafibre/contract';
import { startAfterJob } from '../domains/subscriptions/index.ts';
import type { Env } from '../env.ts';
import { visitMoved } from '../flows/visit-reminder.ts';
import { on, type Reaction } from './reaction.ts';

/** What was sold goes live on the day the work was done, even when the phone told so later; the visit is over. */
export const onJobCompleted = (env: Env): readonly Reaction[] => [
  on(
    dispatchEvents.jobCompleted,
    'activate the services the job was made for',
    async (tx, { subject, data }) => {
      const on = civilDateOf(new Date(data.completedAt));
      for (const id of data.subscriptionIds)
        await startAfterJob(tx, env, { id, on, equipmentId: data.equipmentId, jobId: subject });
    },
  ),
  on(dispatchEvents.jobCompleted, 'end the story of the visit', async (tx, { subject, data }) => {
    if (data.type === 'install') await visitMoved(tx, env, subject);
  }),
];
