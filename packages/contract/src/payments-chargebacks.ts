import { z } from 'zod';
import { event } from './event.ts';
import { query } from './operation.ts';
import { cents, civilDate, ids, instant, page, pageInput } from './values.ts';

/** `closed`: an inquiry that ended without a chargeback. */
export const chargebackState = z.enum(['needs_response', 'under_review', 'won', 'lost', 'closed']);
export const chargeback = z.object({
  id: ids.chargeback,
  paymentId: ids.payment,
  customerId: ids.customer,
  customerName: z.string(),
  amountCents: cents,
  /** The bank’s word: `fraudulent`, `product_not_received`… */
  reason: z.string(),
  state: chargebackState,
  /** What the provider took of it and has not given back. */
  withdrawnCents: cents,
  provider: z.string(),
  providerRef: z.string(),
  /** Until when evidence is taken. */
  dueBy: instant.nullable(),
  openedAt: instant,
});
/** A document or record that speaks for us. */
export const chargebackEvidence = z.object({
  kind: z.enum(['payment', 'contract', 'invoice', 'visit', 'usage', 'message']),
  id: z.string(),
  titleFr: z.string(),
  titleEn: z.string(),
  on: civilDate,
  /** Address of the document, when there is one to download. */
  path: z.string().nullable(),
});

export const chargebacksOperations = {
  listChargebacks: query({
    name: 'payments.listChargebacks',
    path: '/api/chargebacks',
    summary: 'Payments contested with the bank, newest first; of one customer, or in one state.',
    allow: 'billing.read',
    input: z.object({ ...pageInput, customerId: ids.customer.optional(), state: chargebackState.optional() }),
    output: page(chargeback),
  }),
  readChargeback: query({
    name: 'payments.readChargeback',
    path: '/api/chargebacks/{id}',
    summary: 'One chargeback: why, where its money is, until when to answer.',
    allow: 'billing.read',
    input: z.object({ id: ids.chargeback }),
    output: chargeback,
    refusals: ['not_found'],
  }),
  listChargebackEvidence: query({
    name: 'payments.listChargebackEvidence',
    path: '/api/chargebacks/{id}/evidence',
    summary: 'What speaks for us in a chargeback: contract, invoices, visits, usage, messages.',
    allow: 'billing.read',
    input: z.object({ id: ids.chargeback }),
    output: z.object({ rows: z.array(chargebackEvidence) }),
    refusals: ['not_found'],
  }),
};

export const chargebacksEvents = {
  chargebackMoved: event({
    type: 'chargeback.moved',
    subject: 'chargeback',
    data: z.object({
      state: chargebackState,
      amountCents: cents,
      paymentId: ids.payment,
      reason: z.string(),
    }),
    seenWith: 'billing.read',
    stale: [
      'payments.listChargebacks',
      'payments.readChargeback',
      'payments.listPayments',
      'payments.readPayment',
      'views.customer360',
    ],
  }),
};
