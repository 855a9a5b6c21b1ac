import { dispatchEvents, Refusal } from '@gigafibre/contract';
import { formatDate } from '@gigafibre/documents';
import { mintTechLink, readTechnician } from '../domains/dispatch/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

/** The technician gets the link of the day by SMS. A day that is over, or a technician without phone, gets none. */
export const onDayPublished = (env: Env) =>
  on(
    dispatchEvents.dayPublished,
    'text the technician the link of the day',
    async (tx, { id, subject, data }) => {
      const technician = await readTechnician(tx, subject);
      if (technician.phone === null || !technician.active) return;
      const link = await mintTechLink(tx, env, { technicianId: subject, day: data.date, jobId: null }).catch(
        dayIsOver,
      );
      if (link === null) return;
      await sendMessage(tx, env, {
        template: 'technician_day',
        to: { phone: technician.phone, language: technician.language },
        variables: {
          name: technician.name,
          day: formatDate(data.date, technician.language),
          jobs: data.jobs,
          url: link.url,
          pageUrl: link.pageUrl,
        },
        idempotencyKey: `technician-day:${id}`,
        channels: ['sms'],
      });
    },
  );

/** Published in the evening for a day that ended meanwhile: there is nothing to open any more. */
function dayIsOver(error: unknown): null {
  if (error instanceof Refusal && error.code === 'day_over') return null;
  throw error;
}
