import { salesRoutes } from './domains/sales/index.ts';
import { collectionsRoutes, judgeDebt } from './domains/collections/index.ts';
import { paymentsRoutes, processingCents } from './domains/payments/index.ts';
import { dispatchRoutes, fieldRoutes } from './domains/dispatch/index.ts';
import { visionRoutes } from './doors/vision/routes.ts';
import { billingRoutes, runsRoutes } from './domains/billing/index.ts';
import { changesRoutes, subscriptionsRoutes } from './domains/subscriptions/index.ts';
import { chargesRoutes } from './domains/charges/index.ts';
import { networkRoutes } from './domains/network/index.ts';
import { plantRoutes } from './domains/plant/index.ts';
import { stockRoutes } from './domains/stock/index.ts';
import { purchasesRoutes } from './domains/purchases/index.ts';
import { ledgerRoutes } from './domains/ledger/index.ts';
import { catalogRoutes } from './domains/catalog/index.ts';
import { customersRoutes } from './domains/customers/index.ts';
import { messageFate, messagesRoutes } from './domains/messages/index.ts';
import { staffRoutes } from './domains/staff/index.ts';
import { portalRoutes } from './doors/portal-sign-in/index.ts';
import type { Env } from './env.ts';
import type { Route } from './platform/http/route.ts';
import { viewsRoutes } from './views/routes.ts';

/** Every operation with what carries it out. */
export const allRoutes = (env: Env): Route[] => [
  ...staffRoutes(env),
  ...customersRoutes(),
  ...stockRoutes(),
  ...networkRoutes(env),
  ...dispatchRoutes(env),
  ...fieldRoutes(env),
  ...visionRoutes(env),
  ...ledgerRoutes(),
  ...purchasesRoutes(),
  ...chargesRoutes(),
  ...subscriptionsRoutes(env),
  ...changesRoutes(judgeDebt(messageFate)),
  ...billingRoutes(env, processingCents),
  ...runsRoutes(),
  ...paymentsRoutes(env),
  ...collectionsRoutes(messageFate),
  ...catalogRoutes(),
  ...plantRoutes(),
  ...salesRoutes(env),
  ...messagesRoutes(),
  ...portalRoutes(env),
  ...viewsRoutes(),
];
