import { sql, type Insertable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  PlantDrops,
  PlantOlts,
  PlantPonPorts,
  PlantSplitters,
  PlantTerminals,
} from '../../platform/db/types.ts';

/** Terminals looked at around one address. */
const NEAR_MAX = 12;
const METRES_PER_DEGREE = 111_320;

export type NearRow = Readonly<{
  key: string;
  terminal_id: string;
  terminal_name: string;
  state: string;
  splitter_id: string;
  splitter_name: string;
  olt_id: string;
  olt_name: string;
  frame: number;
  slot: number;
  port: number;
  free_terminal_ports: number;
  free_splitter_ports: number;
  distance_metres: number;
  drawn: boolean;
}>;

export type Place = Readonly<{
  key: string;
  addressId: string | null;
  latitude: number | null;
  longitude: number | null;
}>;

/** The terminals around some places, nearest first, with their free ports; drawn ones whatever the distance. */
export async function terminalsNear(db: Db, places: readonly Place[]): Promise<NearRow[]> {
  if (places.length === 0) return [];
  const given = JSON.stringify(
    places.map(({ key, addressId, latitude, longitude }) => ({
      key,
      address_id: addressId,
      latitude,
      longitude,
    })),
  );
  const { rows } = await sql<NearRow>`
    select place.key, t.id as terminal_id, t.name as terminal_name, t.state, sp.id as splitter_id,
           sp.name as splitter_name, o.id as olt_id, o.name as olt_name, p.frame, p.slot, p.port,
           (t.ports - (select count(*) from plant.drops d where d.terminal_id = t.id and d.state <> 'released'))::int
             as free_terminal_ports,
           (sp.ratio - (select count(*) from plant.drops d where d.splitter_id = sp.id and d.state <> 'released'))::int
             as free_splitter_ports,
           coalesce(round(${METRES_PER_DEGREE} * sqrt(power(t.latitude - place.latitude, 2)
             + power((t.longitude - place.longitude) * cos(radians(place.latitude)), 2))), 0)::int as distance_metres,
           t.drawn
      from jsonb_to_recordset(${given}::jsonb)
             as place (key text, address_id text, latitude float8, longitude float8)
     cross join lateral (
       (select near.*, false as drawn from plant.terminals near
         where place.latitude is not null
         order by point(near.longitude, near.latitude) <-> point(place.longitude, place.latitude)
         limit ${NEAR_MAX})
       union all
       (select drawn.*, true from plant.drawn_addresses given join plant.terminals drawn on drawn.id = given.terminal_id
         where given.address_id = place.address_id)
     ) t
      join plant.splitters sp on sp.id = t.splitter_id
      join plant.pon_ports p on p.id = sp.pon_port_id
      join plant.olts o on o.id = p.olt_id`.execute(db);
  return rows;
}

/** Metres from each municipality's middle to the nearest terminal in service or planned; only where both are known. */
export async function metresToNetwork(
  db: Db,
  towns: readonly { latitude: number; longitude: number }[],
): Promise<number[]> {
  if (towns.length === 0) return [];
  const { rows } = await sql<{ metres: number | null }>`
    select (${METRES_PER_DEGREE} * sqrt(power(t.latitude - town.latitude, 2)
             + power((t.longitude - town.longitude) * cos(radians(town.latitude)), 2)))::int as metres
      from unnest(${towns.map(({ latitude }) => latitude)}::float8[], ${towns.map(({ longitude }) => longitude)}::float8[])
             with ordinality as town (latitude, longitude, place)
      left join lateral (
        select * from plant.terminals near
         order by point(near.longitude, near.latitude) <-> point(town.longitude, town.latitude) limit 1) t on true
     order by town.place`.execute(db);
  return rows.map(({ metres }) => metres ?? Infinity);
}

/** Takes the splitter for this transaction, so that two reservations cannot choose the same output. */
export const lockSplitter = (db: Db, id: string): Promise<unknown> =>
  db.selectFrom('plant.splitters').select('id').where('id', '=', id).forUpdate().execute();

/** The lowest free output of a splitter and the lowest free port of a terminal; null when full. */
export async function freePorts(
  db: Db,
  { splitterId, terminalId }: { splitterId: string; terminalId: string },
): Promise<{ splitterPort: number | null; terminalPort: number | null; vlan: number | null }> {
  const { rows } = await sql<{ splitter_port: number | null; terminal_port: number | null; vlan: number }>`
    select (select min(n) from plant.splitters s, generate_series(1, s.ratio) n
             where s.id = ${splitterId} and not exists (
               select from plant.drops d where d.splitter_id = s.id and d.splitter_port = n and d.state <> 'released'))
             as splitter_port,
           (select min(n) from plant.terminals t, generate_series(1, t.ports) n
             where t.id = ${terminalId} and not exists (
               select from plant.drops d where d.terminal_id = t.id and d.terminal_port = n and d.state <> 'released'))
             as terminal_port,
           (select o.vlan from plant.splitters s join plant.pon_ports p on p.id = s.pon_port_id
              join plant.olts o on o.id = p.olt_id where s.id = ${splitterId}) as vlan`.execute(db);
  const row = rows[0];
  return {
    splitterPort: row?.splitter_port ?? null,
    terminalPort: row?.terminal_port ?? null,
    vlan: row?.vlan ?? null,
  };
}

