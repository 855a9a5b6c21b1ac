import { Refusal } from '@gigafibre/contract';
import { refundEntry } from '@gigafibre/ledger';
import { formatCents } from '@gigafibre/money';
import type { Tx } from '../../platform/acting.ts';
import { noteCreditOf, takeNoteCredits } from '../billing/index.ts';
import { lockAccount, post } from '../ledger/index.ts';
import * as store from './withdrawal-store.ts';

export type WithdrawingCredit = Readonly<{
  customerId: string;
  /** The refund, once for ever. */
  sourceId: string;
  amountCents: bigint;
  /** Civil day of the books. */
  on: string;
  /** Cash handed out: what rounding to five cents added. */
  roundingCents: bigint;
}>;

/** Refuses more than the credit notes of a customer have left, and nothing or less. */
export async function refuseBeyondCredit(
  tx: Tx,
  { customerId, amountCents }: Pick<WithdrawingCredit, 'customerId' | 'amountCents'>,
): Promise<void> {
  await lockAccount(tx, customerId);
  const leftCents = await noteCreditOf(tx, customerId);
  if (amountCents > leftCents || leftCents <= 0n)
    throw new Refusal('credit_refund_too_large', {
      left: formatCents(leftCents, tx.by.language === 'fr' ? 'fr-CA' : 'en-CA'),
    });
  if (amountCents <= 0n) throw new Refusal('amount_not_valid');
}

/**
 * Pays out a credit that came with no payment: it leaves the credit notes, oldest first, and the bank account.
 * Refused beyond what they have left.
 */
export async function withdrawCredit(tx: Tx, asked: WithdrawingCredit): Promise<void> {
  await refuseBeyondCredit(tx, asked);
  const { customerId, sourceId, amountCents, on, roundingCents } = asked;
  const document = { kind: 'refund', id: sourceId } as const;
  const { takenCents } = await takeNoteCredits(tx, { customerId, document, amountCents });
  if (takenCents !== amountCents) throw new Error(`${sourceId} took ${takenCents} of ${amountCents} cents`);
  await store.insertWithdrawal(tx.db, {
    payment_id: null,
    customer_id: customerId,
    kind: 'refund',
    source_id: sourceId,
    amount_cents: amountCents,
    on_date: on,
    at: tx.now,
  });
  await post(
    tx,
    refundEntry({
      customerId,
      id: sourceId,
      date: on,
      memo: `Crédit remboursé : ${sourceId}`,
      from: '1010',
      amountCents,
      fromCreditCents: amountCents,
      roundingCents,
    }),
  );
}
