import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import { formatCents, roundCash } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import { secretToken } from '../../../platform/chance.ts';
import { readApprovalLimits } from '../../charges/index.ts';
import { OWN_BANK } from '../bank/bank-account.ts';
import { openChargebackOf } from '../chargeback-store.ts';
import * as store from '../refund-store.ts';
import { leftOf, lockPayment, release, withdraw } from '../withdraw.ts';
import { readRefund } from './read-refunds.ts';
import { moveRefund, type Refund } from './refund.ts';

type Asking = ParsedOf<typeof paymentsOperations.refundPayment>;
type Locked = NonNullable<Awaited<ReturnType<typeof lockPayment>>>;

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
  const id = await store.newRefundId(tx.db);
  await store.insertRefund(tx.db, {
    id,
    payment_id: payment.id,
    customer_id: payment.customer_id,
    amount_cents: amountCents,
    destination: asked.destination,
    state: 'awaiting_approval',
    reason: asked.reason,
    note: asked.note,
    reference: asked.reference,
    provider: asked.destination === 'method' ? payment.provider : null,
    idempotency_key: `refund-${id}-${secretToken()}`,
    asked_at: tx.now,
    asked_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    asked_by_id: tx.by.id,
    moved_at: tx.now,
  });
  const { refundCents: limitCents } = await readApprovalLimits(tx);
  const alone = amountCents <= limitCents || tx.by.capabilities.has('billing.refund_large');
  if (alone) await carryOut(tx, id);
  else await moveRefund(tx, id, { state: 'awaiting_approval' });
  return readRefund(tx, id);
}

/** Carries out a refund nothing stands against any more: checked again, for what came between. */
export async function carryOut(tx: Tx, id: string): Promise<void> {
  const refund = await store.refundById(tx.db, id);
  const payment = refund && (await lockPayment(tx, refund.payment_id));
  if (!refund || !payment) throw new Error(`no refund ${id}`);
  const { amount_cents: amountCents, destination } = refund;
  await refuseRefund(tx, payment, { amountCents, destination: destination as Asking['destination'] });
  const moved = { paymentId: payment.id, sourceId: id, amountCents, on: civilDateOf(tx.now) };
  if (destination === 'credit') {
    await release(tx, moved);
    return moveRefund(tx, id, { state: 'succeeded' });
  }
  if (destination === 'method') {
    await withdraw(tx, { ...moved, kind: 'refund' });
    await tx.enqueue('payments.send-refund', { refundId: id });
    return moveRefund(tx, id, { state: 'sending' });
  }
  const roundingCents = destination === 'cash' ? roundCash(amountCents).differenceCents : 0n;
  await withdraw(tx, { ...moved, kind: 'refund', from: '1010', roundingCents });
  return moveRefund(tx, id, { state: 'succeeded' });
}

/** What can be given back: to the account only what is on invoices, for the rest is a credit already. */
const refundableOf = (payment: Locked, destination: Asking['destination']): bigint =>
  destination === 'credit' ? leftOf(payment) - payment.credit_cents : leftOf(payment);

async function refuseRefund(
  tx: Tx,
  payment: Locked,
  { amountCents, destination }: Pick<Asking, 'destination'> & { amountCents: bigint },
): Promise<void> {
  // The company's own bank takes debits and gives nothing back.
  if (destination === 'method' && (payment.provider === null || payment.provider === OWN_BANK))
    throw new Refusal('refund_by_hand_only');
  if (await openChargebackOf(tx.db, payment.id)) throw new Refusal('payment_disputed');
  const leftCents = refundableOf(payment, destination);
  if (amountCents > leftCents || leftCents <= 0n)
    throw new Refusal('refund_too_large', {
      left: formatCents(leftCents, tx.by.language === 'fr' ? 'fr-CA' : 'en-CA'),
    });
  if (amountCents <= 0n) throw new Refusal('amount_not_valid');
}
