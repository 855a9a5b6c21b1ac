import { subscriptionsEvents } from '@gigafibre/contract';
import { settleEnded } from '../domains/billing/index.ts';
import { createJob, jobsOf } from '../domains/dispatch/index.ts';
import { freeSplitterPort, holdLocation } from '../domains/plant/index.ts';
import { equipmentAt } from '../domains/stock/index.ts';
import { needsFibre, readSubscription, subscriptionsOf } from '../domains/subscriptions/index.ts';
import { on, type Reaction } from './reaction.ts';

/**
 * A sale was withdrawn or a service has ended: its port is free again, lit or only reserved, unless another service
 * of that place needs it, whoever's. The place is held first: who sells there at this moment waits, and reserves anew.
 */
const freePort = on(
  subscriptionsEvents.subscriptionCancelled,
  'free the reserved port',
  async (tx, { subject, data }) => {
    const { locationId } = await readSubscription(tx, subject);
    await holdLocation(tx, locationId);
    if (await needsFibre(tx, { locationId, except: subject })) return;
    await freeSplitterPort(tx, { locationId, reason: data.reason });
  },
);

/**
 * A service has ended: the devices it rented come back. With another service of the customer there, only its own does; one visit
 * takes back all that is at a place.
 */
const takeBackDevices = on(
  subscriptionsEvents.subscriptionCancelled,
  'order the return of devices',
  async (tx, { subject, customerId, data }) => {
    if (customerId === null || data.from === 'pending') return;
    const { locationId, equipmentId } = await readSubscription(tx, subject);
    const others = (await subscriptionsOf(tx, customerId)).filter(
      (one) => one.locationId === locationId && (one.status === 'active' || one.status === 'suspended'),
    );
    const isUsed = (id: string) => others.some((one) => one.equipmentId === id);
    const back = (await equipmentAt(tx, locationId)).filter(
      (device) =>
        device.customerId === customerId &&
        device.ownership === 'rental' &&
        (others.length === 0 || (device.id === equipmentId && !isUsed(device.id))),
    );
    // The ladder may have ordered it already.
    const isOrdered = (await jobsOf(tx, customerId)).some(
      (job) =>
        job.type === 'disconnect' &&
        job.locationId === locationId &&
        job.status !== 'cancelled' &&
        job.status !== 'completed',
    );
    if (back.length === 0 || isOrdered) return;
    const devices = back.map(({ model, serial }) => `${model ?? 'Appareil'} ${serial}`);
    await createJob(tx, {
      type: 'disconnect',
      customerId,
      locationId,
      subscriptionIds: [subject],
      notes: [`Fin de service le ${data.on} : reprendre`, ...devices].join('\n'),
      source: `return ${subject}`,
    });
  },
);

/** A service has ended: its devices come back, its port is free, and what a customer who left has to their credit is given back. */
export const onSubscriptionCancelled = (): readonly Reaction[] => [
  freePort,
  takeBackDevices,
  on(subscriptionsEvents.subscriptionCancelled, 'give back what is left', async (tx, { customerId }) => {
    if (customerId !== null) await settleEnded(tx, { customerId });
  }),
];
