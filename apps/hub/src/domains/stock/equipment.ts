import { equipmentCan, Refusal, type Equipment } from '@gigafibre/contract';
import { lookAlikeOf, parseMac, parseSerial } from './serial.ts';
import type { EquipmentRow } from './store.ts';

export type { Equipment, EquipmentKind, EquipmentPlace, EquipmentStatus } from '@gigafibre/contract';

/** A row as the noun. Kind, status, place and ownership are held by check constraints. */
export const equipmentOf = (row: EquipmentRow): Equipment => ({
  id: row.id,
  kind: row.kind as Equipment['kind'],
  maker: row.maker,
  model: row.model,
  serial: row.serial,
  mac: row.mac,
  barcode: row.barcode,
  status: row.status as Equipment['status'],
  place: { kind: row.place_kind as Equipment['place']['kind'], id: row.place_id },
  ownership: row.ownership as Equipment['ownership'],
  customerId: row.customer_id,
  locationId: row.location_id,
  subscriptionId: row.subscription_id,
  createdAt: row.created_at,
  version: row.version,
});

/** Refuses `not_in_this_state` when the device's state does not allow it. */
export function requireCan(act: keyof typeof equipmentCan, device: Equipment): void {
  const allowed: readonly string[] = equipmentCan[act];
  if (!allowed.includes(device.status))
    throw new Refusal('not_in_this_state', { state: device.status, equipmentId: device.id, act });
}

/** A serial in normal form with its look-alike, or a refusal. */
export function requireSerial(typed: string): { serial: string; look_alike: string } {
  const serial = parseSerial(typed);
  if (serial === undefined) throw new Refusal('serial_not_valid', { serial: typed });
  return { serial, look_alike: lookAlikeOf(serial) };
}

/** A MAC in normal form; null stays null. */
export function requireMac(typed: string | null): string | null {
  if (typed === null) return null;
  const mac = parseMac(typed);
  if (mac === undefined) throw new Refusal('mac_not_valid', { mac: typed });
  return mac;
}
