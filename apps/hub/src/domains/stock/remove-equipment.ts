import { Refusal, stockEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { attachEquipment, type Attaching } from './attach-equipment.ts';
import { equipmentOf, requireCan, type Equipment } from './equipment.ts';
import { move, told } from './move.ts';
import * as store from './store.ts';

export type Removal = Readonly<{
  id: string;
  reason: string;
  condition: 'good' | 'defective';
  /** Into the van of this technician; into the warehouse when null. */
  technicianId: string | null;
  warehouse?: string;
  jobId?: string | null;
}>;

const WAREHOUSE = 'principal';

/** Takes a device back from a customer, into a van or a warehouse. Refused when it is not installed. */
export async function removeEquipment(tx: Tx, input: Removal): Promise<Equipment> {
  const before = await lockedEquipment(tx, input.id);
  requireCan('remove', before);
  const removed = await move(tx, before, {
    kind: 'removed',
    to:
      input.technicianId === null
        ? { kind: 'warehouse', id: input.warehouse ?? WAREHOUSE }
        : { kind: 'van', id: input.technicianId },
    status: input.condition === 'good' ? 'returned' : 'defective',
    jobId: input.jobId ?? null,
    reason: input.reason,
  });
  await tx.tell(stockEvents.equipmentRemoved, {
    subject: removed.id,
    customerId: before.customerId,
    data: { ...told(removed, input.jobId ?? null), locationId: before.locationId },
    changes: { status: [before.status, removed.status], locationId: [before.locationId, null] },
  });
  return removed;
}

export type Swap = Readonly<
  Omit<Removal, 'technicianId' | 'warehouse'> & Omit<Attaching, 'customerId' | 'locationId'>
> & { technicianId?: string | null };

/** Replaces an installed device by another at the same place, in one transaction; the subscription link goes over. */
export async function swapEquipment(
  tx: Tx,
  { id, reason, condition, technicianId, ...next }: Swap,
): Promise<{ removed: Equipment; attached: Equipment }> {
  const before = await lockedEquipment(tx, id);
  requireCan('remove', before);
  if (before.customerId === null || before.locationId === null)
    throw new Error(`installed device ${id} without customer or location`);
  const removed = await removeEquipment(tx, {
    id,
    reason,
    condition,
    technicianId: technicianId ?? null,
    jobId: next.jobId ?? null,
  });
  const attached = await attachEquipment(tx, {
    ...next,
    customerId: before.customerId,
    locationId: before.locationId,
  });
  if (attached.id === removed.id)
    throw new Refusal('not_in_this_state', { state: removed.status, equipmentId: id });
  return {
    removed,
    attached: await linkSubscription(tx, { id: attached.id, subscriptionId: before.subscriptionId }),
  };
}

/**
 * An installed device goes to another place of its customer with what runs over it. Refused when it is not installed;
 * already there changes nothing.
 */
export async function relocateEquipment(
  tx: Tx,
  { id, locationId, reason }: { id: string; locationId: string; reason: string },
): Promise<Equipment> {
  const before = await lockedEquipment(tx, id);
  if (before.locationId === locationId) return before;
  requireCan('remove', before);
  const moved = await move(tx, before, {
    kind: 'attached',
    to: { kind: 'location', id: locationId },
    status: 'installed',
    customerId: before.customerId,
    locationId,
    reason,
  });
  await tx.tell(stockEvents.equipmentAttached, {
    subject: moved.id,
    customerId: moved.customerId,
    data: told(moved),
    changes: { locationId: [before.locationId, moved.locationId] },
  });
  return moved;
}

/** Says which subscription runs over a device; null takes the link away. */
export async function linkSubscription(
  tx: Tx,
  { id, subscriptionId }: { id: string; subscriptionId: string | null },
): Promise<Equipment> {
  const device = await lockedEquipment(tx, id);
  if (device.subscriptionId === subscriptionId) return device;
  return equipmentOf(await store.updateEquipment(tx.db, { id, fields: { subscription_id: subscriptionId } }));
}

/** A device locked for change; refused `not_found`. */
export async function lockedEquipment(tx: Tx, id: string): Promise<Equipment> {
  const row = await store.equipmentForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return equipmentOf(row);
}
