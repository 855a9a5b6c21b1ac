import { subscriptionsEvents } from '@gigafibre/contract';
import { billActivation } from '../domains/billing/index.ts';
import { lightDrop } from '../domains/plant/index.ts';
import { on, type Reaction } from './reaction.ts';

/** A service has started: its first invoice is issued, and the drop reserved for it carries light. */
export const onSubscriptionActivated = (): readonly Reaction[] => [
  on(subscriptionsEvents.subscriptionActivated, 'issue the first invoice', async (tx, { subject, data }) => {
    await billActivation(tx, { subscriptionId: subject, on: data.on });
  }),
  on(subscriptionsEvents.subscriptionActivated, 'mark the drop as lit', async (tx, { data }) => {
    await lightDrop(tx, { locationId: data.locationId, ontId: null });
  }),
];
