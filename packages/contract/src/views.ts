import { z } from 'zod';
import { customer } from './customers.ts';
import { invoiceRow } from './billing.ts';
import { jobRow } from './dispatch-values.ts';
import { query } from './operation.ts';
import { payment } from './payments.ts';
import { equipment } from './stock.ts';
import { subscription } from './subscriptions.ts';
import { cents, civilDate, ids, instant } from './values.ts';

/** One thing that happened to a customer, for the timeline; `kind` is the event's type, the rest is for the link. */
export const happening = z.object({
  id: z.string(),
  at: instant,
  kind: z.string(),
  subject: z.string(),
  subjectKind: z.string(),
  by: z.string().nullable(),
});

/** A service location as the customer's page shows it. */
const place = z.object({ id: ids.location, address: z.string(), accessNotes: z.string() });
const quoteShort = z.object({ id: ids.quote, status: z.string(), createdAt: instant });

export const viewsOperations = {
  customer360: query({
    name: 'views.customer360',
    path: '/api/customers/{id}/360',
    summary: 'Everything an agent needs on one page: who, where, what, what is owed, what happened.',
    allow: 'clients.read',
    input: z.object({ id: ids.customer }),
    output: z.object({
      customer,
      /** What the customer owes; negative when the company owes them. */
      balanceCents: cents,
      overdueCents: cents,
      /** Due date of the oldest unpaid invoice that is past due. */
      oldestOverdueOn: civilDate.nullable(),
      subscriptions: z.array(subscription.omit({ items: true })),
      invoices: z.array(invoiceRow),
      payments: z.array(
        payment.pick({ id: true, method: true, amountCents: true, receivedAt: true, reference: true }),
      ),
      jobs: z.array(
        jobRow.pick({
          id: true,
          type: true,
          status: true,
          startsAt: true,
          technicianId: true,
          window: true,
          createdAt: true,
        }),
      ),
      equipment: z.array(
        equipment.pick({
          id: true,
          kind: true,
          maker: true,
          model: true,
          serial: true,
          mac: true,
          status: true,
          locationId: true,
        }),
      ),
      locations: z.array(place),
      quotes: z.array(quoteShort),
      timeline: z.array(happening),
    }),
    refusals: ['not_found'],
  }),
  dashboard: query({
    name: 'views.dashboard',
    path: '/api/dashboard',
    summary:
      'The company today: services, money, work. Every figure is counted from the records at this moment.',
    allow: 'reports.read',
    input: z.object({}),
    output: z.object({
      asOf: instant,
      customers: z.object({ active: z.int(), prospects: z.int() }),
      services: z.object({
        active: z.int(),
        pending: z.int(),
        activatedThisMonth: z.int(),
        monthlyCents: cents,
      }),
      money: z.object({
        receivableCents: cents,
        overdueCents: cents,
        overdueInvoices: z.int(),
        invoicedThisMonthCents: cents,
        receivedThisMonthCents: cents,
      }),
      work: z.object({ today: z.int(), doneToday: z.int(), unscheduled: z.int() }),
      sales: z.object({ openQuotes: z.int(), acceptedThisMonth: z.int() }),
      /** Activations and money received, the last twelve months, oldest first. */
      months: z.array(
        z.object({ month: z.string(), activated: z.int(), receivedCents: cents, invoicedCents: cents }),
      ),
    }),
  }),
};
