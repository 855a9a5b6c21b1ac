import { cents, instant } from '@gigafibre/contract';
import { z } from 'zod';
import type { Tx } from '../../platform/acting.ts';
import { json, lockFor } from '../../platform/transact.ts';
import { chargebackReported } from './chargebacks/chargeback-reported.ts';
import * as store from './early-words-store.ts';
import { refundReported } from './refunds/refund-reported.ts';
import { paymentByProviderRef } from './store.ts';

const caseTold = z.object({
  eventRef: z.string(),
  kind: z.enum(['refund', 'dispute']),
  vendor: z.string(),
  /** The refund or the dispute in the provider's words. */
  ref: z.string(),
  state: z.string().nullable(),
  paymentRef: z.string().nullable(),
  amountCents: cents,
  currency: z.string(),
  refundId: z.string().nullable(),
  failure: z.string().nullable(),
  reason: z.string().nullable(),
  dueBy: instant.nullable(),
  funds: z.enum(['withdrawn', 'reinstated']).nullable(),
});
/** A refund or a dispute as one event of the provider tells it. */
export type CaseTold = z.output<typeof caseTold>;
type Payment = Readonly<{ vendor: string; paymentRef: string }>;

/** Makes whoever writes of one payment of a provider, here or not here yet, wait for each other. Taken first. */
export const lockPaymentRef = (tx: Tx, { vendor, paymentRef }: Payment): Promise<unknown> =>
  lockFor(tx, `payment of ${vendor} ${paymentRef}`);

/**
 * Acts on a refund or a dispute. Of a payment that is not here, a person is told, and the word is kept: webhooks
 * keep no order, and once the payment comes it is heard as if it had come after.
 */
export async function caseReported(tx: Tx, told: CaseTold): Promise<string> {
  const { vendor, paymentRef } = told;
  if (paymentRef !== null) {
    await lockPaymentRef(tx, { vendor, paymentRef });
    if (!(await paymentByProviderRef(tx.db, { provider: vendor, ref: paymentRef })))
      await store.keepEarlyWord(tx.db, {
        provider: vendor,
        event_ref: told.eventRef,
        payment_ref: paymentRef,
        told: json(caseTold.encode(told)),
        at: tx.now,
      });
  }
  return act(tx, told);
}

/** Hears again what was told of a payment before it was here; the reviews that waited for it are settled. */
export async function hearEarlyWords(tx: Tx, { vendor: provider, paymentRef }: Payment): Promise<void> {
  const words = await store.takeEarlyWords(tx.db, { provider, paymentRef });
  if (words.length === 0) return;
  await store.resolveWaiting(tx.db, {
    provider,
    paymentRef,
    resolution: 'Le paiement est arrivé ensuite.',
    resolved_by: tx.by.name ?? tx.by.kind,
    resolved_at: tx.now,
  });
  for (const word of words) await act(tx, caseTold.parse(word));
}

const act = (tx: Tx, told: CaseTold): Promise<string> =>
  told.kind === 'refund'
    ? refundReported(tx, told)
    : chargebackReported(tx, { ...told, dueBy: told.dueBy === null ? null : new Date(told.dueBy) });
