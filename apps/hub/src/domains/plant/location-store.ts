import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PlantLocations } from '../../platform/db/types.ts';

/** A location with its latest occupant and its place in the network. */
export type LocationRow = Selectable<PlantLocations> & {
  customer_id: string | null;
  olt_id: string | null;
  olt_name: string | null;
  frame: number | null;
  slot: number | null;
  port: number | null;
  splitter_id: string | null;
  splitter_port: number | null;
  terminal_id: string | null;
  terminal_port: number | null;
  vlan: number | null;
  ont_id: number | null;
  drop_state: string | null;
};

const located = sql`
  select l.*, occupant.customer_id, o.id as olt_id, o.name as olt_name, p.frame, p.slot, p.port,
         d.splitter_id, d.splitter_port, d.terminal_id, d.terminal_port, d.vlan, d.ont_id, d.state as drop_state
    from plant.locations l
    left join lateral (
      select customer_id from plant.occupancies
       where location_id = l.id and until is null order by since desc, id desc limit 1) occupant on true
    left join plant.drops d on d.location_id = l.id and d.state <> 'released'
    left join plant.splitters s on s.id = d.splitter_id
    left join plant.pon_ports p on p.id = s.pon_port_id
    left join plant.olts o on o.id = p.olt_id`;

export async function locationById(db: Db, id: string): Promise<LocationRow | undefined> {
  const { rows } = await sql<LocationRow>`${located} where l.id = ${id}`.execute(db);
  return rows[0];
}

export async function locationsById(db: Db, ids: readonly string[]): Promise<LocationRow[]> {
  const { rows } = await sql<LocationRow>`${located} where l.id = any(${ids}::text[])`.execute(db);
  return rows;
}

export const lockLocation = (db: Db, id: string): Promise<{ id: string; version: number } | undefined> =>
  db
    .selectFrom('plant.locations')
    .select(['id', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const insertLocation = (db: Db, row: Insertable<PlantLocations>): Promise<{ id: string }> =>
  db.insertInto('plant.locations').values(row).returning('id').executeTakeFirstOrThrow();

export const updateLocation = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PlantLocations> },
): Promise<unknown> =>
  db
    .updateTable('plant.locations')
    .set(fields)
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();

export type LocationFilter = Readonly<{
  customerId?: string | undefined;
  addressId?: string | undefined;
  limit: number;
  after: { at: string; id: string } | undefined;
}>;

/** Newest first; one row more than the page. */
export async function locationsPage(db: Db, filter: LocationFilter): Promise<LocationRow[]> {
  const of =
    filter.customerId === undefined
      ? sql`true`
      : sql`l.id in (select location_id from plant.occupancies where customer_id = ${filter.customerId})`;
  const at = filter.addressId === undefined ? sql`true` : sql`l.address_id = ${filter.addressId}`;
  const before =
    filter.after === undefined
      ? sql`true`
      : sql`(l.created_at, l.id) < (${filter.after.at}::timestamptz, ${filter.after.id})`;
  const { rows } = await sql<LocationRow>`${located}
     where ${of} and ${at} and ${before}
     order by l.created_at desc, l.id desc limit ${filter.limit + 1}`.execute(db);
  return rows;
}

export const locationIdsAt = async (db: Db, addressId: string): Promise<string[]> =>
  (
    await db
      .selectFrom('plant.locations')
      .select('id')
      .where('address_id', '=', addressId)
      .orderBy('id')
      .limit(LOCATIONS_PER_ADDRESS_MAX)
      .execute()
  ).map(({ id }) => id);
const LOCATIONS_PER_ADDRESS_MAX = 50;

/** The oldest location at this address and unit, if any. */
export const locationAt = (
  db: Db,
  { addressId, unit }: { addressId: string; unit: string | null },
): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('plant.locations')
    .select('id')
    .where('address_id', '=', addressId)
    .where((eb) => eb(eb.fn.coalesce('unit', sql<string>`''`), '=', unit ?? ''))
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();

/** Opens an occupancy unless it is open already. */
export const insertOccupancy = (
  db: Db,
  row: { location_id: string; customer_id: string; since: Date; source: string },
): Promise<unknown> =>
  db
    .insertInto('plant.occupancies')
    .values(row)
    .onConflict((c) => c.columns(['location_id', 'customer_id']).where('until', 'is', null).doNothing())
    .execute();

export const endOccupancy = (
  db: Db,
  { locationId, customerId, until }: { locationId: string; customerId: string; until: Date },
): Promise<unknown> =>
  db
    .updateTable('plant.occupancies')
    .set({ until })
    .where('location_id', '=', locationId)
    .where('customer_id', '=', customerId)
    .where('until', 'is', null)
    .execute();
