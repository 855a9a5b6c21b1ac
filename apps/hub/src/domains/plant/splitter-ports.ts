import { plantEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { terminalsAround } from './find-serviceability.ts';
import type { NetworkPosition } from './location.ts';
import * as store from './location-store.ts';
import * as network from './network-store.ts';
import { readLocation } from './read-locations.ts';
import { hasRoom } from './serviceability.ts';

/** Terminals tried before giving up: others may be taking the last ports at this very moment. */
const TERMINALS_TRIED_MAX = 6;

/**
 * Reserves a splitter output and a terminal port for a location, on the nearest terminal that has both.
 * A location that has a living drop keeps it. Returns the position, or null when nothing within reach is free:
 * the sale stands and the network must be built out.
 */
export async function reserveSplitterPort(
  tx: Tx,
  { locationId, reservedFor }: { locationId: string; reservedFor: string },
): Promise<NetworkPosition | null> {
  if (!(await store.lockLocation(tx.db, locationId))) throw new Refusal('not_found', { what: locationId });
  const location = await readLocation(tx, locationId);
  if (location.network) return location.network;
  const around = await terminalsAround(tx.db, location);
  const candidates = around
    .filter(hasRoom)
    .sort((a, b) => a.distanceMetres - b.distanceMetres)
    .slice(0, TERMINALS_TRIED_MAX);
  for (const { splitterId, terminalId } of candidates) {
    await network.lockSplitter(tx.db, splitterId);
    const { splitterPort, terminalPort, vlan } = await network.freePorts(tx.db, { splitterId, terminalId });
    if (splitterPort === null || terminalPort === null) continue;
    await network.insertDrop(tx.db, {
      location_id: locationId,
      splitter_id: splitterId,
      splitter_port: splitterPort,
      terminal_id: terminalId,
      terminal_port: terminalPort,
      vlan,
      state: 'reserved',
      reserved_for: reservedFor,
      reserved_at: tx.now,
    });
    await tx.tell(plantEvents.portReserved, {
      subject: locationId,
      customerId: location.customerId,
      data: { splitterId, splitterPort },
    });
    return (await readLocation(tx, locationId)).network;
  }
  return null;
}

/** The reserved drop carries light now. Saying it again changes only the ONT's number. */
export async function lightDrop(
  tx: Tx,
  { locationId, ontId }: { locationId: string; ontId: number | null },
): Promise<NetworkPosition | null> {
  const drop = await network.livingDropForUpdate(tx.db, locationId);
  if (!drop) return null;
  const fields = { state: 'active', activated_at: drop.activated_at ?? tx.now, ont_id: ontId ?? drop.ont_id };
  await network.updateDrop(tx.db, { id: drop.id, fields });
  if (drop.state !== 'active')
    await tx.tell(plantEvents.portOccupied, {
      subject: locationId,
      data: { splitterId: drop.splitter_id, splitterPort: drop.splitter_port },
    });
  return (await readLocation(tx, locationId)).network;
}

/**
 * Holds a location until the transaction ends: who reserves a port for it meanwhile waits, so that what is found out
 * about it stays true.
 */
export async function holdLocation(tx: Tx, locationId: string): Promise<void> {
  await store.lockLocation(tx.db, locationId);
}

/** Gives the port back: the sale was cancelled or the service ended. Nothing to give back changes nothing. */
export async function freeSplitterPort(
  tx: Tx,
  { locationId, reason }: { locationId: string; reason: string },
): Promise<void> {
  const drop = await network.livingDropForUpdate(tx.db, locationId);
  if (!drop) return;
  await network.updateDrop(tx.db, {
    id: drop.id,
    fields: { state: 'released', released_at: tx.now, release_reason: reason },
  });
  await tx.tell(plantEvents.portFreed, {
    subject: locationId,
    data: { splitterId: drop.splitter_id, splitterPort: drop.splitter_port, reason },
  });
}
