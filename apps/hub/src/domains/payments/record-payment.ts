import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import { roundCash } from '@gigafibre/money';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readInvoiceOf } from '../billing/index.ts';
import { readCustomer } from '../customers/index.ts';
import { accountOf, lockAccount } from '../ledger/index.ts';
import type { Payment } from './payment.ts';
import { receivePayment } from './receive-payment.ts';
import * as store from './store.ts';

export type ByHand = ParsedOf<typeof paymentsOperations.recordPayment>;

const NICKEL_CENTS = 5n;

/**
 * Records money staff took: cash, a cheque, a transfer. Refused for nothing or less, for cash with odd cents, for
 * a day to come, and for a cheque or transfer number this customer has paid with already.
 */
export async function recordPayment(tx: Tx, input: ByHand): Promise<Payment> {
  await readCustomer(tx, input.customerId);
  const receivedOn = dayOf(tx, input.receivedOn);
  if (input.amountCents <= 0n) throw new Refusal('amount_not_valid');
  await lockAccount(tx, input.customerId);
  const payment = await receivePayment(tx, {
    ...input,
    receivedOn,
    roundingCents: await roundingOf(tx, input),
  });
  if (payment) return payment;
  throw new Refusal('reference_used', { payment: await recordedAs(tx, input) });
}

function dayOf({ now }: Pick<Reading, 'now'>, asked: string | undefined): string {
  const today = civilDateOf(now);
  if (asked !== undefined && asked > today) throw new Refusal('date_in_the_future', { date: asked });
  return asked ?? today;
}

/** Cash settles a debt of 80.43 with 80.45: when the amount is what rounding makes of the debt, that is what is meant. */
async function roundingOf(tx: Tx, input: ByHand): Promise<bigint> {
  const invoice = input.invoiceId
    ? await readInvoiceOf(tx, { id: input.invoiceId, customerId: input.customerId })
    : null;
  if (input.method !== 'cash') return 0n;
  if (input.amountCents % NICKEL_CENTS !== 0n) throw new Refusal('cash_not_rounded');
  const debtCents = invoice?.outstandingCents ?? (await accountOf(tx, input.customerId)).receivableCents;
  const { payableCents, differenceCents } = roundCash(debtCents);
  return debtCents > 0n && payableCents === input.amountCents ? differenceCents : 0n;
}

async function recordedAs(tx: Tx, { customerId, method, reference }: ByHand): Promise<string> {
  const row =
    reference === null ? undefined : await store.paymentByReference(tx.db, { customerId, method, reference });
  return row?.id ?? '';
}
