import { z } from 'zod';
import { event } from './event.ts';
import { query } from './operation.ts';
import { cents, civilDate, ids, instant } from './values.ts';

export const payout = z.object({
  provider: z.string(),
  providerRef: z.string(),
  state: z.enum(['pending', 'in_transit', 'paid', 'failed', 'canceled']),
  /** What reaches the bank: gross less fees. */
  amountCents: cents,
  grossCents: cents,
  feeCents: cents,
  arrivesOn: civilDate,
  /** All of it read, agreeing with itself, and put in the books. */
  posted: z.boolean(),
  /** It was, then it failed: the money is with the provider again and the bank without it. */
  reversed: z.boolean(),
  unexplained: z.int(),
});
export const unexplainedMovement = z.object({
  provider: z.string(),
  providerRef: z.string(),
  payoutRef: z.string(),
  /** The provider’s word: `charge`, `refund`, `adjustment`… */
  type: z.string(),
  sourceRef: z.string().nullable(),
  amountCents: cents,
  feeCents: cents,
  currency: z.string(),
  at: instant,
});

export const reconciliationOperations = {
  readReconciliation: query({
    name: 'payments.readReconciliation',
    path: '/payments/reconciliation',
    summary:
      'The provider’s transfers against the books: fees, what nothing explains, what is still to come.',
    allow: 'billing.read',
    input: z.object({ from: civilDate.optional(), to: civilDate.optional() }),
    output: z.object({
      /** Newest first, at most 200. */
      payouts: z.array(payout),
      /** Movements that nothing in the books explains, newest first, at most 200. */
      unexplained: z.array(unexplainedMovement),
      /** Payments the provider took over a week ago that no transfer brought, oldest first, at most 200. */
      awaited: z.array(z.object({ paymentId: ids.payment, amountCents: cents, receivedOn: civilDate })),
      /** What the books say is with the provider: cards and others, and debits. */
      clearingCents: z.object({ cards: cents, debits: cents }),
    }),
  }),
};

export const reconciliationEvents = {
  payoutPosted: event({
    type: 'payout.posted',
    subject: 'payout',
    data: z.object({ amountCents: cents, feeCents: cents, unexplained: z.int() }),
    seenWith: 'billing.read',
    stale: ['payments.readReconciliation'],
  }),
};
