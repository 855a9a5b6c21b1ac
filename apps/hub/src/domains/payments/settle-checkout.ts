import { civilDateOf } from '@gigafibre/calendar';
import { paymentsEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { customerByStripeId } from '../customers/index.ts';
import { lockAccount } from '../ledger/index.ts';
import { invoiceCart } from './cart.ts';
import { isAlive, type CheckoutState } from './checkout.ts';
import * as checkouts from './checkout-store.ts';
import { hearEarlyWords, lockPaymentRef } from './case-reported.ts';
import * as debits from './debit-store.ts';
import { debitPaid } from './debits/debit-failed.ts';
import type { PaymentMethod } from './payment.ts';
import { receivePayment } from './receive-payment.ts';
import { openReview } from './review.ts';
import * as store from './store.ts';

/** Money a provider says it has taken for us, as its webhook or its API tells it. */
export type Taken = Readonly<{
  vendor: string;
  paymentRef: string;
  amountCents: bigint;
  /** Lower case ISO 4217. */
  currency: string;
  /** Ours, from the metadata; believed only when there is such a checkout. */
  checkoutId: string | null;
  session: string | null;
  /** Ours too: the debit that asked for it. */
  debitId?: string | null;
  /** How it was paid, in the provider's word; a card when nothing is said. */
  payBy?: string | null;
  customerRef: string | null;
  at: Date;
}>;

const CURRENCY = 'cad';
/** The provider's word for a way to pay, as ours. */
const METHODS: ReadonlyMap<string, PaymentMethod> = new Map([
  ['card', 'card'],
  ['acss_debit', 'bank_debit'],
  ['klarna', 'klarna'],
]);

/**
 * Records money a provider took, once per its reference whatever the number and order of its reports, and closes
 * the checkout it came by. What cannot be placed without a person becomes a review. Gives in a word what was done,
 * for the inbox.
 */
export async function settleTaken(tx: Tx, taken: Taken): Promise<string> {
  const { vendor, paymentRef } = taken;
  await lockPaymentRef(tx, taken);
  const checkout = await checkoutOf(tx, taken);
  const debit = await debitOf(tx, taken);
  const customerId = checkout?.customer_id ?? debit?.customer_id ?? (await payerOf(tx, taken));
  if (customerId !== null) await lockAccount(tx, customerId);
  const known = await store.paymentByProviderRef(tx.db, { provider: vendor, ref: paymentRef });
  if (known) return `already recorded: ${known.id}`;
  const about = {
    vendor,
    ref: paymentRef,
    paymentRef,
    amountCents: taken.amountCents,
    currency: taken.currency,
  };
  const place = { customerId, checkoutId: checkout?.id ?? null };
  if (taken.currency !== CURRENCY) return openReview(tx, 'wrong_currency', { ...about, ...place });
  if (customerId === null) return openReview(tx, 'unknown_customer', { ...about, ...place });
  const bought =
    // Paid twice, the second is a credit.
    checkout === undefined || checkout.cart === null || checkout.payment_id !== null
      ? null
      : await invoiceCart(tx, { customerId, checkoutId: checkout.id, kept: checkout.cart });
  const payment = await receivePayment(tx, {
    customerId,
    method: METHODS.get(taken.payBy ?? '') ?? 'card',
    amountCents: taken.amountCents,
    receivedOn: dayOf(tx, taken.at),
    provider: { vendor, ref: paymentRef },
    invoiceId: bought ?? checkout?.invoice_id ?? debit?.invoice_id ?? null,
    checkoutId: checkout?.id ?? null,
  });
  if (!payment) return 'already recorded';
  await tx.enqueue('payments.describe-payment', { paymentId: payment.id, paymentRef });
  if (debit) await debitPaid(tx, { id: debit.id, paymentId: payment.id, paymentRef });
  if (checkout) await close(tx, checkout.id, { paymentId: payment.id, session: taken.session });
  const askedCents = checkout?.amount_cents ?? debit?.amount_cents ?? taken.amountCents;
  if (askedCents !== taken.amountCents)
    await openReview(tx, 'wrong_amount', { ...about, ...place, paymentId: payment.id });
  await hearEarlyWords(tx, taken);
  return `recorded: ${payment.id}`;
}

/** What became of a checkout that brought no money (yet); money that came or comes is never undone by it. */
export async function moveCheckout(
  tx: Tx,
  found: Pick<Taken, 'vendor' | 'checkoutId' | 'session'>,
  to: { state: 'processing' | 'expired' | 'failed'; failure?: string | null },
): Promise<string> {
  const checkout = await checkoutOf(tx, found);
  if (!checkout) return 'no such checkout';
  const row = await checkouts.checkoutForUpdate(tx.db, checkout.id);
  if (!row || !isAlive(row) || row.state === to.state) return `left as it was: ${row?.state ?? 'gone'}`;
  await checkouts.updateCheckout(tx.db, {
    id: row.id,
    fields: {
      state: to.state,
      failure: to.failure ?? null,
      ...(to.state === 'processing' ? {} : { look_at: null }),
    },
  });
  await tellMoved(tx, row, to.state);
  return `moved: ${to.state}`;
}

async function checkoutOf(
  tx: Tx,
  { vendor, checkoutId, session }: Pick<Taken, 'vendor' | 'checkoutId' | 'session'>,
): Promise<checkouts.CheckoutRow | undefined> {
  const named = checkoutId === null ? undefined : await checkouts.checkoutById(tx.db, checkoutId);
  if (named?.provider === vendor && (session === null || (named.provider_session ?? session) === session))
    return named;
  return session === null ? undefined : checkouts.checkoutBySession(tx.db, { provider: vendor, session });
}

/** The debit named in the metadata, believed only when it is one of this vendor. */
async function debitOf(tx: Tx, { vendor, debitId }: Taken): Promise<debits.DebitRow | undefined> {
  const named = debitId ? await debits.debitById(tx.db, debitId) : undefined;
  return named?.provider === vendor ? named : undefined;
}

async function payerOf(tx: Tx, { customerRef }: Taken): Promise<string | null> {
  if (customerRef === null) return null;
  return (await customerByStripeId(tx, customerRef))?.id ?? null;
}

/** The first payment closes a checkout; a second one (a page paid twice) is recorded beside it. */
async function close(
  tx: Tx,
  id: string,
  { paymentId, session }: { paymentId: string; session: string | null },
): Promise<void> {
  const row = await checkouts.checkoutForUpdate(tx.db, id);
  if (!row || row.state === 'paid') return;
  await checkouts.updateCheckout(tx.db, {
    id,
    fields: {
      state: 'paid',
      payment_id: paymentId,
      failure: null,
      look_at: null,
      provider_session: row.provider_session ?? session,
    },
  });
  await tellMoved(tx, row, 'paid');
}

const tellMoved = (tx: Tx, row: checkouts.CheckoutRow, state: CheckoutState) =>
  tx.tell(paymentsEvents.checkoutMoved, { subject: row.id, customerId: row.customer_id, data: { state } });

/** The books are kept by our days: a provider's clock ahead of ours does not date a payment tomorrow. */
function dayOf({ now }: Tx, at: Date): string {
  return civilDateOf(at < now ? at : now);
}
