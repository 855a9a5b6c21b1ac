import { paymentsEvents } from '@gigafibre/contract';
import { paymentEntry, type MoneyAccount } from '@gigafibre/ledger';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../platform/acting.ts';
import { json } from '../../platform/transact.ts';
import { settleInvoices } from '../billing/index.ts';
import { indexTerms } from '../customers/index.ts';
import { balanceOf, lockAccount, post } from '../ledger/index.ts';
import { receiptOf } from './receipt.ts';
import type { Payment, PaymentMethod } from './payment.ts';
import { readPayment } from './read-payments.ts';
import * as store from './store.ts';

export type Receiving = Readonly<{
  customerId: string;
  method: PaymentMethod;
  /** Cents that came; more than zero. */
  amountCents: bigint;
  /** Civil day it came. */
  receivedOn: string;
  /** When a provider took it: the vendor and its reference, once for ever. */
  provider?: Readonly<{ vendor: string; ref: string }> | null;
  /** Only against this invoice, the rest is a credit; the one due first, then the next, when absent. */
  invoiceId?: string | null;
  checkoutId?: string | null;
  reference?: string | null;
  note?: string;
  /** Cash: what rounding to five cents added to the debt. */
  roundingCents?: bigint;
}>;

/**
 * Records money received, puts it against invoices, keeps the rest as the customer's credit, and posts all of it,
 * in this transaction. Money recorded already (same provider reference, same cheque) changes nothing:
 * undefined.
 */
export async function receivePayment(tx: Tx, input: Receiving): Promise<Payment | undefined> {
  await lockAccount(tx, input.customerId);
  const roundingCents = input.roundingCents ?? 0n;
  const creditedCents = input.amountCents - roundingCents;
  const inserted = await store.insertPayment(tx.db, {
    customer_id: input.customerId,
    method: input.method,
    amount_cents: input.amountCents,
    rounding_cents: roundingCents,
    credit_cents: creditedCents,
    balance_after_cents: (await balanceOf(tx, input.customerId)) - creditedCents,
    provider: input.provider?.vendor ?? null,
    provider_ref: input.provider?.ref ?? null,
    reference: input.reference ?? null,
    checkout_id: input.checkoutId ?? null,
    received_on: input.receivedOn,
    received_at: tx.now,
    note: input.note ?? '',
    by: input.provider?.vendor ?? tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  if (!inserted) return undefined;
  const { id } = inserted;
  const { settled, leftCents } = await settleInvoices(tx, {
    customerId: input.customerId,
    source: { kind: 'payment', id },
    amountCents: creditedCents,
    on: input.receivedOn,
    invoiceId: input.invoiceId ?? null,
  });
  const appliedCents = sumCents(settled.map(({ amountCents }) => amountCents));
  await post(
    tx,
    paymentEntry({
      customerId: input.customerId,
      id,
      date: input.receivedOn,
      memo: `Paiement ${id}`,
      into: moneyAccountOf(input),
      amountCents: input.amountCents,
      appliedCents,
      roundingCents,
    }),
  );
  const receipt = await receiptOf(tx, input.customerId, settled);
  await store.putReceipt(tx.db, { id, creditCents: leftCents, receipt: json(receipt) });
  await indexTerms(tx, { kind: 'payment', sourceId: id, customerId: input.customerId }, [id]);
  await tx.tell(paymentsEvents.paymentReceived, {
    subject: id,
    customerId: input.customerId,
    data: {
      method: input.method,
      amountCents: Number(input.amountCents),
      appliedCents: Number(appliedCents),
      creditCents: Number(leftCents),
      invoiceIds: settled.map(({ invoiceId }) => invoiceId),
      checkoutId: input.checkoutId ?? null,
      receivedOn: input.receivedOn,
    },
  });
  return readPayment(tx, id);
}

/** Where the money is until it is in the bank: with the provider, or already there. */
const moneyAccountOf = ({ provider, method }: Receiving): MoneyAccount => {
  if (!provider) return '1010';
  return method === 'bank_debit' ? '1055' : '1050';
};
