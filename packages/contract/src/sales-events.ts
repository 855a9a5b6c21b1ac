import { z } from 'zod';
import { event } from './event.ts';
import { ids } from './values.ts';

/** The screens that show a quote. */
const lists = ['sales.listQuotes', 'sales.readQuote', 'views.customer360'] as const;

export const salesEvents = {
  quoteCreated: event({
    type: 'quote.created',
    subject: 'quote',
    data: z.object({ version: z.int() }),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteRevised: event({
    type: 'quote.revised',
    subject: 'quote',
    data: z.object({ version: z.int() }),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteSent: event({
    type: 'quote.sent',
    subject: 'quote',
    data: z.object({ version: z.int(), channels: z.array(z.enum(['email', 'sms'])) }),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteDeclined: event({
    type: 'quote.declined',
    subject: 'quote',
    data: z.object({ reason: z.string() }),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteExpired: event({
    type: 'quote.expired',
    subject: 'quote',
    data: z.object({}),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteAccepted: event({
    type: 'quote.accepted',
    subject: 'quote',
    data: z.object({
      version: z.int(),
      locationId: ids.location,
      subscriptionId: ids.subscription.nullable(),
      jobId: ids.job.nullable(),
      portReserved: z.boolean(),
    }),
    seenWith: 'sales.read',
    customerSees: true,
    stale: [...lists, 'plant.listLocations', 'sales.listMyContracts'],
  }),
  contractSealed: event({
    type: 'contract.sealed',
    subject: 'quote',
    data: z.object({ sha256: z.string() }),
    seenWith: 'sales.read',
    customerSees: true,
    stale: ['sales.readQuote', 'sales.listMyContracts'],
  }),
  leadCreated: event({
    type: 'lead.created',
    subject: 'lead',
    data: z.object({ address: z.string() }),
    seenWith: 'sales.read',
    stale: ['sales.listLeads'],
  }),
};
