import { paymentsEvents } from '@gigafibre/contract';
import {
  refundEntry,
  reinstatementEntry,
  releaseEntry,
  returnEntry,
  type MoneyAccount,
} from '@gigafibre/ledger';
import type { Tx } from '../../platform/acting.ts';
import { applyNoteCredits, unsettleInvoices, type Settled } from '../billing/index.ts';
import { lockAccount, post } from '../ledger/index.ts';
import { applyCredits } from './apply-credits.ts';
import * as payments from './store.ts';
import * as store from './withdrawal-store.ts';

export type Withdrawing = Readonly<{
  paymentId: string;
  kind: 'refund' | 'return' | 'chargeback';
  /** The refund, the debit or the chargeback, once for ever. */
  sourceId: string;
  /** Cents of the customer's account; at most what is left of the payment. */
  amountCents: bigint;
  /** Civil day of the books. */
  on: string;
  /** Where the money leaves from; where it came to when absent. */
  from?: MoneyAccount;
  /** Cash handed out: what rounding to five cents added. */
  roundingCents?: bigint;
}>;
type PaymentRow = NonNullable<Awaited<ReturnType<typeof store.paymentForUpdate>>>;

/** What can still leave a payment, in cents of the customer's account. */
export const leftOf = (
  row: Pick<PaymentRow, 'amount_cents' | 'rounding_cents' | 'withdrawn_cents'>,
): bigint => row.amount_cents - row.rounding_cents - row.withdrawn_cents;

/** A payment, locked with the account of its customer; whatever moves it next waits. Undefined when there is none. */
export async function lockPayment(tx: Tx, id: string): Promise<PaymentRow | undefined> {
  const known = await payments.paymentById(tx.db, id);
  if (!known) return undefined;
  await lockAccount(tx, known.customer_id);
  return store.paymentForUpdate(tx.db, id);
}

/**
 * Takes money out of a payment: first what is a credit of the customer, then what had settled invoices, which are
 * owed again. Written once per source; a repeat changes nothing and gives false. More than is left of the payment
 * is a bug of the caller, who looked under the same lock, and throws.
 */
export async function withdraw(tx: Tx, asked: Withdrawing): Promise<boolean> {
  const row = await lockPayment(tx, asked.paymentId);
  if (!row) throw new Error(`no payment ${asked.paymentId}`);
  if (await store.withdrawalOf(tx.db, asked)) return false;
  if (asked.amountCents > leftOf(row))
    throw new Error(`${row.id} has less than ${asked.amountCents} cents left`);
  const { amountCents } = asked;
  const fromCreditCents = row.credit_cents < amountCents ? row.credit_cents : amountCents;
  const reopened = await takeOff(tx, row, { amountCents: amountCents - fromCreditCents, on: asked.on });
  await store.insertWithdrawal(tx.db, rowOf(tx, row, asked));
  if (fromCreditCents > 0n)
    await payments.putCredit(tx.db, { id: row.id, creditCents: row.credit_cents - fromCreditCents });
  const entry = asked.kind === 'refund' ? refundEntry : returnEntry;
  await post(
    tx,
    entry({
      customerId: row.customer_id,
      id: asked.sourceId,
      date: asked.on,
      memo: `${MEMOS[asked.kind]} ${row.id}`,
      from: asked.from ?? accountOfPayment(row),
      amountCents,
      fromCreditCents,
      roundingCents: asked.roundingCents ?? 0n,
    }),
  );
  await tx.tell(paymentsEvents.paymentWithdrawn, {
    subject: row.id,
    customerId: row.customer_id,
    data: {
      kind: asked.kind,
      sourceId: asked.sourceId,
      amountCents: Number(amountCents),
      fromCreditCents: Number(fromCreditCents),
      invoiceIds: reopened.map(({ invoiceId }) => invoiceId),
      on: asked.on,
    },
  });
  // What is owed again may be covered by a credit the customer has from elsewhere.
  if (reopened.length > 0) {
    await applyCredits(tx, { customerId: row.customer_id });
    await applyNoteCredits(tx, { customerId: row.customer_id });
  }
  return true;
}

