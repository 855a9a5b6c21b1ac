import { subscriptionsEvents } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { leaveLocation, readLocation, settleCustomer } from '../../plant/index.ts';
import { equipmentAt, linkSubscription, relocateEquipment, type Equipment } from '../../stock/index.ts';
import { desire } from '../desired-state.ts';
import * as moves from '../moves-store.ts';
import { byWhom } from '../open-subscription.ts';
import { desiredOf } from '../provisioning-store.ts';
import { readSubscription } from '../read-subscription.ts';
import * as store from '../store.ts';
import type { Subscription } from '../subscription.ts';
import { writeProvisioning } from './provision.ts';

/**
 * The day of a move has come: the service is at its new address, with the device that went along or the one that
 * stands there. The old port is given back by what follows from the event. Nothing without a move that is set.
 */
export async function arrive(tx: Tx, id: string): Promise<void> {
  const move = await moves.moveSet(tx.db, id);
  if (!move) return;
  await moves.closeMove(tx.db, { id: move.id, state: 'done' });
  await store.putLocation(tx.db, { id, locationId: move.toLocationId });
  const service = await readSubscription(tx, id);
  const { customerId } = service;
  const asked = { locationId: move.fromLocationId, customerId, except: id };
  const left = await moves.devicesOfOthers(tx.db, asked);
  if (left.length === 0) await leaveLocation(tx, asked);
  await settleCustomer(tx, { locationId: move.toLocationId, customerId, source: id });
  if (move.equipment === 'carried') await carryDevices(tx, service, { move, left });
  else await leaveDevice(tx, service);
  await runOverDeviceThere(tx, { id, equipmentId: null });
  await writeProvisioning(tx, id);
  await store.insertStep(tx.db, {
    subscription_id: id,
    at: tx.now,
    from_status: service.status,
    to_status: service.status,
    on_date: move.on,
    command: 'moveSubscription',
    reason: `${move.fromLocationId} → ${move.toLocationId}`,
    by: byWhom(tx),
  });
  await tx.tell(subscriptionsEvents.subscriptionMoved, {
    subject: id,
    customerId,
    data: {
      on: move.on,
      fromLocationId: move.fromLocationId,
      toLocationId: move.toLocationId,
      address: (await readLocation(tx, move.toLocationId)).text,
    },
  });
}

/**
 * The service runs over a device at its address from now on: the one named, or else the ONT that stands there. The
 * systems are told, and asked again where they see it. Nothing when there is none yet, or it was told of it before.
 */
export async function runOverDeviceThere(
  tx: Tx,
  { id, equipmentId }: { id: string; equipmentId: string | null },
): Promise<void> {
  const service = await readSubscription(tx, id);
  if (service.status === 'pending' || service.status === 'cancelled') return;
  const there = (await equipmentAt(tx, service.locationId)).filter(
    ({ customerId }) => customerId === service.customerId,
  );
  const device = there.find((one) => (equipmentId === null ? one.kind === 'ont' : one.id === equipmentId));
  if (!device || device.kind !== 'ont') return;
  const held = new Map(
    // Written by desire().
    (await desiredOf(tx.db, id)).map((row) => [row.target, row.desired as Readonly<Record<string, string>>]),
  );
  if (service.equipmentId === device.id && held.get('olt')?.['authorised'] === 'yes') {
    // Seen at another port now: it is asked for anew.
    await desire(tx, { subscriptionId: id, target: 'olt', desired: held.get('olt') ?? {} });
    return;
  }
  await store.putEquipment(tx.db, { id, equipmentId: device.id });
  await linkSubscription(tx, { id: device.id, subscriptionId: id });
  const profile = service.items.find(({ oltProfile }) => oltProfile !== null)?.oltProfile;
  await desire(tx, {
    subscriptionId: id,
    target: 'olt',
    desired: { serial: device.serial, authorised: 'yes', ...(profile ? { profile } : {}) },
  });
  await desire(tx, {
    subscriptionId: id,
    target: 'acs',
    desired: { serial: device.serial, user: service.radiusUser ?? '' },
  });
}

/** What the customer has at the old address goes along with the last of their services there; before, only its own device. */
async function carryDevices(
  tx: Tx,
  { id, customerId, equipmentId }: Subscription,
  { move: { fromLocationId, toLocationId }, left }: { move: moves.Move; left: readonly (string | null)[] },
): Promise<void> {
  const isOwn = (device: Equipment) => device.id === equipmentId && !left.includes(device.id);
  const goesAlong = (device: Equipment) =>
    device.customerId === customerId && (left.length === 0 || isOwn(device));
  for (const device of (await equipmentAt(tx, fromLocationId)).filter(goesAlong))
    await relocateEquipment(tx, { id: device.id, locationId: toLocationId, reason: `déménagement de ${id}` });
}

/** Another device will stand at the new address: the OLT lets the old one go until it is brought back. */
async function leaveDevice(tx: Tx, { id, equipmentId }: Subscription): Promise<void> {
  if (equipmentId === null) return;
  await linkSubscription(tx, { id: equipmentId, subscriptionId: null });
  await store.putEquipment(tx.db, { id, equipmentId: null });
  for (const row of await desiredOf(tx.db, id)) {
    const held = row.desired as Readonly<Record<string, string>>; // written by desire()
    if (row.target === 'olt')
      await desire(tx, { subscriptionId: id, target: 'olt', desired: { ...held, authorised: 'no' } });
  }
}
