import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { job } from './dispatch.ts';
import {
  cannotCompleteReason,
  consumable,
  installGate,
  jobRow,
  jobStatus,
  jobType,
  material,
  photoPhase,
  planDay,
} from './dispatch-values.ts';
import { lineFinding, linePlan } from './line-diagnosis.ts';
import { deviceDocument, opticalReading } from './network.ts';
import { command, query } from './operation.ts';
import { opticalLimits } from './optical.ts';
import { session } from './staff.ts';
import { equipment, equipmentKind, typedCode } from './stock.ts';
import { base64 } from './vision.ts';
import { civilDate, ids, instant, line, page, pageInput, text } from './values.ts';

/** Largest photograph a job keeps, and the largest piece of one request. */
export const JOB_PHOTO_BYTES_MAX = 12 * 1024 * 1024;
export const PHOTO_CHUNK_BYTES_MAX = 1024 * 1024;
const CHUNK_CHARS_MAX = Math.ceil(PHOTO_CHUNK_BYTES_MAX / 3) * 4;
const SIGNATURE_CHARS_MAX = 200_000;

const token = z.string().min(20).max(2_000);
/** When it happened on the phone. The hub keeps it beside the moment it learnt of it, and never believes the future. */
const at = instant.refine((said) => said >= '1900' && said < '3000', 'a moment of this time');
const onJob = { id: ids.job, at };

const contact = z.object({
  id: ids.customer,
  name: z.string(),
  language: z.enum(['fr', 'en']),
  phones: z.array(z.string()),
  email: z.string().nullable(),
});

/** A job on the phone's list. */
export const myJobRow = jobRow.extend({
  phones: z.array(z.string()),
  accessNotes: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
});

/** Everything a technician needs at the door, in one document that is kept for when there is no signal. */
export const myJob = job.extend({
  contact: contact.nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  opticalLimits,
  subscriptions: z.array(
    z.object({
      id: ids.subscription,
      status: z.string(),
      planFr: z.string(),
      planEn: z.string(),
    }),
  ),
  /** Earlier visits at this address, newest first. */
  earlier: z.array(
    z.object({
      id: ids.job,
      type: jobType,
      status: jobStatus,
      date: civilDate.nullable(),
      summary: z.string(),
    }),
  ),
});

/** What the hub says to an action from the phone. */
export const fieldReceipt = z.object({
  job: jobRow,
  /** False when it had already happened, or came too late to change anything: it is kept in the history. */
  applied: z.boolean(),
});
const said = { output: fieldReceipt, allow: 'field.work', offline: true } as const;
const refused = ['not_found', 'job_not_yours', 'job_closed', 'not_in_this_state'] as const;

