import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { conflict } from './dispatch-conflicts.ts';
import {
  cannotCompleteReason,
  checklistItem,
  completion,
  gateState,
  gateToAllow,
  jobChange,
  jobMaterial,
  jobNote,
  jobPhoto,
  jobRow,
  jobStatus,
  jobType,
  planDay,
  planInstant,
  promisedWindow,
  shift,
  skills,
  technician,
  timeOfDay,
} from './dispatch-values.ts';
import { opticalReading } from './network.ts';
import { command, query } from './operation.ts';
import { equipment } from './stock.ts';
import { civilDate, ids, instant, language, line, page, pageInput, phone, text } from './values.ts';

const DURATION_MINUTES_MAX = 12 * 60;
const duration = z.int().min(5).max(DURATION_MINUTES_MAX);
const version = z.int().min(1);

/** Everything about one job. */
export const job = jobRow.extend({
  technicianName: z.string().nullable(),
  subscriptionIds: z.array(ids.subscription),
  notes: z.string(),
  accessNotes: z.string(),
  source: z.string(),
  checklist: z.array(checklistItem),
  notesLog: z.array(jobNote),
  photos: z.array(jobPhoto),
  materials: z.array(jobMaterial),
  readings: z.array(opticalReading),
  equipment: z.array(equipment),
  signature: z.object({ name: z.string(), at: instant }).nullable(),
  completion: completion.nullable(),
  cannotComplete: z.object({ reason: cannotCompleteReason, note: z.string() }).nullable(),
  gates: z.array(gateState),
  history: z.array(jobChange),
});

