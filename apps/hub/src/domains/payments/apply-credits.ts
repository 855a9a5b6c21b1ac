import { civilDateOf } from '@gigafibre/calendar';
import { paymentsEvents } from '@gigafibre/contract';
import { allocationEntry } from '@gigafibre/ledger';
import type { Tx } from '../../platform/acting.ts';
import { settleInvoices, type Settled } from '../billing/index.ts';
import { accountOf, lockAccount, post } from '../ledger/index.ts';
import * as store from './store.ts';

/** One customer does not hold more payments than this unused; those beyond wait for the next time. */
const CREDITS_MAX = 200;

/** Puts money held for a customer against their open invoices, oldest payment and invoice due first. */
export async function applyCredits(
  tx: Tx,
  { customerId }: { customerId: string },
): Promise<{ appliedCents: bigint; creditCents: bigint }> {
  await lockAccount(tx, customerId);
  let appliedCents = 0n;
  for (const credit of await store.creditsForUpdate(tx.db, { customerId, limit: CREDITS_MAX })) {
    const on = civilDateOf(tx.now);
    const { settled, leftCents } = await settleInvoices(tx, {
      customerId,
      source: { kind: 'payment', id: credit.id },
      amountCents: credit.credit_cents,
      on,
    });
    if (settled.length === 0) break;
    for (const settlement of settled) await apply(tx, { customerId, paymentId: credit.id, on, settlement });
    await store.putCredit(tx.db, { id: credit.id, creditCents: leftCents });
    appliedCents += credit.credit_cents - leftCents;
  }
  return { appliedCents, creditCents: (await accountOf(tx, customerId)).creditCents };
}

type Applying = Readonly<{ customerId: string; paymentId: string; on: string; settlement: Settled }>;

async function apply(tx: Tx, { customerId, paymentId, on, settlement }: Applying): Promise<void> {
  const { id, invoiceId, amountCents } = settlement;
  await post(
    tx,
    allocationEntry({
      customerId,
      id: `${paymentId}/${id}`,
      date: on,
      memo: `Crédit de ${paymentId} affecté à ${invoiceId}`,
      amountCents,
    }),
  );
  await tx.tell(paymentsEvents.creditApplied, {
    subject: paymentId,
    customerId,
    data: { invoiceId, amountCents: Number(amountCents) },
  });
}
