import { Refusal, type EquipmentKind, type EquipmentStatus } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { equipmentOf, type Equipment } from './equipment.ts';
import { parseSerial } from './serial.ts';
import * as store from './store.ts';

/** One device; refused `not_found`. */
export async function readEquipment({ db }: Pick<Reading, 'db'>, id: string): Promise<Equipment> {
  const row = await store.equipmentById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return equipmentOf(row);
}

/** One device with its inventory log, newest movement first. */
export async function readEquipmentWithLog({ db }: Pick<Reading, 'db'>, id: string) {
  const device = await readEquipment({ db }, id);
  const movements = (await store.movementsOf(db, id)).map((row) => ({
    at: row.at,
    // Kinds and places are held by check constraints.
    kind: row.kind as 'received',
    from: row.from_kind === null ? null : { kind: row.from_kind as 'warehouse', id: row.from_id },
    to: { kind: row.to_kind as 'warehouse', id: row.to_id },
    status: row.status as EquipmentStatus,
    customerId: row.customer_id,
    jobId: row.job_id,
    by: row.actor_name ?? row.actor_kind,
    reason: row.reason,
  }));
  return { ...device, movements };
}

/** The device with this serial, in any writing; undefined when there is none. */
export async function equipmentBySerial(
  { db }: Pick<Reading, 'db'>,
  typed: string,
): Promise<Equipment | undefined> {
  const serial = parseSerial(typed);
  const row = serial === undefined ? undefined : await store.bySerial(db, serial);
  return row ? equipmentOf(row) : undefined;
}

/** Devices installed at a location. */
export const equipmentAt = async ({ db }: Pick<Reading, 'db'>, locationId: string): Promise<Equipment[]> =>
  (await store.atLocation(db, locationId)).map(equipmentOf);

/** Devices that a job put in place or took away, as the last of it was. */
export async function equipmentMovedBy(
  { db }: Pick<Reading, 'db'>,
  jobId: string,
): Promise<{ device: Equipment; kind: 'attached' | 'removed' }[]> {
  const moved = await store.movedByJob(db, jobId);
  const kinds = new Map(moved.map(({ equipment_id, kind }) => [equipment_id, kind]));
  const devices = await store.equipmentByIds(db, [...kinds.keys()]);
  return devices.map((row) => ({
    device: equipmentOf(row),
    kind: kinds.get(row.id) === 'removed' ? 'removed' : 'attached',
  }));
}

export type EquipmentQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  search?: string | undefined;
  kind?: EquipmentKind | undefined;
  status?: EquipmentStatus | undefined;
  customerId?: string | undefined;
  locationId?: string | undefined;
  technicianId?: string | undefined;
}>;

/** Devices, newest first, a page at a time; `search` is part of a serial, MAC, barcode or number. */
export async function listEquipment(
  { db }: Pick<Reading, 'db'>,
  { after, search, ...filter }: EquipmentQuery,
): Promise<{ rows: Equipment[]; next: string | null }> {
  const words = search ? wordsOf(search) : undefined;
  const rows = await store.equipmentPage(db, {
    ...filter,
    words,
    before: readCursor(after, z.tuple([keys.instant, keys.id])),
  });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.created_at, last.id));
  return { rows: page.rows.map(equipmentOf), next: page.next };
}

/** A whole serial is looked for in its normal form; a part of anything as typed, wildcards taken literally. */
const wordsOf = (search: string): string =>
  (parseSerial(search) ?? search).toLowerCase().replaceAll(/[\\%_]/g, '\\$&');
