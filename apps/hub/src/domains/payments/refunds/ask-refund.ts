import { Refusal, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { secretToken } from '../../../platform/chance.ts';
import { noteCreditOf } from '../../billing/index.ts';
import { readApprovalLimits } from '../../charges/index.ts';
import { readCustomer } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import { OWN_BANK } from '../bank/bank-account.ts';
import { minutesFrom } from '../begin-checkout.ts';
import * as store from '../refund-store.ts';
import { refuseBeyondCredit } from '../withdraw-credit.ts';
import { lockPayment } from '../withdraw.ts';
import { carryOut, refundableOf, refuseRefund } from './carry-out.ts';
import { readRefund } from './read-refunds.ts';
import { moveRefund, type Refund } from './refund.ts';

type Asking = ParsedOf<typeof paymentsOperations.refundPayment>;
type AskingCredit = ParsedOf<typeof paymentsOperations.refundCredit>;

/**
 * Gives a payment back, whole or in part. The money leaves the customer's account at once, whatever becomes of it
 * at the bank, so that two refunds at once never give more than came. Above the limit it waits for approval and
 * nothing moves yet. Refused for nothing or less, for more than is left, for a payment under chargeback, and to its
 * method when no provider took it.
 */
export async function refundPayment(tx: Tx, asked: Asking): Promise<Refund> {
  const payment = await lockPayment(tx, asked.paymentId);
  if (!payment) throw new Refusal('not_found', { what: asked.paymentId });
  const amountCents = asked.amountCents ?? refundableOf(payment, asked.destination);
  await refuseRefund(tx, payment, { ...asked, amountCents });
  return begin(tx, {
    ...asked,
    customerId: payment.customer_id,
    amountCents,
    provider: asked.destination === 'method' ? payment.provider : null,
  });
}

/**
 * Pays out a credit that came with no payment, what credit notes left, whole or in part. To a method it is a refund of
 * the newest payment that has as much left: what that had settled, the credit settles. By hand it leaves the notes.
 * Refused for nothing or less, for more than they have left, and to a method when no payment can give it back.
 */
export async function refundCredit(tx: Tx, asked: AskingCredit): Promise<Refund> {
  const { customerId, destination } = asked;
  await readCustomer(tx, customerId);
  await lockAccount(tx, customerId);
  const amountCents = asked.amountCents ?? (await noteCreditOf(tx, customerId));
  await refuseBeyondCredit(tx, { customerId, amountCents });
  if (destination !== 'method') return begin(tx, { ...asked, paymentId: null, amountCents, provider: null });
  const payment = await store.refundablePayment(tx.db, { customerId, amountCents, except: OWN_BANK });
  if (!payment) throw new Refusal('refund_no_method');
  return refundPayment(tx, { ...asked, paymentId: payment.id, amountCents, destination });
}

type Beginning = Readonly<{ paymentId: string | null; customerId: string; provider: string | null }> &
  Pick<Refund, 'amountCents' | 'destination' | 'reason' | 'note' | 'reference'>;

const MINUTES_OF_A_DAY = 1_440;
/** Refunds somebody gave one customer in so many days are one decision, however they are cut. */
const WEIGHED_DAYS = 30;

/** Cents the limit weighs besides: given of the same payment already, and to the same customer of late by who asks. */
const givenBefore = (
  tx: Tx,
  { id, customerId, paymentId }: Pick<Beginning, 'customerId' | 'paymentId'> & { id: string },
): Promise<bigint> =>
  store.givenBefore(tx.db, {
    id,
    customerId,
    paymentId,
    by: tx.by.id,
    since: minutesFrom(tx.now, -WEIGHED_DAYS * MINUTES_OF_A_DAY),
  });

/** Writes a refund that nothing stands against, and carries it out unless somebody else must approve. */
async function begin(tx: Tx, asked: Beginning): Promise<Refund> {
  const { amountCents } = asked;
  const id = await store.newRefundId(tx.db);
  await store.insertRefund(tx.db, {
    id,
    payment_id: asked.paymentId,
    customer_id: asked.customerId,
    amount_cents: amountCents,
    destination: asked.destination,
    state: 'awaiting_approval',
    reason: asked.reason,
    note: asked.note,
    reference: asked.reference,
    provider: asked.provider,
    idempotency_key: `refund-${id}-${secretToken()}`,
    asked_at: tx.now,
    asked_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    asked_by_id: tx.by.id,
    moved_at: tx.now,
  });
  const { refundCents: limitCents } = await readApprovalLimits(tx);
  const weighedCents = amountCents + (await givenBefore(tx, { id, ...asked }));
  const alone = weighedCents <= limitCents || tx.by.capabilities.has('billing.refund_large');
  if (alone) await carryOut(tx, id);
  else await moveRefund(tx, id, { state: 'awaiting_approval' });
  return readRefund(tx, id);
}
