import { Refusal, stockEvents, type EquipmentKind, type EquipmentPlace } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { equipmentOf, requireMac, requireSerial, type Equipment } from './equipment.ts';
import { logMovement, told } from './move.ts';
import * as store from './store.ts';

export type NewDevice = Readonly<{
  kind: EquipmentKind;
  maker: string | null;
  model: string | null;
  serial: string;
  mac: string | null;
  barcode: string | null;
}>;
export type Delivery = Readonly<{
  warehouse: string;
  reference: string | null;
  devices: readonly NewDevice[];
}>;

/** Takes devices into a warehouse: all of them, or none when a number is not readable or already known. */
export async function receiveEquipment(
  tx: Tx,
  { warehouse, reference, devices }: Delivery,
): Promise<Equipment[]> {
  const received: Equipment[] = [];
  for (const device of devices) {
    const added = await addDevice(tx, {
      device,
      place: { kind: 'warehouse', id: warehouse },
      kind: 'received',
      reason: reference,
    });
    await tx.tell(stockEvents.equipmentReceived, { subject: added.id, data: told(added) });
    received.push(added);
  }
  return received;
}

/** Adds a device nobody knew yet; refused when its serial or MAC is already somebody's. */
export async function addDevice(
  tx: Tx,
  added: { device: NewDevice; place: EquipmentPlace; kind: 'received' | 'found'; reason: string | null },
): Promise<Equipment> {
  const { device, place, kind, reason } = added;
  const { serial, look_alike } = requireSerial(device.serial);
  const mac = requireMac(device.mac);
  const row = await store.insertEquipment(tx.db, {
    kind: device.kind,
    maker: device.maker,
    model: device.model,
    serial,
    look_alike,
    mac,
    barcode: device.barcode,
    status: place.kind === 'warehouse' ? 'in_stock' : 'returned',
    place_kind: place.kind,
    place_id: place.id,
    created_at: tx.now,
  });
  if (!row) throw await takenRefusal(tx, { serial, mac });
  const made = equipmentOf(row);
  await logMovement(tx, {
    device: made,
    from: null,
    movement: { kind, to: place, status: made.status, reason },
  });
  return made;
}

/** Which of the two numbers is already whose. */
async function takenRefusal(tx: Tx, given: { serial: string; mac: string | null }): Promise<Refusal> {
  const known = await store.bySerial(tx.db, given.serial);
  if (known) return new Refusal('serial_taken', { serial: given.serial, equipmentId: known.id });
  const owner = given.mac === null ? undefined : await store.byMac(tx.db, given.mac);
  return new Refusal('mac_taken', { mac: given.mac, equipmentId: owner?.id ?? null });
}