export const fieldOperations = {
  signIn: command({
    name: 'field.signIn',
    path: '/api/field/sign-in',
    summary: 'Opens a technician’s session with the link received by SMS.',
    allow: 'public',
    input: z.object({ token }),
    /** `day` and `jobId`: what to open first; the session is for all of the technician's own. */
    output: session.extend({ day: civilDate, jobId: ids.job.nullable() }),
    refusals: ['link_not_valid', 'too_many_requests'],
  }),
  listMyDay: query({
    name: 'field.listMyDay',
    path: '/api/field/day',
    summary:
      'The technician’s jobs of a day (today unless said otherwise), and those still open from before.',
    allow: 'field.work',
    input: z.object({ date: planDay.optional() }),
    output: z.object({
      date: civilDate,
      technician: z.object({ id: ids.technician, name: z.string() }),
      jobs: z.array(myJobRow),
    }),
  }),
  readMyJob: query({
    name: 'field.readMyJob',
    path: '/api/field/jobs/{id}',
    summary: 'One of the technician’s jobs with its whole context.',
    allow: 'field.work',
    input: z.object({ id: ids.job }),
    output: myJob,
    refusals: ['not_found'],
  }),
  startTravel: command({
    name: 'field.startTravel',
    path: '/api/field/jobs/{id}/start-travel',
    summary: 'The technician is on the way.',
    ...said,
    input: z.object(onJob),
    refusals: [...refused],
  }),
  arrive: command({
    name: 'field.arrive',
    path: '/api/field/jobs/{id}/arrive',
    summary: 'The technician is on site.',
    ...said,
    input: z.object(onJob),
    refusals: [...refused],
  }),
  pause: command({
    name: 'field.pause',
    path: '/api/field/jobs/{id}/pause',
    summary: 'Work stops for a while, with an optional reason.',
    ...said,
    input: z.object({ ...onJob, reason: line(300).nullable().default(null) }),
    refusals: [...refused],
  }),
  resume: command({
    name: 'field.resume',
    path: '/api/field/jobs/{id}/resume',
    summary: 'Work goes on, on site.',
    ...said,
    input: z.object(onJob),
    refusals: [...refused],
  }),
  complete: command({
    name: 'field.complete',
    path: '/api/field/jobs/{id}/complete',
    summary:
      'Closes the job, when every required point of its checklist has its answer. An installation closes only with a scanned ONT, light within limits and a signature; `scan` and `rx` can be passed with a reason, the others when a dispatcher allowed it for this job. A job that starts an Internet service needs its ONT, whatever its type.',
    ...said,
    input: z.object({
      ...onJob,
      summary: text(2_000).default(''),
      materials: z.array(material).max(40).default([]),
      overrides: z
        .array(z.object({ gate: installGate, reason: line(300) }))
        .max(4)
        .default([]),
    }),
    refusals: [...refused, 'install_gate_open', 'checklist_open'],
  }),
  cannotComplete: command({
    name: 'field.cannotComplete',
    path: '/api/field/jobs/{id}/cannot-complete',
    summary: 'The job could not be done, and why.',
    ...said,
    input: z.object({ ...onJob, reason: cannotCompleteReason, note: text(1_000).default('') }),
    refusals: [...refused],
  }),
  saveChecklistItem: command({
    name: 'field.saveChecklistItem',
    path: '/api/field/jobs/{id}/checklist/{itemId}',
    summary: 'Answers one point of the checklist; the newest answer by the phone’s time counts.',
    ...said,
    input: z.object({
      ...onJob,
      itemId: z.string().max(40),
      checked: z.boolean().nullable().default(null),
      text: text(1_000).nullable().default(null),
      value: z.number().min(-1_000_000).max(1_000_000).nullable().default(null),
    }),
    refusals: [...refused, 'no_checklist_item'],
  }),
  addNote: command({
    name: 'field.addNote',
    path: '/api/field/jobs/{id}/notes',
    summary: 'Adds a note; accepted even after the job went to somebody else.',
    ...said,
    input: z.object({ ...onJob, noteId: z.uuid(), text: text(2_000).min(1) }),
    refusals: ['not_found'],
  }),
  addPhoto: command({
    name: 'field.addPhoto',
    path: '/api/field/jobs/{id}/photos',
    summary:
      'Takes a photograph in pieces of at most 1 MiB, in order; after an interruption it goes on at `receivedBytes`. Accepted even after the job went to somebody else.',
    allow: 'field.work',
    offline: true,
    input: z.object({
      ...onJob,
      photoId: z.uuid(),
      checklistItemId: z.string().max(40).nullable().default(null),
      phase: photoPhase.nullable().default(null),
      totalBytes: z.int().min(1).max(JOB_PHOTO_BYTES_MAX),
      offset: z.int().min(0).max(JOB_PHOTO_BYTES_MAX),
      chunk: base64(CHUNK_CHARS_MAX),
    }),
    output: z.object({ photoId: z.string(), receivedBytes: z.int(), complete: z.boolean() }),
    refusals: [
      'not_found',
      'not_an_image',
      'photo_too_large',
      'photo_gap',
      'too_many_photos',
      'no_checklist_item',
    ],
    bodyBytesMax: CHUNK_CHARS_MAX + 4_096,
  }),
  dropPhoto: command({
    name: 'field.dropPhoto',
    path: '/api/field/jobs/{id}/photos/{photoId}/drop',
    summary: 'Gives up a photograph of which pieces have not arrived; a whole one stays.',
    ...said,
    input: z.object({ ...onJob, photoId: z.uuid() }),
    refusals: ['not_found', 'photo_already_sent'],
  }),
  listConsumables: query({
    name: 'field.listConsumables',
    path: '/api/field/consumables',
    summary: 'What a van carries by the metre or the piece, in the order of the list.',
    allow: 'field.work',
    input: z.object({}),
    output: z.object({ consumables: z.array(consumable) }),
  }),
  useMaterial: command({
    name: 'field.useMaterial',
    path: '/api/field/jobs/{id}/materials',
    summary:
      'How much of a material the visit used, of the list (`code`) or in words; the newest by the phone’s time counts, zero takes it off.',
    ...said,
    input: z.object({
      ...onJob,
      code: line(40).nullable().default(null),
      name: line(80),
      quantity: z.number().min(0).max(100_000),
      unit: line(20).nullable().default(null),
    }),
    refusals: [...refused, 'too_many_materials'],
  }),
  readMyPhoto: query({
    name: 'field.readMyPhoto',
    path: '/api/field/jobs/{id}/photos/{photoId}',
    summary: 'A photograph of one of the technician’s jobs.',
    allow: 'field.work',
    input: z.object({ id: ids.job, photoId: z.uuid() }),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  findEquipment: query({
    name: 'field.findEquipment',
    path: '/api/field/equipment-lookup',
    summary: 'The device behind a scanned or typed code: serial, then barcode, then MAC.',
    allow: 'field.work',
    input: z.object({ code: typedCode }),
    output: z.object({
      equipment: equipment.nullable(),
      matched: z.enum(['serial', 'barcode', 'mac']).nullable(),
    }),
    refusals: ['equipment_ambiguous'],
  }),
  listVan: query({
    name: 'field.listVan',
    path: '/api/field/van',
    summary: 'Devices in the technician’s van.',
    allow: 'field.work',
    input: z.object({ ...pageInput }),
    output: page(equipment),
  }),
  readDevice: query({
    name: 'field.readDevice',
    path: '/api/field/devices/{serial}',
    summary:
      'A device by serial, barcode or MAC: what it is, where it hangs, and the last light it received.',
    allow: 'field.work',
    input: z.object({ serial: typedCode }),
    output: z.object({
      equipment,
      customerName: z.string().nullable(),
      address: z.string().nullable(),
      service: linePlan.nullable(),
      /** Newest first, at most ten. */
      readings: z.array(opticalReading),
    }),
    refusals: ['equipment_unknown', 'equipment_ambiguous'],
  }),
  diagnoseLine: query({
    name: 'field.diagnoseLine',
    path: '/api/field/jobs/{id}/diagnosis',
    summary:
      'Asks the OLT and the ACS about the line of one of the technician’s jobs, and says of each thing whether it is good, to watch or bad.',
    allow: 'field.work',
    input: z.object({ id: ids.job }),
    output: z.object({
      askedAt: instant,
      ont: equipment.nullable(),
      /** What the OLT and the ACS said; null without an ONT to ask about. */
      document: deviceDocument.nullable(),
      service: linePlan.nullable(),
      opticalLimits,
      findings: z.array(lineFinding),
    }),
    refusals: ['not_found', 'job_not_yours', 'job_closed', 'too_many_requests'],
  }),
  attachEquipment: command({
    name: 'field.attachEquipment',
    path: '/api/field/jobs/{id}/equipment',
    summary: 'Installs a device at the job’s location, scanned or typed; an unknown one is created.',
    allow: 'field.work',
    offline: true,
    input: z.object({
      ...onJob,
      serial: typedCode,
      mac: line(40).nullable().default(null),
      kind: equipmentKind.default('ont'),
      maker: line(60).nullable().default(null),
      model: line(60).nullable().default(null),
      how: z.enum(['scan', 'typed']).default('typed'),
    }),
    output: fieldReceipt.extend({ equipment }),
    refusals: [
      ...refused,
      'serial_not_valid',
      'mac_not_valid',
      'mac_taken',
      'equipment_elsewhere',
      'equipment_ambiguous',
    ],
  }),
  removeEquipment: command({
    name: 'field.removeEquipment',
    path: '/api/field/jobs/{id}/equipment/{equipmentId}/remove',
    summary: 'Takes a device of the job’s location back into the van.',
    allow: 'field.work',
    offline: true,
    input: z.object({
      ...onJob,
      equipmentId: ids.equipment,
      condition: z.enum(['good', 'defective']).default('good'),
      reason: line(300),
    }),
    output: fieldReceipt.extend({ equipment }),
    refusals: [...refused],
  }),
  takeReading: command({
    name: 'field.takeReading',
    path: '/api/field/jobs/{id}/readings',
    summary:
      'The light at the job’s ONT: asked of the OLT and the ACS, or given by hand from a power meter (`rxDbm`).',
    allow: 'field.work',
    offline: true,
    input: z.object({
      ...onJob,
      readingId: z.uuid(),
      equipmentId: ids.equipment.nullable().default(null),
      rxDbm: z.number().min(-60).max(20).nullable().default(null),
      txDbm: z.number().min(-60).max(20).nullable().default(null),
    }),
    output: fieldReceipt.extend({ reading: opticalReading }),
    refusals: [...refused, 'no_reading'],
  }),
  saveSignature: command({
    name: 'field.saveSignature',
    path: '/api/field/jobs/{id}/signature',
    summary:
      'The customer’s signature as a PNG picture, with their name; the newest by the phone’s time counts.',
    ...said,
    input: z.object({ ...onJob, name: line(120), png: base64(SIGNATURE_CHARS_MAX) }),
    refusals: [...refused, 'not_an_image'],
  }),
  readMyWorkOrder: query({
    name: 'field.readMyWorkOrder',
    path: '/api/field/jobs/{id}/work-order.pdf',
    summary: 'The work order of one of the technician’s jobs as PDF.',
    allow: 'field.work',
    input: z.object({ id: ids.job }),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
};

/** What happens in the field is told by dispatch, stock and network. */
export const fieldEvents = {};
