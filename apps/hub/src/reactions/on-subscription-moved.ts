import { civilDateOf } from '@gigafibre/calendar';
import { dispatchEvents, subscriptionsEvents } from '@gigafibre/contract';
import { cancelJobsOf, createJob, hasOpenJob } from '../domains/dispatch/index.ts';
import { freeSplitterPort, holdLocation, lightDrop, readLocation } from '../domains/plant/index.ts';
import {
  holdMove,
  needsFibre,
  readSubscription,
  runOverDeviceThere,
  servicesMovingTo,
} from '../domains/subscriptions/index.ts';
import { on, type Reaction } from './reaction.ts';
import type { Tx } from '../platform/acting.ts';

/** A move was set: somebody goes and makes the new address ready. One that is only written down late needs no one. */
const orderTheVisit = on(
  subscriptionsEvents.moveSet,
  'put the move to dispatch',
  async (tx, { subject, customerId, data }) => {
    if (customerId === null || data.on < civilDateOf(tx.now) || !(await holdMove(tx, data.moveId))) return;
    const source = moveSource(data);
    // One visit for all services that go there that day, also when they are heard of at once.
    await holdLocation(tx, data.toLocationId);
    if (await hasOpenJob(tx, { customerId, source })) return;
    const asked = { locationId: data.toLocationId, on: data.on };
    await createJob(tx, {
      type: 'move',
      customerId,
      locationId: data.toLocationId,
      subscriptionIds: await servicesMovingTo(tx, asked),
      notes: await movingNotes(tx, subject, data),
      source,
    });
  },
);

/** It does not take place: nobody goes, and the port is free unless somebody needs it. */
const takeBackTheVisit = on(
  subscriptionsEvents.moveWithdrawn,
  'take back the visit and the port of a move',
  async (tx, { customerId, data }) => {
    const asked = { locationId: data.toLocationId, on: data.on };
    if (customerId !== null && (await servicesMovingTo(tx, asked)).length === 0)
      await cancelJobsOf(tx, { customerId, source: moveSource(data), reason: data.reason });
    await freeUnneeded(tx, { locationId: data.toLocationId, reason: data.reason });
  },
);

/** The service is at its new address: the old port is free unless somebody needs it, the new one carries light. */
const turnThePorts = on(
  subscriptionsEvents.subscriptionMoved,
  'free the old port and light the new one',
  async (tx, { subject, data }) => {
    await lightDrop(tx, { locationId: data.toLocationId, ontId: null });
    await freeUnneeded(tx, { locationId: data.fromLocationId, reason: `déménagement de ${subject}` });
  },
);

/** The visit of a move is done: the service runs over the device that was installed there. */
const takeTheDevice = on(
  dispatchEvents.jobCompleted,
  'run a service that moved over its device',
  async (tx, { data }) => {
    if (data.type !== 'move') return;
    for (const id of data.subscriptionIds)
      await runOverDeviceThere(tx, { id, equipmentId: data.equipmentId });
  },
);

async function freeUnneeded(
  tx: Tx,
  { locationId, reason }: { locationId: string; reason: string },
): Promise<void> {
  await holdLocation(tx, locationId);
  if (await needsFibre(tx, { locationId, except: null })) return;
  await freeSplitterPort(tx, { locationId, reason });
}

const moveSource = ({ toLocationId, on: day }: { toLocationId: string; on: string }): string =>
  `move ${toLocationId} ${day}`;

/** What the technician must know before leaving; in French, the language of the field. */
async function movingNotes(
  tx: Tx,
  subject: string,
  data: { on: string; fromLocationId: string; equipment: 'carried' | 'swapped' },
): Promise<string> {
  const { nameFr } = await readSubscription(tx, subject);
  const from = await readLocation(tx, data.fromLocationId);
  const device =
    data.equipment === 'carried'
      ? 'Le client apporte son appareil.'
      : 'Installer un autre appareil ; celui de l’ancienne adresse revient.';
  return [`Déménagement le ${data.on} : ${nameFr}`, `Ancienne adresse : ${from.text}`, device].join('\n');
}

/** What follows when a service goes to another address. */
export const onSubscriptionMoved = (): readonly Reaction[] => [
  orderTheVisit,
  takeBackTheVisit,
  turnThePorts,
  takeTheDevice,
];
