import type { SameKeys } from '@gigafibre/ui';
import type { dispatch as french } from '../fr/dispatch.ts';

/** Words of the dispatch board. */
export const dispatch: SameKeys<typeof french> = {
  date: 'Day',
  previous: 'Day before',
  next: 'Day after',
  publish: 'Publish',
  publishNow: 'Publish and tell the technicians',
  published: '{n} job published. | {n} jobs published.',
  nothingToPublish: 'No draft on that day.',
  willGet: '{name}: {n} new job | {name}: {n} new jobs',
  pool: 'To schedule ({n})',
  poolEmpty: 'Everything is scheduled',
  kind: 'Kind of job',
  minutes: '{n} min',
  technician: 'Technician',
  nobody: 'Nobody',
  time: 'Arrival',
  window: 'Promised window',
  duration: 'Duration',
  assign: 'Schedule',
  chooseTechnician: 'Choose a technician.',
  reason: 'Reason (when already published)',
  backToPool: 'Back to the pool',
  workOrder: 'Work order (PDF)',
  photo: 'Photo {n}',
  noTechnician: 'No technician',
  gateRed: 'Missing to finish: {gate}',
  allowBecause: 'Reason to go on without',
  allowGate: 'Allow to go on without',
  conflict: {
    overlap: 'overlaps another job',
    outside_hours: 'outside working hours',
    missing_skill: 'missing skill',
    window_broken: 'outside the promised window',
  },
};
