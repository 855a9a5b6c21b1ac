import { subscriptionsEvents } from '@gigafibre/contract';
import { freeSplitterPort } from '../domains/plant/index.ts';
import { readSubscription, subscriptionsOf } from '../domains/subscriptions/index.ts';
import { on } from './reaction.ts';

/** States in which a service needs its fibre, now or soon. */
const NEEDS_FIBRE = new Set(['pending', 'active', 'suspended']);

/** A sale was withdrawn: the port reserved for it is free again, unless another service there needs it. */
export const onSubscriptionCancelled = () =>
  on(subscriptionsEvents.subscriptionCancelled, 'free the reserved port', async (tx, { subject, data }) => {
    const { customerId, locationId } = await readSubscription(tx, subject);
    const others = await subscriptionsOf(tx, customerId);
    const needed = others.some(
      (one) => one.id !== subject && one.locationId === locationId && NEEDS_FIBRE.has(one.status),
    );
    if (!needed) await freeSplitterPort(tx, { locationId, reason: data.reason });
  });
