import { Refusal, type EquipmentKind } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { readLocation } from '../../plant/index.ts';
import { attachEquipment, readEquipment, removeEquipment, type Equipment } from '../../stock/index.ts';
import * as evidence from '../evidence-store.ts';
import { happenedAt, myJob, requireOpenFor } from './my-job.ts';
import { tellRecorded } from './record-evidence.ts';
import type { Reported } from './report-state.ts';

export type Attached = Reported & Readonly<{ equipment: Equipment }>;

/** Installs a device at the job's location. A scanned code is taken as it stands; a typed one forgivingly. */
export async function attachToJob(
  tx: Tx,
  input: {
    id: string;
    at: string;
    serial: string;
    mac: string | null;
    kind: EquipmentKind;
    maker: string | null;
    model: string | null;
    how: 'scan' | 'typed';
  },
): Promise<Attached> {
  const { id, at, how, ...device } = input;
  const job = await myJob(tx, id);
  requireOpenFor('record', job);
  if (job.customer_id === null || job.location_id === null)
    throw new Refusal('not_in_this_state', { state: job.status, jobId: id, act: 'attach' });
  const equipment = await attachEquipment(tx, {
    ...device,
    customerId: job.customer_id,
    locationId: job.location_id,
    jobId: id,
    from: 'found',
    exact: how === 'scan',
  }).catch((error: unknown) => sayWhere(tx, error));
  await evidence.keepJobEquipment(tx.db, {
    job_id: id,
    equipment_id: equipment.id,
    how,
    at: happenedAt(at, job, tx.now),
    actor_id: tx.by.id,
    actor_name: tx.by.name,
  });
  await tellRecorded(tx, job, 'equipment');
  return { row: job, applied: true, equipment };
}

/** A device that hangs elsewhere is refused with the address: a technician cannot find a number on a street. */
async function sayWhere(tx: Tx, error: unknown): Promise<never> {
  const elsewhere = error instanceof Refusal && error.code === 'equipment_elsewhere' ? error.data : undefined;
  const locationId = elsewhere?.['locationId'];
  if (typeof locationId !== 'string') throw error;
  const { text } = await readLocation(tx, locationId);
  throw new Refusal('equipment_elsewhere', { ...elsewhere, address: text });
}

/** Takes a device of the job's location back into the van. Doing it again changes nothing. */
export async function removeFromJob(
  tx: Tx,
  input: { id: string; at: string; equipmentId: string; condition: 'good' | 'defective'; reason: string },
): Promise<Attached> {
  const job = await myJob(tx, input.id);
  requireOpenFor('record', job);
  const before = await readEquipment(tx, input.equipmentId);
  const mine = before.place.kind === 'van' && before.place.id === job.technician_id;
  if (mine) return { row: job, applied: false, equipment: before };
  if (before.locationId === null || before.locationId !== job.location_id)
    throw new Refusal('not_found', { what: input.equipmentId });
  const equipment = await removeEquipment(tx, {
    id: input.equipmentId,
    reason: input.reason,
    condition: input.condition,
    technicianId: job.technician_id,
    jobId: job.id,
  });
  await evidence.noteRemoved(tx.db, { jobId: job.id, equipmentId: equipment.id, at: tx.now });
  await tellRecorded(tx, job, 'equipment');
  return { row: job, applied: true, equipment };
}
