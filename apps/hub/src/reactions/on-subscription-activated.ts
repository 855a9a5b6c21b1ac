import { subscriptionsEvents } from '@gigafibre/contract';
import { billActivation } from '../domains/billing/index.ts';
import { on, type Reaction } from './reaction.ts';

/** A service has started: its first invoice is issued. */
export const onSubscriptionActivated = (): readonly Reaction[] => [
  on(subscriptionsEvents.subscriptionActivated, 'issue the first invoice', async (tx, { subject, data }) => {
    await billActivation(tx, { subscriptionId: subject, on: data.on });
  }),
];
