import type { Outcome } from '@gigafibre/outside/outcome';
import type { RefundState as ProviderRefund } from '@gigafibre/outside/payments';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Tx } from '../../../platform/acting.ts';
import { transact } from '../../../platform/transact.ts';
import { minutesFrom } from '../begin-checkout.ts';
import * as store from '../refund-store.ts';
import { openReview } from '../review.ts';
import * as payments from '../store.ts';
import { settleRefund } from './refund-reported.ts';

type Parts = Pick<Env, 'ground' | 'outside' | 'log'>;

/** Providers remember an idempotency key for a day; after this long a person looks instead of the key. */
const KEY_HOURS = 23;
const AGAIN_MINUTES = 10;
const DUE_AT_ONCE_MAX = 50;

/** Leaves a job for each refund whose sending got no answer. */
export async function sendDueRefunds(env: Pick<Env, 'ground' | 'clock'>): Promise<number> {
  return transact(env.ground, { by: SYSTEM }, async (tx) => {
    const due = await store.takeDueRefunds(tx.db, { now: env.clock.now(), limit: DUE_AT_ONCE_MAX });
    for (const { id } of due) await tx.enqueue('payments.send-refund', { refundId: id });
    return due.length;
  });
}

/** Asks the provider to give money back; asked again under the same key when the answer was lost. */
export async function sendRefund(env: Parts, { refundId }: { refundId: string }): Promise<void> {
  const { db } = env.ground;
  const refund = await store.refundById(db, refundId);
  const payment = refund?.payment_id && (await payments.paymentById(db, refund.payment_id));
  if (!refund || refund.state !== 'sending' || !payment || payment.provider_ref === null) return;
  const outcome = await env.outside.payments.refund({
    paymentRef: payment.provider_ref,
    amountCents: refund.amount_cents,
    metadata: { refundId, customerId: refund.customer_id },
    idempotencyKey: refund.idempotency_key,
  });
  await transact(env.ground, { by: SYSTEM }, (tx) => answered(tx, env, { refund, outcome }));
}

async function answered(
  tx: Tx,
  env: Parts,
  { refund, outcome }: { refund: store.RefundRow; outcome: Outcome<ProviderRefund> },
): Promise<void> {
  const vendor = refund.provider ?? '';
  switch (outcome.is) {
    case 'done': {
      const { refundRef, state, failure } = outcome.value;
      await settleRefund(tx, { id: refund.id, vendor, ref: refundRef, state, failure });
      return;
    }
    case 'declined':
      await settleRefund(tx, { id: refund.id, vendor, ref: null, state: 'failed', failure: outcome.code });
      return;
    case 'retry':
    case 'unknown':
    case 'broken':
      env.log.warn(
        { refund: refund.id, outcome: outcome.is, reason: outcome.reason },
        'refund not confirmed',
      );
      await lookLater(tx, refund);
  }
}

async function lookLater(tx: Tx, refund: store.RefundRow): Promise<void> {
  const askedAt = new Date(refund.decided_at ?? refund.asked_at);
  if (tx.now < minutesFrom(askedAt, KEY_HOURS * 60)) {
    await store.updateRefund(tx.db, {
      id: refund.id,
      fields: { look_at: minutesFrom(tx.now, AGAIN_MINUTES) },
    });
    return;
  }
  await openReview(tx, 'refund', {
    vendor: refund.provider ?? '',
    ref: refund.id,
    paymentRef: null,
    customerId: refund.customer_id,
    paymentId: refund.payment_id,
    amountCents: refund.amount_cents,
    currency: 'cad',
  });
}
