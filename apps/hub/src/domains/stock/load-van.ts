import { Refusal, stockEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { equipmentOf, requireCan, type Equipment } from './equipment.ts';
import { move, told } from './move.ts';
import { lockedEquipment } from './remove-equipment.ts';
import * as store from './store.ts';

/** Moves devices into the van of a technician: all of them, or none when one is not on a shelf. */
export async function loadVan(
  tx: Tx,
  { technicianId, equipmentIds }: { technicianId: string; equipmentIds: readonly string[] },
): Promise<Equipment[]> {
  const wanted = [...new Set(equipmentIds)];
  const rows = await store.allForUpdate(tx.db, wanted);
  const missing = wanted.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined) throw new Refusal('not_found', { what: missing });
  const loaded: Equipment[] = [];
  for (const before of rows.map(equipmentOf)) {
    requireCan('loadVan', before);
    const device = await move(tx, before, {
      kind: 'loaded',
      to: { kind: 'van', id: technicianId },
      status: 'in_van',
    });
    await tx.tell(stockEvents.equipmentLoaded, { subject: device.id, technicianId, data: told(device) });
    loaded.push(device);
  }
  return loaded;
}

/** Puts a device from a van, a return or a loss back on a shelf. */
export async function takeBackEquipment(
  tx: Tx,
  { id, warehouse }: { id: string; warehouse: string },
): Promise<Equipment> {
  const before = await lockedEquipment(tx, id);
  requireCan('takeBack', before);
  const device = await move(tx, before, {
    kind: 'taken_back',
    to: { kind: 'warehouse', id: warehouse },
    status: 'in_stock',
  });
  await tx.tell(stockEvents.equipmentReturned, {
    subject: id,
    data: told(device),
    changes: { status: [before.status, device.status] },
  });
  return device;
}

/** Declares a device that is with nobody defective, lost or retired. What is lost is nowhere known. */
export async function setAsideEquipment(
  tx: Tx,
  { id, as, reason }: { id: string; as: 'defective' | 'lost' | 'retired'; reason: string },
): Promise<Equipment> {
  const before = await lockedEquipment(tx, id);
  requireCan('setAside', before);
  const device = await move(tx, before, {
    kind: 'set_aside',
    to: as === 'lost' ? { kind: 'unknown', id: null } : before.place,
    status: as,
    reason,
  });
  await tx.tell(stockEvents.equipmentSetAside, {
    subject: id,
    data: { ...told(device), as },
    changes: { status: [before.status, as] },
  });
  return device;
}