const MEMOS = {
  refund: 'Remboursement de',
  return: 'Paiement retourné',
  chargeback: 'Paiement contesté',
} as const;

export type Reinstating = Readonly<{
  kind: 'refund_failed' | 'chargeback_reinstated';
  sourceId: string;
  on: string;
  /** How much of what had left is back; all of it when absent. */
  amountCents?: bigint;
  into?: MoneyAccount;
}>;
const LEFT_AS = { refund_failed: 'refund', chargeback_reinstated: 'chargeback' } as const;

/**
 * Puts back what had left a payment: a credit of the customer again, which goes to what they owe. A repeat, or a
 * withdrawal that never was, changes nothing and gives false.
 */
export async function reinstate(tx: Tx, asked: Reinstating): Promise<boolean> {
  const { kind, sourceId, on } = asked;
  const left = await store.withdrawalOf(tx.db, { kind: LEFT_AS[kind], sourceId });
  const row = left?.payment_id == null ? undefined : await lockPayment(tx, left.payment_id);
  if (!left || !row || (await store.withdrawalOf(tx.db, { kind, sourceId }))) return false;
  const given = asked.amountCents ?? left.amount_cents;
  const amountCents = given < left.amount_cents ? given : left.amount_cents;
  await store.insertWithdrawal(tx.db, rowOf(tx, row, { kind, sourceId, on, amountCents: -amountCents }));
  await payments.putCredit(tx.db, { id: row.id, creditCents: row.credit_cents + amountCents });
  await post(
    tx,
    reinstatementEntry({
      customerId: row.customer_id,
      id: `${sourceId}/back`,
      date: on,
      memo: `De retour : ${row.id}`,
      into: asked.into ?? accountOfPayment(row),
      amountCents,
    }),
  );
  await tx.tell(paymentsEvents.paymentReinstated, {
    subject: row.id,
    customerId: row.customer_id,
    data: { kind, sourceId, amountCents: Number(amountCents), on },
  });
  await applyCredits(tx, { customerId: row.customer_id });
  return true;
}

/** Takes a payment off the invoices it settled, as a credit of the customer: no money moves. */
export async function release(
  tx: Tx,
  {
    paymentId,
    sourceId,
    amountCents,
    on,
  }: Pick<Withdrawing, 'paymentId' | 'sourceId' | 'amountCents' | 'on'>,
): Promise<void> {
  const row = await lockPayment(tx, paymentId);
  if (!row) throw new Error(`no payment ${paymentId}`);
  await takeOff(tx, row, { amountCents, on });
  await payments.putCredit(tx.db, { id: row.id, creditCents: row.credit_cents + amountCents });
  await post(
    tx,
    releaseEntry({
      customerId: row.customer_id,
      id: sourceId,
      date: on,
      memo: `Mis au compte : ${row.id}`,
      amountCents,
    }),
  );
}

const takeOff = async (
  tx: Tx,
  row: PaymentRow,
  { amountCents, on }: { amountCents: bigint; on: string },
): Promise<Settled[]> =>
  amountCents === 0n
    ? []
    : unsettleInvoices(tx, {
        customerId: row.customer_id,
        source: { kind: 'payment', id: row.id },
        amountCents,
        on,
      });

const rowOf = (
  tx: Tx,
  { id, customer_id }: PaymentRow,
  { kind, sourceId, amountCents, on }: { kind: string; sourceId: string; amountCents: bigint; on: string },
) => ({
  payment_id: id,
  customer_id,
  kind,
  source_id: sourceId,
  amount_cents: amountCents,
  on_date: on,
  at: tx.now,
});

/** Where the money of a payment is until it is in the bank. */
export function accountOfPayment({
  provider,
  method,
}: {
  provider: string | null;
  method: string;
}): MoneyAccount {
  if (provider === null) return '1010';
  return method === 'bank_debit' ? '1055' : '1050';
}
