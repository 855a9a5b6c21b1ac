import { collectionsEvents, subscriptionsEvents } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import { readCustomer } from '../domains/customers/index.ts';
import { createJob } from '../domains/dispatch/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import { readSubscription } from '../domains/subscriptions/index.ts';
import type { Env } from '../env.ts';
import { on, type Reaction } from './reaction.ts';

/** The ladder cut or ended services: the customer is told, and equipment is fetched; told again when they come back. */
export const onCollectionStepTaken = (env: Env): readonly Reaction[] => [
  on(
    collectionsEvents.stepTaken,
    'say that services are suspended',
    async (tx, { subject, customerId, data }) => {
      if (customerId === null || data.rung !== 'suspension' || data.subscriptionIds.length === 0) return;
      const { name, language } = await readCustomer(tx, customerId);
      await sendMessage(tx, env, {
        template: 'service_suspended',
        to: { customerId },
        variables: {
          name,
          amount: formatCents(data.amountCents, language === 'fr' ? 'fr-CA' : 'en-CA'),
          url: `${env.publicUrl()}/portal/#/invoices`,
        },
        idempotencyKey: `collections:${subject}`,
        channels: ['email', 'sms'],
      });
    },
  ),
  on(
    collectionsEvents.stepTaken,
    'fetch the equipment of ended services',
    async (tx, { customerId, data }) => {
      if (customerId === null || data.rung !== 'termination') return;
      const services = await Promise.all(data.subscriptionIds.map((id) => readSubscription(tx, id)));
      for (const [locationId, ended] of Map.groupBy(services, (one) => one.locationId))
        await createJob(tx, {
          type: 'disconnect',
          customerId,
          locationId,
          subscriptionIds: [],
          notes: ended.map(({ id }) => id).join(', '),
          source: 'collections',
        });
    },
  ),
  on(
    subscriptionsEvents.subscriptionReconnected,
    'say that the service is back',
    async (tx, { id, customerId, data }) => {
      if (customerId === null || data.from !== 'non_payment') return;
      const { name } = await readCustomer(tx, customerId);
      await sendMessage(tx, env, {
        template: 'service_restored',
        to: { customerId },
        variables: { name, url: `${env.publicUrl()}/portal/` },
        idempotencyKey: `reconnected:${id}`,
        channels: ['email', 'sms'],
      });
    },
  ),
];
