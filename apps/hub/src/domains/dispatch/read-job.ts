import {
  type dispatchOperations,
  Refusal,
  type ChecklistItem,
  type InstallGate,
  type JobStatus,
  type OutputOf,
} from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import { readingsOfJob } from '../network/index.ts';
import { readLocation } from '../plant/index.ts';
import { equipmentAt } from '../stock/index.ts';
import { describeJob } from './change-state.ts';
import * as evidence from './evidence-store.ts';
import { installGates } from './field/install-gates.ts';
import type { JobRow, ShownJob } from './job.ts';
import * as materials from './materials-store.ts';
import * as store from './store.ts';
import { readTechnician } from './technicians.ts';

export type WholeJob = OutputOf<typeof dispatchOperations.readJob>;
type Db = Pick<Reading, 'db'>;

/** A job's row; refused `not_found`. */
export async function jobRow({ db }: Db, id: string): Promise<JobRow> {
  const row = await store.jobById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return row;
}

/** A job as the board shows it; refused `not_found`. */
export const readShownJob = async (reading: Db, id: string): Promise<ShownJob> =>
  describeJob(reading, await jobRow(reading, id));

/** One job with everything that belongs to it. */
export async function readJob(reading: Pick<Reading, 'db' | 'now'>, row: JobRow): Promise<WholeJob> {
  const { db } = reading;
  const signature = await evidence.signatureOf(db, row.id);
  const photos = await evidence.photosOf(db, row.id);
  return {
    ...(await describeJob(reading, row)),
    technicianName:
      row.technician_id === null ? null : (await readTechnician(reading, row.technician_id)).name,
    subscriptionIds: row.subscription_ids,
    notes: row.notes,
    accessNotes: row.location_id === null ? '' : (await readLocation(reading, row.location_id)).accessNotes,
    source: row.source,
    checklist: await checklistOf(reading, row.id, photos),
    notesLog: (await evidence.notesOf(db, row.id)).map((note) => ({
      at: note.at,
      by: note.actor_name ?? '',
      text: note.text,
    })),
    photos: photos.map(photoOf),
    materials: (await materials.materialsOf(db, row.id)).map(materials.materialOf),
    readings: await readingsOfJob(reading, row.id),
    equipment: await equipmentOf(reading, row),
    signature: signature ? { name: signature.name, at: signature.at } : null,
    completion: await completionOf(reading, row),
    cannotComplete: await failureOf(reading, row),
    gates: (await installGates(reading, row)).gates,
    history: (await store.changesOf(db, row.id)).map(changeOf),
  };
}

/** The points of a job's checklist with their answers; `photos` spares a look when they are known. */
export async function checklistOf(
  { db }: Db,
  jobId: string,
  photos?: readonly evidence.PhotoRow[],
): Promise<ChecklistItem[]> {
  const taken = photos ?? (await evidence.photosOf(db, jobId));
  return (await evidence.checklistOf(db, jobId)).map((item) => itemOf(item, taken));
}

const equipmentOf = async (reading: Db, row: JobRow): Promise<WholeJob['equipment']> =>
  row.location_id === null ? [] : equipmentAt(reading, row.location_id);

/** A point of the checklist. A photograph answers its point, a check only when it is ticked. */
function itemOf(item: evidence.ItemRow, photos: readonly evidence.PhotoRow[]): ChecklistItem {
  const photoIds = photos
    .filter((photo) => photo.checklist_item_id === item.item_id && photo.received_bytes === photo.total_bytes)
    .map((photo) => photo.id);
  const done = {
    check: item.checked === true,
    photo: photoIds.length > 0,
    measure: item.value !== null,
    text: item.text !== null && item.text !== '',
  };
  const kind = item.kind as ChecklistItem['kind']; // held by a check constraint, as is the verdict
  return {
    id: item.item_id,
    kind,
    label: { fr: item.label_fr, en: item.label_en },
    required: item.required,
    unit: item.unit,
    limits: item.limits as ChecklistItem['limits'], // written through the contract's schema
    checked: item.checked,
    text: item.text,
    value: item.value,
    verdict: item.verdict as ChecklistItem['verdict'],
    photoIds,
    done: done[kind],
    answeredAt: item.answered_at,
  };
}

const photoOf = (photo: evidence.PhotoRow): WholeJob['photos'][number] => ({
  id: photo.id,
  type: photo.type as WholeJob['photos'][number]['type'], // held by a check constraint
  bytes: photo.total_bytes,
  receivedBytes: photo.received_bytes,
  complete: photo.received_bytes === photo.total_bytes,
  takenAt: photo.taken_at,
  checklistItemId: photo.checklist_item_id,
  phase: photo.phase as WholeJob['photos'][number]['phase'], // held by a check constraint
});

const changeOf = (change: store.ChangeRow): WholeJob['history'][number] => ({
  at: change.at,
  receivedAt: change.received_at,
  from: change.from_status as JobStatus | null,
  to: change.to_status as JobStatus,
  technicianId: change.technician_id,
  by: change.actor_name ?? change.actor_kind,
  reason: change.reason,
  applied: change.applied,
});

async function completionOf({ db }: Db, { id }: JobRow): Promise<WholeJob['completion']> {
  const row = await store.completionOf(db, id);
  if (!row) return null;
  // Materials and overrides were written through the contract's schema.
  return {
    at: row.at,
    summary: row.summary,
    materials: row.materials as NonNullable<WholeJob['completion']>['materials'],
    overrides: row.overrides as { gate: InstallGate; reason: string }[],
  };
}

async function failureOf({ db }: Db, row: JobRow): Promise<WholeJob['cannotComplete']> {
  const failure = row.status === 'cannot_complete' ? await store.lastFailure(db, row.id) : undefined;
  if (!failure) return null;
  const reason = failure.reason as NonNullable<WholeJob['cannotComplete']>['reason']; // written through the contract's schema
  return { reason, note: failure.note };
}

/** The jobs of a customer, newest first, as lists show them. */
export async function jobsOf(reading: Db, customerId: string) {
  const rows = await store.jobsOfCustomer(reading.db, customerId);
  return Promise.all(rows.map((row) => describeJob(reading, row)));
}
