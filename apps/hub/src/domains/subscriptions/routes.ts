import { subscriptionsOperations as op } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { customerSelf } from '../customers/index.ts';
import { activateSubscription } from './activate-subscription.ts';
import { cancelSubscription } from './cancel-subscription.ts';
import { listActivationTroubles } from './list-activation-troubles.ts';
import {
  listDrift,
  listSubscriptions,
  readSubscriptionInFull,
  shown,
  subscriptionsOf,
  withAddress,
} from './read-subscription.ts';
import { revealAccess } from './reveal-access.ts';

export const subscriptionsRoutes = (env: Env): Route[] => [
  answers(op.listSubscriptions, async (reading, input) => {
    const { rows, next } = await listSubscriptions(reading, input);
    return { rows: await withAddress(reading, rows), next };
  }),
  answers(op.readSubscription, (reading, { id }) => readSubscriptionInFull(reading, id)),
  answers(op.listDrift, (reading, input) => listDrift(reading, input)),
  answers(op.listActivationTroubles, (reading, input) => listActivationTroubles(reading, input)),
  carriesOut(op.activateSubscription, async (tx, input) =>
    shown(tx, await activateSubscription(tx, env, input)),
  ),
  carriesOut(op.cancelSubscription, async (tx, input) => shown(tx, await cancelSubscription(tx, input))),
  carriesOut(op.revealAccess, (tx, input) => revealAccess(tx, input)),
  answers(op.listMyServices, async (reading) => ({
    services: await withAddress(reading, await subscriptionsOf(reading, customerSelf(reading))),
  })),
];
