import { subscriptionsEvents } from '@gigafibre/contract';
import { billActivation } from '../domains/billing/index.ts';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import { lightDrop } from '../domains/plant/index.ts';
import type { Env } from '../env.ts';
import { on, type Reaction } from './reaction.ts';

/** A service has started: the customer is welcomed, the first invoice is issued, and the drop reserved for it carries light. */
export const onSubscriptionActivated = (env: Env): readonly Reaction[] => [
  on(subscriptionsEvents.subscriptionActivated, 'issue the first invoice', async (tx, { subject }) => {
    await billActivation(tx, { subscriptionId: subject });
  }),
  on(subscriptionsEvents.subscriptionActivated, 'mark the drop as lit', async (tx, { data }) => {
    await lightDrop(tx, { locationId: data.locationId, ontId: null });
  }),
  on(
    subscriptionsEvents.subscriptionActivated,
    'welcome the customer',
    async (tx, { subject, customerId, data }) => {
      if (customerId === null) return;
      const { name, language } = await readCustomer(tx, customerId);
      const plan = language === 'fr' ? data.nameFr : data.nameEn;
      await sendMessage(tx, env, {
        template: 'welcome',
        to: { customerId },
        variables: { name, plan, url: `${env.publicUrl()}/portal/` },
        idempotencyKey: `welcome:${subject}`,
        channels: ['email', 'sms'],
      });
    },
  ),
];
