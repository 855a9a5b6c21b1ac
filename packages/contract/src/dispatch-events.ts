import { z } from 'zod';
import { cannotCompleteReason, jobStatus, jobType } from './dispatch-values.ts';
import { event } from './event.ts';
import { civilDate, ids, instant } from './values.ts';

const boardStale = [
  'dispatch.listJobs',
  'dispatch.readDay',
  'dispatch.readJob',
  'dispatch.suggestSlots',
  'field.listMyDay',
  'field.readMyJob',
  'views.customer360',
];
const jobEvent = <Data extends z.ZodObject>(
  type: string,
  data: Data,
  { technicianSees } = { technicianSees: true },
) =>
  event({
    type,
    subject: 'job',
    data,
    seenWith: 'dispatch.read',
    technicianSees,
    stale: boardStale,
  });
/** What concerns only the office: the technician hears of it when it is published. */
const office = { technicianSees: false };
const ofType = z.object({ type: jobType });

export const dispatchEvents = {
  jobCreated: jobEvent('job.created', ofType.extend({ source: z.string() }), office),
  jobEdited: jobEvent('job.edited', ofType),
  jobScheduled: jobEvent(
    'job.scheduled',
    ofType.extend({ technicianId: ids.technician, startsAt: instant }),
    office,
  ),
  /** Told to the technician who no longer has it. */
  jobWithdrawn: jobEvent('job.withdrawn', ofType.extend({ reason: z.string().nullable() })),
  jobPublished: jobEvent('job.published', ofType),
  jobStateChanged: jobEvent('job.state_changed', ofType.extend({ from: jobStatus, to: jobStatus })),
  jobRecorded: jobEvent(
    'job.recorded',
    z.object({
      what: z.enum(['checklist', 'note', 'photo', 'material', 'equipment', 'reading', 'signature']),
    }),
  ),
  jobCompleted: jobEvent(
    'job.completed',
    ofType.extend({
      subscriptionIds: z.array(ids.subscription),
      locationId: ids.location.nullable(),
      /** The ONT the service goes live on, for an installation. */
      equipmentId: ids.equipment.nullable(),
      completedAt: instant,
    }),
  ),
  jobCannotComplete: jobEvent('job.cannot_complete', ofType.extend({ reason: cannotCompleteReason })),
  jobCancelled: jobEvent('job.cancelled', ofType.extend({ reason: z.string() })),
  jobReopened: jobEvent('job.reopened', ofType.extend({ reason: z.string() }), office),
  dayPublished: event({
    type: 'day.published',
    subject: 'technician',
    data: z.object({ date: civilDate, jobs: z.int() }),
    seenWith: 'dispatch.read',
    technicianSees: true,
    stale: ['field.listMyDay'],
  }),
  technicianChanged: event({
    type: 'technician.changed',
    subject: 'technician',
    data: z.object({ name: z.string() }),
    seenWith: 'dispatch.read',
    technicianSees: true,
    stale: ['dispatch.listTechnicians', 'dispatch.readDay', 'field.listMyDay'],
  }),
  techLinkMinted: event({
    type: 'tech_link.minted',
    subject: 'technician',
    data: z.object({ linkId: z.string(), day: civilDate }),
    seenWith: 'dispatch.publish',
    stale: ['dispatch.listTechLinks'],
  }),
  techLinkRevoked: event({
    type: 'tech_link.revoked',
    subject: 'technician',
    data: z.object({ linkId: z.string() }),
    seenWith: 'dispatch.publish',
    stale: ['dispatch.listTechLinks'],
  }),
  actionRefused: event({
    type: 'field_action.refused',
    subject: 'technician',
    data: z.object({ operation: z.string(), code: z.string(), jobId: ids.job.nullable() }),
    seenWith: 'dispatch.read',
    stale: ['dispatch.listRefusedActions'],
  }),
};
