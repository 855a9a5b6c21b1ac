import type { EquipmentPlace, EquipmentStatus } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { indexTerms } from '../customers/index.ts';
import { equipmentOf, type Equipment } from './equipment.ts';
import { hexFormOf } from './serial.ts';
import * as store from './store.ts';

export type Movement = Readonly<{
  kind: 'received' | 'found' | 'loaded' | 'attached' | 'removed' | 'taken_back' | 'set_aside';
  to: EquipmentPlace;
  status: EquipmentStatus;
  customerId?: string | null;
  locationId?: string | null;
  jobId?: string | null;
  reason?: string | null;
  /** Learnt on this occasion about the device itself. */
  learnt?: Readonly<{ mac?: string; model?: string; maker?: string }>;
}>;

/** Moves a device that is locked: its row, the line in the log, and what its customer is found by. */
export async function move(tx: Tx, before: Equipment, movement: Movement): Promise<Equipment> {
  const row = await store.updateEquipment(tx.db, {
    id: before.id,
    fields: {
      status: movement.status,
      place_kind: movement.to.kind,
      place_id: movement.to.id,
      customer_id: movement.customerId ?? null,
      location_id: movement.locationId ?? null,
      ...(movement.status === 'installed' ? {} : { subscription_id: null }),
      ...movement.learnt,
    },
  });
  const after = equipmentOf(row);
  await logMovement(tx, { device: after, from: before.place, movement });
  await indexEquipment(tx, after);
  return after;
}

/** Writes the line of the inventory log. */
export async function logMovement(
  tx: Tx,
  { device, from, movement }: { device: Equipment; from: EquipmentPlace | null; movement: Movement },
): Promise<void> {
  await store.addMovement(tx.db, {
    equipment_id: device.id,
    at: tx.now,
    kind: movement.kind,
    from_kind: from?.kind ?? null,
    from_id: from?.id ?? null,
    to_kind: device.place.kind,
    to_id: device.place.id,
    status: device.status,
    customer_id: device.customerId,
    job_id: movement.jobId ?? null,
    actor_kind: tx.by.kind,
    actor_id: tx.by.id,
    actor_name: tx.by.name,
    reason: movement.reason ?? null,
  });
}

/** A customer is found by every writing of the numbers on their devices. */
async function indexEquipment(tx: Tx, device: Equipment): Promise<void> {
  const words = [
    device.id,
    device.serial,
    hexFormOf(device.serial),
    device.mac,
    device.mac?.replaceAll(':', ''),
    device.barcode,
  ].filter((word): word is string => typeof word === 'string');
  await indexTerms(tx, { kind: 'equipment', sourceId: device.id, customerId: device.customerId }, [
    ...new Set(words),
  ]);
}

/** What the events of this domain carry. */
export const told = (device: Equipment, jobId: string | null = null) => ({
  serial: device.serial,
  kind: device.kind,
  locationId: device.locationId,
  jobId,
});