const editableTechnician = {
  name: line(80),
  colour: z.string().regex(/^#[0-9a-fA-F]{6}$/, '#rrggbb'),
  phone: phone.nullable(),
  language,
  skills,
  hours: z.array(shift).max(14),
  staffId: ids.staff.nullable(),
  active: z.boolean(),
};

const boardTechnician = technician.extend({
  /** Working hours of this day as instants; null on a day off. */
  shift: z.object({ startsAt: instant, endsAt: instant }).nullable(),
});

export const slot = z.object({
  date: civilDate,
  from: timeOfDay,
  to: timeOfDay,
  /** How many more visits of this kind fit; zero is not offered. */
  left: z.int(),
});
export type Slot = z.infer<typeof slot>;

export const techLink = z.object({
  id: z.string(),
  technicianId: ids.technician,
  day: civilDate,
  jobId: ids.job.nullable(),
  createdAt: instant,
  expiresAt: instant,
  usedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

export const refusedAction = z.object({
  id: z.string(),
  at: instant,
  receivedAt: instant,
  technicianId: ids.technician,
  jobId: ids.job.nullable(),
  operation: z.string(),
  code: z.string(),
  words: z.string(),
  /** What the phone wanted to say, as it said it. */
  input: z.record(z.string(), z.unknown()),
  settledAt: instant.nullable(),
  settledBy: z.string().nullable(),
});

export const dispatchOperations = {
  listTechnicians: query({
    name: 'dispatch.listTechnicians',
    path: '/api/technicians',
    summary: 'Technicians by name, with skills and hours.',
    allow: 'dispatch.read',
    input: z.object({ ...pageInput, active: z.stringbool().optional() }),
    output: page(technician),
  }),
  addTechnician: command({
    name: 'dispatch.addTechnician',
    path: '/api/technicians',
    summary: 'Registers a technician.',
    allow: 'dispatch.write',
    input: z.object({
      name: editableTechnician.name,
      colour: editableTechnician.colour.default('#2a7f9e'),
      phone: editableTechnician.phone.default(null),
      language: language.default('fr'),
      skills: skills.default([]),
      hours: editableTechnician.hours.default(
        [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '17:00' })),
      ),
      staffId: editableTechnician.staffId.default(null),
    }),
    output: technician,
    refusals: ['phone_not_valid', 'staff_already_linked', 'not_found'],
  }),
  editTechnician: command({
    name: 'dispatch.editTechnician',
    method: 'PATCH',
    path: '/api/technicians/{id}',
    summary: 'Changes the fields given; refused when somebody changed the record since `version`.',
    allow: 'dispatch.write',
    input: z.object({ id: ids.technician, version, ...z.object(editableTechnician).partial().shape }),
    output: technician,
    refusals: ['not_found', 'changed_meanwhile', 'phone_not_valid', 'staff_already_linked'],
  }),
  listJobs: query({
    name: 'dispatch.listJobs',
    path: '/api/jobs',
    summary: 'Jobs by day, technician or state; `unassigned` gives the pool, oldest promise first.',
    allow: 'dispatch.read',
    input: z.object({
      ...pageInput,
      day: planDay.optional(),
      technicianId: ids.technician.optional(),
      status: jobStatus.optional(),
      type: jobType.optional(),
      customerId: ids.customer.optional(),
      unassigned: z.stringbool().optional(),
      search: z.string().trim().max(120).optional(),
    }),
    output: page(jobRow),
  }),
  readDay: query({
    name: 'dispatch.readDay',
    path: '/api/dispatch/day',
    summary:
      'The board of a day: technicians with their hours, jobs, the pool, and what is wrong, with reasons.',
    allow: 'dispatch.read',
    input: z.object({ date: planDay }),
    output: z.object({
      date: civilDate,
      startsAt: instant,
      endsAt: instant,
      technicians: z.array(boardTechnician),
      jobs: z.array(jobRow),
      /** Unassigned jobs, those promised for this day first; at most 200. */
      pool: z.array(jobRow),
      conflicts: z.array(conflict),
      drafts: z.int(),
    }),
  }),
  readJob: query({
    name: 'dispatch.readJob',
    path: '/api/jobs/{id}',
    summary: 'One job, whole: checklist, photographs, equipment, readings, signature, history.',
    allow: 'dispatch.read',
    input: z.object({ id: ids.job }),
    output: job,
    refusals: ['not_found'],
  }),
  createJob: command({
    name: 'dispatch.createJob',
    path: '/api/jobs',
    summary: 'Creates a job in the pool. A promised window must have room unless `overbook` says why not.',
    allow: 'dispatch.write',
    input: z.object({
      type: jobType,
      customerId: ids.customer.nullable().default(null),
      locationId: ids.location.nullable().default(null),
      subscriptionIds: z.array(ids.subscription).max(20).default([]),
      window: promisedWindow.nullable().default(null),
      skills: skills.default([]),
      durationMinutes: duration.nullable().default(null),
      priority: z.int().min(1).max(5).default(3),
      notes: text().default(''),
      overbook: line(200).nullable().default(null),
    }),
    output: jobRow,
    refusals: ['not_found', 'slot_taken'],
  }),
  editJob: command({
    name: 'dispatch.editJob',
    method: 'PATCH',
    path: '/api/jobs/{id}',
    summary: 'Changes the fields given; refused when somebody changed the job since `version`.',
    allow: 'dispatch.write',
    input: z.object({
      id: ids.job,
      version,
      priority: z.int().min(1).max(5).optional(),
      notes: text().optional(),
      skills: skills.optional(),
      durationMinutes: duration.optional(),
      window: promisedWindow.nullable().optional(),
      overbook: line(200).nullable().default(null),
    }),
    output: jobRow,
    refusals: ['not_found', 'changed_meanwhile', 'not_in_this_state', 'slot_taken'],
  }),
  scheduleJob: command({
    name: 'dispatch.scheduleJob',
    path: '/api/jobs/{id}/schedule',
    summary:
      'Assigns, moves or resizes a job. A published job that goes to another technician or day is a draft again.',
    allow: 'dispatch.write',
    input: z.object({
      id: ids.job,
      version,
      technicianId: ids.technician,
      startsAt: planInstant,
      durationMinutes: duration.optional(),
      position: z.int().min(0).max(1_000).default(0),
    }),
    output: z.object({ job: jobRow, conflicts: z.array(conflict) }),
    refusals: ['not_found', 'changed_meanwhile', 'not_in_this_state'],
  }),
  unscheduleJob: command({
    name: 'dispatch.unscheduleJob',
    path: '/api/jobs/{id}/unschedule',
    summary: 'Puts a job back into the pool; a job already published needs a reason.',
    allow: 'dispatch.write',
    input: z.object({ id: ids.job, version, reason: line(300).nullable().default(null) }),
    output: jobRow,
    refusals: ['not_found', 'changed_meanwhile', 'not_in_this_state', 'reason_needed'],
  }),
  publishDay: command({
    name: 'dispatch.publishDay',
    path: '/api/dispatch/publish',
    summary: 'Publishes the drafts of a day (or only the jobs listed) and tells each technician.',
    allow: 'dispatch.publish',
    input: z.object({ date: planDay, jobIds: z.array(ids.job).max(500).nullable().default(null) }),
    output: z.object({
      published: z.array(ids.job),
      technicians: z.array(z.object({ technicianId: ids.technician, jobs: z.int() })),
    }),
    refusals: ['not_found', 'not_in_this_state'],
  }),
  allowGate: command({
    name: 'dispatch.allowGate',
    path: '/api/jobs/{id}/allow-gate',
    summary:
      'Lets the technician of a job pass a gate that is not theirs to pass; both reasons show in the report. A service whose ONT is missing does not start with it.',
    allow: 'dispatch.write',
    input: z.object({ id: ids.job, gate: gateToAllow, reason: line(300) }),
    output: jobRow,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  cancelJob: command({
    name: 'dispatch.cancelJob',
    path: '/api/jobs/{id}/cancel',
    summary: 'Cancels a job, with a reason.',
    allow: 'dispatch.write',
    input: z.object({ id: ids.job, version, reason: line(300) }),
    output: jobRow,
    refusals: ['not_found', 'changed_meanwhile', 'not_in_this_state'],
  }),
  reopenJob: command({
    name: 'dispatch.reopenJob',
    path: '/api/jobs/{id}/reopen',
    summary: 'Puts a job that could not be completed back into the pool.',
    allow: 'dispatch.write',
    input: z.object({ id: ids.job, version, reason: line(300) }),
    output: jobRow,
    refusals: ['not_found', 'changed_meanwhile', 'not_in_this_state'],
  }),
  suggestSlots: query({
    name: 'dispatch.suggestSlots',
    path: '/api/slots',
    summary:
      'Arrival windows that really fit: skills, hours, days off, what is assigned and what is promised.',
    allow: 'dispatch.read',
    input: z.object({
      locationId: ids.location.optional(),
      type: jobType.default('install'),
      from: planDay.optional(),
      days: z.coerce.number().int().min(1).max(31).default(14),
    }),
    output: z.object({ slots: z.array(slot), nextFrom: civilDate }),
  }),
  readWorkOrder: query({
    name: 'dispatch.readWorkOrder',
    path: '/api/jobs/{id}/work-order.pdf',
    summary: 'The work order of a job as PDF.',
    allow: 'dispatch.read',
    input: z.object({ id: ids.job, language: language.optional() }),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  readPhoto: query({
    name: 'dispatch.readPhoto',
    path: '/api/jobs/{id}/photos/{photoId}',
    summary: 'A photograph of a job.',
    allow: 'dispatch.read',
    input: z.object({ id: ids.job, photoId: z.uuid() }),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  mintTechLink: command({
    name: 'dispatch.mintTechLink',
    path: '/otp/tech-link',
    summary:
      'Makes a link that signs a technician in for one day (or one job of it); good until the end of that day.',
    allow: 'dispatch.publish',
    input: z.object({
      technicianId: ids.technician,
      day: planDay.optional(),
      jobId: ids.job.nullable().default(null),
    }),
    output: techLink.extend({ token: z.string(), url: z.string(), pageUrl: z.string() }),
    refusals: ['not_found', 'day_over'],
  }),
  listTechLinks: query({
    name: 'dispatch.listTechLinks',
    path: '/api/technicians/{technicianId}/links',
    summary: 'Links made for a technician, newest first, without their secrets.',
    allow: 'dispatch.publish',
    input: z.object({ technicianId: ids.technician, ...pageInput }),
    output: page(techLink),
  }),
  revokeTechLink: command({
    name: 'dispatch.revokeTechLink',
    path: '/api/tech-links/{id}/revoke',
    summary: 'Refuses a link, and every session it opened, from now on.',
    allow: 'dispatch.publish',
    input: z.object({ id: z.uuid() }),
    output: techLink,
    refusals: ['not_found'],
  }),
  listRefusedActions: query({
    name: 'dispatch.listRefusedActions',
    path: '/api/dispatch/refused-actions',
    summary: 'What phones reported and the hub could not apply, newest first: nothing is lost.',
    allow: 'dispatch.read',
    input: z.object({ ...pageInput, open: z.stringbool().optional(), jobId: ids.job.optional() }),
    output: page(refusedAction),
  }),
  settleRefusedAction: command({
    name: 'dispatch.settleRefusedAction',
    path: '/api/dispatch/refused-actions/{id}/settle',
    summary: 'Says that somebody has seen to it.',
    allow: 'dispatch.write',
    input: z.object({ id: z.string().regex(/^\d{1,18}$/), note: text(500).default('') }),
    output: refusedAction,
    refusals: ['not_found'],
  }),
};
