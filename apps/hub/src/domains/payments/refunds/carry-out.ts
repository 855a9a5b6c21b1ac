import { civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import { formatCents, roundCash } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import { OWN_BANK } from '../bank/bank-account.ts';
import { openChargebackOf } from '../chargeback-store.ts';
import * as store from '../refund-store.ts';
import { withdrawCredit } from '../withdraw-credit.ts';
import { leftOf, lockPayment, release, withdraw } from '../withdraw.ts';
import { moveRefund, type Refund } from './refund.ts';

export type LockedPayment = NonNullable<Awaited<ReturnType<typeof lockPayment>>>;
type Giving = Pick<Refund, 'destination' | 'amountCents'>;

/** Carries out a refund nothing stands against any more: checked again, for what came between. */
export async function carryOut(tx: Tx, id: string): Promise<void> {
  const refund = await store.refundById(tx.db, id);
  if (!refund) throw new Error(`no refund ${id}`);
  const { amount_cents: amountCents, payment_id: paymentId, customer_id: customerId } = refund;
  const destination = refund.destination as Refund['destination']; // held by a check constraint
  const roundingCents = destination === 'cash' ? roundCash(amountCents).differenceCents : 0n;
  if (paymentId === null) {
    const on = civilDateOf(tx.now);
    await withdrawCredit(tx, { customerId, sourceId: id, amountCents, on, roundingCents });
    return moveRefund(tx, id, { state: 'succeeded' });
  }
  const payment = await lockPayment(tx, paymentId);
  if (!payment) throw new Error(`no payment ${paymentId}`);
  await refuseRefund(tx, payment, { amountCents, destination });
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
  await withdraw(tx, { ...moved, kind: 'refund', from: '1010', roundingCents });
  return moveRefund(tx, id, { state: 'succeeded' });
}

/** What can be given back: to the account only what is on invoices, for the rest is a credit already. */
export const refundableOf = (payment: LockedPayment, destination: Giving['destination']): bigint =>
  destination === 'credit' ? leftOf(payment) - payment.credit_cents : leftOf(payment);

/** Refuses what a payment cannot give back this moment. */
export async function refuseRefund(
  tx: Tx,
  payment: LockedPayment,
  { amountCents, destination }: Giving,
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
