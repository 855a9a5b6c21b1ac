import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { session } from './staff.ts';
import { ids, instant, language, line } from './values.ts';

const portalToken = z.string().min(20).max(2_000);

export const portalOperations = {
  requestPortalLink: command({
    name: 'portal.requestLink',
    path: '/portal/request-link',
    summary:
      'Sends a sign-in link to the e-mail and phone on file. The answer never tells whether the identifier exists.',
    allow: 'public',
    input: z.object({ identifier: line(254) }),
    output: z.object({ hint: z.string() }),
    refusals: ['too_many_requests'],
  }),
  openPortalLink: command({
    name: 'portal.openLink',
    path: '/api/portal/open-link',
    summary:
      'Opens a customer session with a link. When the identifier matched several customers, gives the choice instead.',
    allow: 'public',
    input: z.object({ token: portalToken, customerId: ids.customer.optional() }),
    output: z.object({
      session: session.nullable(),
      choices: z.array(z.object({ customerId: ids.customer, name: z.string() })),
    }),
    refusals: ['link_not_valid', 'too_many_requests'],
  }),
  openAsCustomer: command({
    name: 'portal.openAsCustomer',
    path: '/api/customers/{id}/open-portal',
    summary: 'Opens the portal as a customer, to see what they see; the session says on whose behalf.',
    allow: 'portal.impersonate',
    input: z.object({ id: ids.customer }),
    output: z.object({ url: z.string() }),
    refusals: ['not_found'],
  }),
  readMe: query({
    name: 'portal.readMe',
    path: '/api/me',
    summary: 'The customer themself.',
    allow: 'portal.self',
    input: z.object({}),
    output: z.object({
      id: ids.customer,
      name: z.string(),
      language,
      emailId: z.string().nullable(),
      emailBilling: z.string().nullable(),
      cellPhone: z.string().nullable(),
      telHome: z.string().nullable(),
      since: instant,
    }),
  }),
};

export const portalEvents = {
  portalOpened: event({
    type: 'portal.opened',
    subject: 'customer',
    data: z.object({ by: z.string() }),
    seenWith: 'clients.read',
    stale: ['views.customer360'],
  }),
};
