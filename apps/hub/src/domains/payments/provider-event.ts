import { cents, instant } from '@gigafibre/contract';
import type { ProviderEvent } from '@gigafibre/outside/payments';
import { z } from 'zod';
import type { Tx } from '../../platform/acting.ts';
import { receive, settleInbox, takeFromInbox } from '../../platform/inbox/inbox.ts';
import { caseReported, type CaseTold } from './case-reported.ts';
import { debitFailed, debitSent } from './debits/debit-failed.ts';
import { mandateChanged, methodGone } from './methods/keep-method.ts';
import { moveCheckout, settleTaken } from './settle-checkout.ts';

/** A provider's event as the inbox keeps it: our reading of it, and the original for the record. */
const kept = z.object({
  event: z.object({
    id: z.string(),
    type: z.string(),
    createdAt: instant.transform((at) => new Date(at)),
    kind: z.enum([
      'payment_succeeded',
      'payment_failed',
      'payment_processing',
      'checkout_expired',
      'refund',
      'dispute',
      'method_saved',
      'method_gone',
      'mandate_changed',
      'payout',
      'ignored',
    ]),
    amountCents: cents.nullable(),
    currency: z.string().nullable(),
    providerPaymentRef: z.string().nullable(),
    checkoutRef: z.string().nullable(),
    customerRef: z.string().nullable(),
    payBy: z.string().nullable().default(null),
    caseRef: z.string().nullable(),
    caseState: z.string().nullable().default(null),
    caseReason: z.string().nullable().default(null),
    caseDueBy: instant.nullable().default(null),
    caseFunds: z.enum(['withdrawn', 'reinstated']).nullable().default(null),
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    metadata: z.record(z.string(), z.string()),
  }),
});
type KeptEvent = z.output<typeof kept>['event'];

/** Keeps a verified event and leaves a job to act on it, before the provider is told that we have it. */
export const keepProviderEvent = (
  tx: Tx,
  vendor: string,
  { raw, ...event }: ProviderEvent,
): Promise<boolean> =>
  receive(
    tx,
    { vendor, vendorId: event.id, kind: event.type, payload: { event, raw } },
    'payments.act-on-provider-event',
  );

/** Acts on a kept event, once; what was done stands beside it in the inbox. */
export async function actOnProviderEvent(tx: Tx, key: { vendor: string; vendorId: string }): Promise<void> {
  const message = await takeFromInbox(tx, key);
  if (!message) return;
  const { event } = kept.parse(message.payload);
  await settleInbox(tx, key, await act(tx, key.vendor, event));
}

/** Kinds about a thing of the provider that is not a payment: without its reference nothing can be done. */
const OF_A_CASE: ReadonlySet<KeptEvent['kind']> = new Set([
  'refund',
  'dispute',
  'method_saved',
  'method_gone',
  'mandate_changed',
]);

async function act(tx: Tx, vendor: string, event: KeptEvent): Promise<string> {
  const which = { vendor, checkoutId: event.metadata['checkoutId'] ?? null, session: event.checkoutRef };
  // Asked again it would say no more: kept in the inbox, with the reason.
  if (OF_A_CASE.has(event.kind) && event.caseRef === null) return 'without a reference of its own';
  const debitId = event.metadata['debitId'] ?? null;
  switch (event.kind) {
    case 'payment_succeeded':
      return settleTaken(tx, {
        ...which,
        // Present on every event of this kind: the adapter believes no other.
        paymentRef: required(event.providerPaymentRef, event),
        amountCents: required(event.amountCents, event),
        currency: required(event.currency, event),
        customerRef: event.customerRef,
        debitId: event.metadata['debitId'] ?? null,
        payBy: event.payBy,
        at: event.createdAt,
      });
    case 'payment_processing':
      if (debitId !== null) return debitSent(tx, { id: debitId, providerRef: event.providerPaymentRef });
      return moveCheckout(tx, which, { state: 'processing' });
    case 'checkout_expired':
      return moveCheckout(tx, which, { state: 'expired' });
    case 'payment_failed':
      if (debitId !== null)
        return debitFailed(tx, {
          id: debitId,
          code: event.failure?.code ?? 'generic_decline',
          providerRef: event.providerPaymentRef,
        });
      // A declined card leaves the page open for another; only the session's own event ends it.
      return event.checkoutRef === null
        ? `attempt failed: ${event.failure?.code ?? 'no reason given'}`
        : moveCheckout(tx, which, { state: 'failed', failure: event.failure?.code ?? null });
    case 'refund':
    case 'dispute':
      return caseReported(tx, caseIn(vendor, event, event.kind));
    case 'method_saved':
      await tx.enqueue('payments.keep-method', { setupRef: required(event.caseRef, event) });
      return 'to be read';
    case 'method_gone':
      return methodGone(tx, { vendor, ref: required(event.caseRef, event) });
    case 'mandate_changed':
      return mandateChanged(tx, { vendor, ref: required(event.caseRef, event), state: event.caseState });
    case 'payout':
      await tx.enqueue('payments.fetch-payouts', {});
      return 'payouts to be read';
    case 'ignored':
      return 'ignored';
  }
}

/** A refund or a dispute; without its own reference it is nothing that could be written. */
const caseIn = (vendor: string, event: KeptEvent, kind: 'refund' | 'dispute'): CaseTold => ({
  eventRef: event.id,
  kind,
  vendor,
  ref: required(event.caseRef, event),
  state: event.caseState,
  paymentRef: event.providerPaymentRef,
  amountCents: event.amountCents ?? 0n,
  currency: event.currency ?? 'cad',
  refundId: event.metadata['refundId'] ?? null,
  failure: event.failure?.code ?? null,
  reason: event.caseReason,
  dueBy: event.caseDueBy,
  funds: event.caseFunds,
});

function required<T>(value: T | null, event: KeptEvent): T {
  if (value === null) throw new Error(`${event.type} ${event.id} came without what moves money`);
  return value;
}
