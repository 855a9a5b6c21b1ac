import { subscriptionsEvents } from '@gigafibre/contract';
import { settleEnded } from '../domains/billing/index.ts';
import { freeSplitterPort, holdLocation } from '../domains/plant/index.ts';
import { needsFibre, readSubscription } from '../domains/subscriptions/index.ts';
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

/** A service has ended: its port is free, and what a customer who left has to their credit is given back. */
export const onSubscriptionCancelled = (): readonly Reaction[] => [
  freePort,
  on(subscriptionsEvents.subscriptionCancelled, 'give back what is left', async (tx, { customerId }) => {
    if (customerId !== null) await settleEnded(tx, { customerId });
  }),
];
