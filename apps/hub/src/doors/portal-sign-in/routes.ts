import { portalOperations as op } from '@gigafibre/contract';
import { readCustomer } from '../../domains/customers/index.ts';
import type { Env } from '../../env.ts';
import { secretToken } from '../../platform/chance.ts';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { portalLink } from './mail-link.ts';
import { openPortalLink } from './open-link.ts';
import { requestPortalLink } from './request-link.ts';

export const portalRoutes = (env: Env): Route[] => [
  carriesOut(op.requestPortalLink, (tx, { identifier }, { address }) =>
    requestPortalLink(tx, { identifier, address }),
  ),
  carriesOut(op.openPortalLink, (tx, { token, customerId }, visit) =>
    openPortalLink(tx, env, { token, customerId, visit }),
  ),
  carriesOut(op.openAsCustomer, async (tx, { id }) => {
    const customer = await readCustomer(tx, id);
    return {
      url: await portalLink(env, {
        customerIds: [customer.id],
        now: tx.now,
        id: secretToken(),
        onBehalfOf: tx.by.id ?? tx.by.kind,
      }),
    };
  }),
  answers(op.readMe, async (reading) => {
    const { id, name, language, emailId, emailBilling, cellPhone, telHome, createdAt } = await readCustomer(
      reading,
      reading.by.id ?? '',
    );
    return { id, name, language, emailId, emailBilling, cellPhone, telHome, since: createdAt };
  }),
];
