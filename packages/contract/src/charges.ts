import { z } from 'zod';
import { itemTaxTreatment, sku } from './catalog.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, line, page, pageInput, typedCents } from './values.ts';

export const chargeState = z.enum(['open', 'invoiced', 'credited', 'cancelled']);

/** Something the next invoice of a customer will carry. A credit is negative. */
export const charge = z.object({
  id: ids.charge,
  customerId: ids.customer,
  locationId: ids.location.nullable(),
  subscriptionId: ids.subscription.nullable(),
  sku,
  kind: z.enum(['recurring', 'one_time']),
  descriptionFr: z.string(),
  descriptionEn: z.string(),
  /** How a part of a cycle was computed. */
  detailFr: z.string().nullable(),
  detailEn: z.string().nullable(),
  /** Days of service it charges, or credits, both included. */
  period: z.object({ from: civilDate, to: civilDate }).nullable(),
  quantity: z.int(),
  unitPriceCents: cents,
  amountCents: cents,
  taxTreatment: itemTaxTreatment,
  /** What caused it: `quote QTN-00012`, `job DJ-00004`, `staff ST-101`. */
  source: z.string(),
  state: chargeState,
  invoiceId: ids.invoice.nullable(),
  /** The note of an account that carries it, instead of an invoice. */
  creditNoteId: ids.creditNote.nullable(),
  addedAt: instant,
});

const chargeStale = ['charges.listCharges', 'billing.previewInvoice', 'views.customer360'];

export const chargesOperations = {
  listCharges: query({
    name: 'charges.listCharges',
    path: '/api/customers/{customerId}/charges',
    summary:
      'Charges of a customer, newest first; those that wait for an invoice unless another state is asked.',
    allow: 'billing.read',
    input: z.object({ ...pageInput, customerId: ids.customer, state: chargeState.default('open') }),
    output: page(charge),
  }),
  addCharge: command({
    name: 'charges.addCharge',
    path: '/api/customers/{customerId}/charges',
    summary:
      'Adds something of the catalog to the next invoice; the price of the day unless another is given.',
    allow: 'billing.write',
    input: z.object({
      customerId: ids.customer,
      locationId: ids.location.nullable().default(null),
      sku,
      quantity: z.int().min(1).max(999).default(1),
      unitPriceCents: typedCents.optional(),
      descriptionFr: line().optional(),
      descriptionEn: line().optional(),
    }),
    output: charge,
    refusals: ['not_found', 'item_not_priced', 'approval_needed'],
  }),
  cancelCharge: command({
    name: 'charges.cancelCharge',
    path: '/api/charges/{id}/cancel',
    summary: 'Withdraws a charge that no invoice carries yet.',
    allow: 'billing.write',
    input: z.object({ id: ids.charge, reason: line() }),
    output: charge,
    refusals: ['not_found', 'not_in_this_state', 'charge_of_service'],
  }),
};

export const chargesEvents = {
  chargeAdded: event({
    type: 'charge.added',
    subject: 'charge',
    data: z.object({ sku, amountCents: cents, source: z.string() }),
    seenWith: 'billing.read',
    stale: chargeStale,
  }),
  chargeCancelled: event({
    type: 'charge.cancelled',
    subject: 'charge',
    data: z.object({ reason: z.string() }),
    seenWith: 'billing.read',
    stale: chargeStale,
  }),
};
