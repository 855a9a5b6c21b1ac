import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { StockEquipment, StockMovements } from '../../platform/db/types.ts';

export type EquipmentRow = Selectable<StockEquipment>;
export type MovementRow = Selectable<StockMovements>;

const devices = (db: Db) => db.selectFrom('stock.equipment').selectAll();

export const equipmentById = (db: Db, id: string): Promise<EquipmentRow | undefined> =>
  devices(db).where('id', '=', id).executeTakeFirst();

export const equipmentByIds = (db: Db, ids: readonly string[]): Promise<EquipmentRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : devices(db).where('id', 'in', ids).orderBy('id').execute();

export const equipmentForUpdate = (db: Db, id: string): Promise<EquipmentRow | undefined> =>
  devices(db).where('id', '=', id).forUpdate().executeTakeFirst();

/** Several devices locked in the order of their ids, so that two vans loaded at once never wait for each other in a circle. */
export const allForUpdate = (db: Db, equipmentIds: readonly string[]): Promise<EquipmentRow[]> =>
  devices(db).where('id', 'in', equipmentIds).orderBy('id').forUpdate().execute();

export const bySerial = (db: Db, serial: string): Promise<EquipmentRow | undefined> =>
  devices(db).where('serial', '=', serial).executeTakeFirst();

export const byMac = (db: Db, mac: string): Promise<EquipmentRow | undefined> =>
  devices(db).where('mac', '=', mac).executeTakeFirst();

const CANDIDATES_MAX = 4;
export const byBarcode = (db: Db, barcode: string): Promise<EquipmentRow[]> =>
  devices(db).where('barcode', '=', barcode).orderBy('id').limit(CANDIDATES_MAX).execute();

export const byLookAlike = (db: Db, lookAlike: string): Promise<EquipmentRow[]> =>
  devices(db).where('look_alike', '=', lookAlike).orderBy('id').limit(CANDIDATES_MAX).execute();

/** A home holds a handful of devices; more than this is somebody's warehouse. */
const AT_LOCATION_MAX = 50;
export const atLocation = (db: Db, locationId: string): Promise<EquipmentRow[]> =>
  devices(db).where('location_id', '=', locationId).orderBy('id').limit(AT_LOCATION_MAX).execute();

export type EquipmentFilter = Readonly<{
  limit: number;
  before: readonly [at: string, id: string] | undefined;
  words?: string | undefined;
  kind?: string | undefined;
  status?: string | undefined;
  customerId?: string | undefined;
  locationId?: string | undefined;
  technicianId?: string | undefined;
}>;

/** One row more than asked for, so that the caller knows whether there is a next page. */
export const equipmentPage = (db: Db, filter: EquipmentFilter): Promise<EquipmentRow[]> =>
  devices(db)
    .$if(filter.words !== undefined, (q) => q.where('search', 'like', `%${filter.words ?? ''}%`))
    .$if(filter.kind !== undefined, (q) => q.where('kind', '=', filter.kind ?? ''))
    .$if(filter.status !== undefined, (q) => q.where('status', '=', filter.status ?? ''))
    .$if(filter.customerId !== undefined, (q) => q.where('customer_id', '=', filter.customerId ?? ''))
    .$if(filter.locationId !== undefined, (q) => q.where('location_id', '=', filter.locationId ?? ''))
    .$if(filter.technicianId !== undefined, (q) =>
      q.where('place_kind', '=', 'van').where('place_id', '=', filter.technicianId ?? ''),
    )
    .$if(filter.before !== undefined, (q) =>
      q.where(sql<boolean>`(created_at, id) < (${filter.before?.[0]}::timestamptz, ${filter.before?.[1]})`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();

/** Adds a device; undefined when its serial or its MAC is already somebody's. */
export const insertEquipment = (db: Db, row: Insertable<StockEquipment>): Promise<EquipmentRow | undefined> =>
  db
    .insertInto('stock.equipment')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst();

/** Writes the fields and raises the version. */
export const updateEquipment = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<StockEquipment> },
): Promise<EquipmentRow> =>
  db
    .updateTable('stock.equipment')
    .set(fields)
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

export const addMovement = (db: Db, row: Insertable<StockMovements>): Promise<unknown> =>
  db.insertInto('stock.movements').values(row).execute();

const MOVEMENTS_MAX = 200;
/** The last movement of each device that a job put in place or took away. */
export const movedByJob = (db: Db, jobId: string): Promise<{ equipment_id: string; kind: string }[]> =>
  db
    .selectFrom('stock.movements')
    .distinctOn('equipment_id')
    .select(['equipment_id', 'kind'])
    .where('job_id', '=', jobId)
    .where('kind', 'in', ['attached', 'removed'])
    .orderBy('equipment_id')
    .orderBy('id', 'desc')
    .execute();

export const movementsOf = (db: Db, equipmentId: string): Promise<MovementRow[]> =>
  db
    .selectFrom('stock.movements')
    .selectAll()
    .where('equipment_id', '=', equipmentId)
    .orderBy('id', 'desc')
    .limit(MOVEMENTS_MAX)
    .execute();
