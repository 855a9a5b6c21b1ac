import { paymentsEvents, Refusal } from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import { secretToken } from '../../platform/chance.ts';
import { json } from '../../platform/transact.ts';
import { readInvoiceOf } from '../billing/index.ts';
import { readCustomer, type Customer } from '../customers/index.ts';
import { balanceOf, lockAccount } from '../ledger/index.ts';
import { cartTotal, type Cart } from './cart.ts';
import type { KeptRequest } from './checkout.ts';
import * as store from './checkout-store.ts';
import { payable } from './debits/collectable.ts';

export type Beginning = Readonly<{
  customerId: string;
  /** The invoice to pay; null for the whole balance. */
  invoiceId: string | null;
  payBy: 'card' | 'klarna';
  vendor: string;
  /** How the provider knows the customer; null when it does not. */
  customerRef: string | null;
  baseUrl: string;
  /** What is bought of the catalog; null when a debt is paid. */
  bought?: Cart | null;
}>;

/** The smallest charge Stripe takes in Canadian dollars. */
const CHARGE_CENTS_MIN = 50n;
/** A page that closes sooner than this is not worth being sent to. */
const PAYABLE_MINUTES_MIN = 5;
/** Providers remember an idempotency key for a day; one hour less is safe. */
const KEY_HOURS = 23;
/** When nothing was heard of a checkout that was being started. */
const FIRST_LOOK_MINUTES = 30;

/**
 * Writes the intent to pay before the provider is asked, or finds the one that is still good: pressing twice gives
 * one page. Refused when there is nothing to pay, when the invoice is paid or not the customer's, while a bank is asked
 * for all of it, and below what the provider takes.
 */
export async function beginCheckout(tx: Tx, asked: Beginning): Promise<store.CheckoutRow> {
  await lockAccount(tx, asked.customerId);
  const customer = await readCustomer(tx, asked.customerId);
  const amountCents = await payableOf(tx, asked);
  const reusable = await store.reusableCheckout(tx.db, {
    customerId: customer.id,
    invoiceId: asked.invoiceId,
    payBy: asked.payBy,
    amountCents,
    provider: asked.vendor,
    customerRef: asked.customerRef,
    until: minutesFrom(tx.now, PAYABLE_MINUTES_MIN),
    startedAfter: minutesFrom(tx.now, -KEY_HOURS * 60),
    cart: asked.bought ? json(asked.bought) : null,
  });
  if (reusable) return reusable;
  const id = await store.newCheckoutId(tx.db);
  const row = await store.insertCheckout(tx.db, {
    id,
    customer_id: customer.id,
    invoice_id: asked.invoiceId,
    cart: asked.bought ? json(asked.bought) : null,
    pay_by: asked.payBy,
    amount_cents: amountCents,
    provider: asked.vendor,
    idempotency_key: `checkout-${id}-${secretToken()}`,
    request: json(requestFor(asked, { id, customer })),
    started_at: tx.now,
    started_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    look_at: minutesFrom(tx.now, FIRST_LOOK_MINUTES),
  });
  await tx.tell(paymentsEvents.checkoutStarted, {
    subject: id,
    customerId: customer.id,
    data: { amountCents: Number(amountCents), invoiceId: asked.invoiceId },
  });
  return row;
}

/**
 * What there is to pay, without what a bank is being asked for already; refused as `beginCheckout` is, before anybody
 * outside is asked.
 */
export async function payableOf(
  reading: Pick<Reading, 'db' | 'now'>,
  { customerId, invoiceId, bought }: Pick<Beginning, 'customerId' | 'invoiceId' | 'bought'>,
): Promise<bigint> {
  const cents = bought
    ? await cartTotal(reading, { customerId, bought })
    : await debtCents(reading, { customerId, invoiceId });
  if (cents < CHARGE_CENTS_MIN) throw new Refusal('amount_too_small');
  return cents;
}

async function debtCents(
  reading: Pick<Reading, 'db' | 'now'>,
  { customerId, invoiceId }: Pick<Beginning, 'customerId' | 'invoiceId'>,
): Promise<bigint> {
  const owedCents =
    invoiceId === null
      ? await balanceOf(reading, customerId)
      : (await readInvoiceOf(reading, { id: invoiceId, customerId })).outstandingCents;
  if (owedCents <= 0n)
    throw invoiceId === null
      ? new Refusal('nothing_to_pay')
      : new Refusal('invoice_already_paid', { invoice: invoiceId });
  const { cents, answerOn } = await payable(reading, { customerId, invoiceId });
  if (cents === 0n) throw new Refusal('debit_under_way', answerOn === null ? {} : { date: answerOn });
  return cents;
}

function requestFor(
  { invoiceId, customerRef, baseUrl, bought }: Beginning,
  { id, customer }: { id: string; customer: Customer },
): KeptRequest {
  const french = customer.language === 'fr';
  const back = `${baseUrl}/payments/return?checkout=${id}`;
  const account = french ? `Solde du compte ${customer.id}` : `Balance of account ${customer.id}`;
  const invoice = french ? `Facture ${invoiceId}` : `Invoice ${invoiceId}`;
  const debt = invoiceId === null ? account : invoice;
  return {
    customerRef,
    description: bought ? boughtText(bought, customer.language) : debt,
    metadata: { checkoutId: id, customerId: customer.id, ...(invoiceId === null ? {} : { invoiceId }) },
    successUrl: `${back}&session={CHECKOUT_SESSION_ID}`,
    cancelUrl: `${back}&cancelled=1`,
    locale: french ? 'fr-CA' : 'en',
  };
}

const DESCRIPTION_CHARS_MAX = 200;
const boughtText = (bought: Cart, language: Customer['language']): string =>
  bought
    .map(({ description, quantity }) => `${quantity} × ${description[language]}`)
    .join(', ')
    .slice(0, DESCRIPTION_CHARS_MAX);

export const minutesFrom = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