export const insertDrop = (db: Db, row: Insertable<PlantDrops>): Promise<unknown> =>
  db.insertInto('plant.drops').values(row).execute();

/** The living drop of a location, held for change. */
export const livingDropForUpdate = (db: Db, locationId: string) =>
  db
    .selectFrom('plant.drops')
    .selectAll()
    .where('location_id', '=', locationId)
    .where('state', '<>', 'released')
    .forUpdate()
    .executeTakeFirst();

export const updateDrop = (
  db: Db,
  { id, fields }: { id: string; fields: Partial<Insertable<PlantDrops>> },
): Promise<unknown> => db.updateTable('plant.drops').set(fields).where('id', '=', id).execute();

export const insertOlt = (db: Db, row: Insertable<PlantOlts>) =>
  db.insertInto('plant.olts').values(row).returningAll().executeTakeFirstOrThrow();
export const insertPonPort = (db: Db, row: Insertable<PlantPonPorts>) =>
  db.insertInto('plant.pon_ports').values(row).returningAll().executeTakeFirstOrThrow();
export const insertSplitter = (db: Db, row: Insertable<PlantSplitters>) =>
  db.insertInto('plant.splitters').values(row).returningAll().executeTakeFirstOrThrow();
export const insertTerminal = (db: Db, row: Insertable<PlantTerminals>) =>
  db.insertInto('plant.terminals').values(row).returningAll().executeTakeFirstOrThrow();

/** Gives addresses to a terminal as the network's drawing does. */
export const drawAddresses = (
  db: Db,
  { terminalId, addressIds }: { terminalId: string; addressIds: readonly string[] },
): Promise<unknown> =>
  sql`insert into plant.drawn_addresses (address_id, terminal_id)
      select id, ${terminalId} from unnest(${addressIds}::text[]) id
      on conflict (address_id) do update set terminal_id = excluded.terminal_id`.execute(db);

export type OltRow = Readonly<{
  id: string;
  name: string;
  vendor: string;
  model: string;
  management_address: string;
  site: string;
  vlan: number;
  pon_ports: number;
  splitter_ports: number;
  ports_taken: number;
}>;

export async function oltsPage(
  db: Db,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<OltRow[]> {
  const { rows } = await sql<OltRow>`
    select o.id, o.name, o.vendor, o.model, o.management_address, o.site, o.vlan,
           count(distinct p.id)::int as pon_ports,
           coalesce(sum(s.ratio), 0)::int as splitter_ports,
           coalesce(sum(s.taken), 0)::int as ports_taken
      from (select * from plant.olts where id > ${after ?? ''} order by id limit ${limit + 1}) o
      left join plant.pon_ports p on p.olt_id = o.id
      left join lateral (
        select ratio, (select count(*) from plant.drops d where d.splitter_id = s.id and d.state <> 'released') as taken
          from plant.splitters s where s.pon_port_id = p.id) s on true
     group by o.id, o.name, o.vendor, o.model, o.management_address, o.site, o.vlan
     order by o.id`.execute(db);
  return rows;
}

export type SplitterRow = Readonly<{
  id: string;
  name: string;
  olt_id: string;
  frame: number;
  slot: number;
  port: number;
  ratio: number;
  ports_taken: number;
  latitude: number | null;
  longitude: number | null;
}>;

export async function splittersPage(
  db: Db,
  { limit, after, oltId }: { limit: number; after: string | undefined; oltId: string | undefined },
): Promise<SplitterRow[]> {
  const { rows } = await sql<SplitterRow>`
    select s.id, s.name, p.olt_id, p.frame, p.slot, p.port, s.ratio, s.latitude, s.longitude,
           (select count(*) from plant.drops d where d.splitter_id = s.id and d.state <> 'released')::int as ports_taken
      from plant.splitters s join plant.pon_ports p on p.id = s.pon_port_id
     where s.id > ${after ?? ''} and (${oltId ?? null}::text is null or p.olt_id = ${oltId ?? null})
     order by s.id limit ${limit + 1}`.execute(db);
  return rows;
}
