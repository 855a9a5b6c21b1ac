import { paymentsEvents } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import { SYSTEM } from '../../platform/acting.ts';
import { transact } from '../../platform/transact.ts';
import * as store from './store.ts';

/**
 * Asks the provider which card paid, for the receipt. Not to know is harmless: what is refused or wrong is let
 * be; what was not answered fails the job, which is tried again later.
 */
export async function describePayment(
  env: Pick<Env, 'ground' | 'outside' | 'log'>,
  { paymentId, paymentRef }: { paymentId: string; paymentRef: string },
): Promise<void> {
  const outcome = await env.outside.payments.getPaymentIntent(paymentRef);
  if (outcome.is === 'retry' || outcome.is === 'unknown')
    throw new Error(`${paymentId}: card not read, ${outcome.reason}`);
  if (outcome.is !== 'done') {
    env.log.warn({ paymentId, outcome: outcome.is }, 'card of a payment could not be read');
    return;
  }
  const { brand = null, last4 = null } = outcome.value.method ?? {};
  if (brand === null && last4 === null) return;
  await transact(env.ground, { by: SYSTEM }, async (tx) => {
    const described = await store.describePayment(tx.db, { id: paymentId, brand, last4 });
    if (described)
      await tx.tell(paymentsEvents.paymentDetailed, {
        subject: paymentId,
        customerId: described.customer_id,
        data: { brand, last4 },
      });
  });
}
