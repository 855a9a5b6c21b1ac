import type { Reading, Tx } from '../../platform/acting.ts';
import { ponPortText } from './find-serviceability.ts';
import * as store from './network-store.ts';

/** An OLT with its PON ports, as somebody who builds the network writes it down. */
export type NewOlt = Readonly<{
  name: string;
  vendor: string;
  model: string;
  managementAddress: string;
  site: string;
  vlan: number;
  ports: readonly Readonly<{ frame: number; slot: number; port: number; ifIndex?: bigint }>[];
}>;

/** Writes down an OLT; returns its id and those of its ports in the order given. */
export async function addOlt(
  { db, now }: Pick<Tx, 'db' | 'now'>,
  { ports, managementAddress, ...olt }: NewOlt,
): Promise<{ id: string; portIds: string[] }> {
  const { id } = await store.insertOlt(db, {
    ...olt,
    management_address: managementAddress,
    created_at: now,
  });
  const portIds: string[] = [];
  for (const { ifIndex, ...port } of ports)
    portIds.push((await store.insertPonPort(db, { olt_id: id, ...port, if_index: ifIndex ?? null })).id);
  return { id, portIds };
}

/** Writes down a splitter on a PON port; returns its id. */
export async function addSplitter(
  { db, now }: Pick<Tx, 'db' | 'now'>,
  splitter: { name: string; ponPortId: string; ratio: number; latitude: number; longitude: number },
): Promise<string> {
  const { ponPortId, ...fields } = splitter;
  const row = await store.insertSplitter(db, { ...fields, pon_port_id: ponPortId, created_at: now });
  return row.id;
}

/** Writes down a terminal fed by a splitter; returns its id. */
export async function addTerminal(
  { db, now }: Pick<Tx, 'db' | 'now'>,
  terminal: {
    name: string;
    splitterId: string;
    ports: number;
    state: 'planned' | 'in_service';
    latitude: number;
    longitude: number;
  },
): Promise<string> {
  const { splitterId, ...fields } = terminal;
  return (await store.insertTerminal(db, { ...fields, splitter_id: splitterId, created_at: now })).id;
}

/** Gives addresses to a terminal as the network's drawing does, whatever the distance. */
export const drawAddresses = (
  { db }: Pick<Tx, 'db'>,
  drawing: { terminalId: string; addressIds: readonly string[] },
): Promise<unknown> => store.drawAddresses(db, drawing);

/** OLTs with how full they are, a page at a time. */
export async function listOlts(
  { db }: Pick<Reading, 'db'>,
  { limit, after }: { limit: number; after?: string | undefined },
) {
  const rows = await store.oltsPage(db, { limit, after });
  return {
    rows: rows.slice(0, limit).map((row) => ({
      id: row.id,
      name: row.name,
      vendor: row.vendor,
      model: row.model,
      managementAddress: row.management_address,
      site: row.site,
      ponPorts: row.pon_ports,
      splitterPorts: row.splitter_ports,
      portsTaken: row.ports_taken,
    })),
    next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  };
}

/** Splitters with their free ports, a page at a time. */
export async function listSplitters(
  { db }: Pick<Reading, 'db'>,
  { limit, after, oltId }: { limit: number; after?: string | undefined; oltId?: string | undefined },
) {
  const rows = await store.splittersPage(db, { limit, after, oltId });
  return {
    rows: rows.slice(0, limit).map((row) => ({
      id: row.id,
      name: row.name,
      oltId: row.olt_id,
      ponPort: ponPortText(row),
      ratio: row.ratio,
      portsTaken: row.ports_taken,
      latitude: row.latitude,
      longitude: row.longitude,
    })),
    next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  };
}
