import { Refusal, stockEvents, type EquipmentKind } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { lockFor } from '../../platform/transact.ts';
import { readCustomer } from '../customers/index.ts';
import { readLocation } from '../plant/index.ts';
import { equipmentOf, requireCan, requireMac, requireSerial, type Equipment } from './equipment.ts';
import { findEquipment } from './find-equipment.ts';
import { move, told } from './move.ts';
import { addDevice } from './receive-equipment.ts';
import * as store from './store.ts';

export type Attaching = Readonly<{
  /** Serial, barcode or MAC, as typed or scanned. */
  serial: string;
  mac?: string | null;
  maker?: string | null;
  model?: string | null;
  kind: EquipmentKind;
  customerId: string;
  locationId: string;
  jobId?: string | null;
  /** `found` creates a device nobody knew; the others refuse it. */
  from: 'van' | 'stock' | 'found';
  /** True for a code read by a camera: no look-alike is considered. */
  exact?: boolean;
}>;

/**
 * Installs a device at a location of a customer. Doing it again changes nothing. Refused when the device hangs
 * elsewhere, cannot be installed in its state, or is unknown (unless `from` is `found`).
 */
export async function attachEquipment(tx: Tx, input: Attaching): Promise<Equipment> {
  const { serial } = requireSerial(input.serial);
  await readCustomer(tx, input.customerId);
  await readLocation(tx, input.locationId);
  // Two people attaching the same unknown serial at once: the second must see what the first created.
  await lockFor(tx, `equipment:${serial}`);
  const device = (await knownDevice(tx, input)) ?? (await createdDevice(tx, input));
  if (device.status === 'installed') return alreadyThere(device, input);
  requireCan('attach', device);
  const attached = await move(tx, device, {
    kind: 'attached',
    to: { kind: 'location', id: input.locationId },
    status: 'installed',
    customerId: input.customerId,
    locationId: input.locationId,
    jobId: input.jobId ?? null,
    learnt: await learnt(tx, device, input),
  });
  await tx.tell(stockEvents.equipmentAttached, {
    subject: attached.id,
    customerId: input.customerId,
    data: told(attached, input.jobId ?? null),
    changes: { status: [device.status, attached.status], locationId: [null, attached.locationId] },
  });
  return attached;
}

async function knownDevice(tx: Tx, input: Attaching): Promise<Equipment | undefined> {
  const found = await findEquipment(tx, { code: input.serial, exact: input.exact ?? false });
  const row = found ? await store.equipmentForUpdate(tx.db, found.equipment.id) : undefined;
  return row ? equipmentOf(row) : undefined;
}

async function createdDevice(tx: Tx, input: Attaching): Promise<Equipment> {
  if (input.from !== 'found') throw new Refusal('equipment_unknown', { serial: input.serial });
  return addDevice(tx, {
    device: {
      kind: input.kind,
      maker: input.maker ?? null,
      model: input.model ?? null,
      serial: input.serial,
      mac: input.mac ?? null,
      barcode: null,
    },
    place: { kind: 'unknown', id: null },
    kind: 'found',
    reason: null,
  });
}

function alreadyThere(device: Equipment, { locationId }: Attaching): Equipment {
  if (device.locationId === locationId) return device;
  throw new Refusal('equipment_elsewhere', {
    serial: device.serial,
    equipmentId: device.id,
    locationId: device.locationId,
    customerId: device.customerId,
  });
}

/** What the label told beyond what was known. A MAC that was known stays: labels carry several. */
async function learnt(tx: Tx, device: Equipment, input: Attaching) {
  const mac = device.mac === null ? requireMac(input.mac ?? null) : null;
  const owner = mac === null ? undefined : await store.byMac(tx.db, mac);
  if (owner && owner.id !== device.id) throw new Refusal('mac_taken', { mac, equipmentId: owner.id });
  return {
    ...(mac === null ? {} : { mac }),
    ...(device.model === null && input.model ? { model: input.model } : {}),
    ...(device.maker === null && input.maker ? { maker: input.maker } : {}),
  };
}
