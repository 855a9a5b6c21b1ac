import { Refusal } from '@gigafibre/contract';
import type { Outcome } from '@gigafibre/outside/outcome';
import type { Checkout } from '@gigafibre/outside/payments';
import type { Env } from '../../env.ts';
import type { Acting } from '../../platform/http/route.ts';
import { billingEmail, readCustomer, setStripeId } from '../customers/index.ts';
import { beginCheckout, minutesFrom, payableOf } from './begin-checkout.ts';
import type { Cart } from './cart.ts';
import { requestOf } from './checkout.ts';
import * as store from './checkout-store.ts';

export type Starting = Readonly<{
  customerId: string;
  invoiceId: string | null;
  /** By card unless said otherwise. */
  payBy?: 'card' | 'klarna' | undefined;
  /** What is bought of the catalog, when no debt is paid. */
  bought?: Cart | null;
}>;
export type Started = Readonly<{ checkoutId: string; url: string; amountCents: bigint }>;
type Parts = Pick<Env, 'outside' | 'publicUrl' | 'log'>;
type Asking = Pick<Acting, 'reading' | 'transact'>;

/** While the payer is on the page; their webhook normally comes long before. */
const LOOK_AFTER_MINUTES = 10;

/**
 * Opens a payment page: the intent is written, the provider is asked, its page is recorded. A lost answer leaves the
 * intent to be asked again with the same key. Refused as `beginCheckout` does, `payment_refused` when the provider
 * says no, `outside_unavailable` when it does not answer.
 */
export async function startCheckout(env: Parts, acting: Asking, input: Starting): Promise<Started> {
  await payableOf(acting.reading, input);
  const customerRef = await payerOf(env, acting, input.customerId);
  const started = await openPage(env, acting, { ...input, customerRef });
  // The provider has forgotten this customer (deleted on its side): the page works without.
  if (started === 'unknown_payer') {
    const again = await openPage(env, acting, { ...input, customerRef: null });
    if (again !== 'unknown_payer') return again;
    throw new Refusal('payment_refused', { reason: 'resource_missing' });
  }
  return started;
}

async function openPage(
  env: Parts,
  { transact }: Asking,
  {
    customerId,
    invoiceId,
    payBy = 'card',
    bought = null,
    customerRef,
  }: Starting & { customerRef: string | null },
): Promise<Started | 'unknown_payer'> {
  const { payments } = env.outside;
  const intent = {
    customerId,
    invoiceId,
    payBy,
    customerRef,
    vendor: payments.vendor,
    baseUrl: env.publicUrl(),
    bought,
  };
  const begun = await transact((tx) => beginCheckout(tx, intent));
  if (begun.state === 'open' && begun.url !== null) return startedOf(begun, begun.url);
  const outcome = await payments.createCheckout(requestOf(begun));
  if (outcome.is === 'done')
    return transact(async (tx) => {
      const row = await store.checkoutForUpdate(tx.db, begun.id);
      // Its money may be here before this line: a page opened by an answer that was lost, then paid.
      if (row?.state === 'starting') {
        const { sessionId, url, expiresAt } = outcome.value;
        const look_at = minutesFrom(tx.now, LOOK_AFTER_MINUTES);
        const page = { provider_session: sessionId, url, expires_at: expiresAt, look_at };
        await store.updateCheckout(tx.db, { id: begun.id, fields: { state: 'open', ...page } });
      }
      return startedOf(begun, outcome.value.url);
    });
  if (outcome.is === 'declined' || outcome.is === 'broken')
    await transact((tx) => failStarting(tx.db, begun.id, reasonOf(outcome)));
  if (outcome.is === 'declined' && outcome.code === 'resource_missing' && customerRef !== null)
    return 'unknown_payer';
  throw refusalFor(env, outcome);
}

const startedOf = ({ id, amount_cents }: store.CheckoutRow, url: string): Started => ({
  checkoutId: id,
  url,
  amountCents: amount_cents,
});

async function failStarting(db: Parameters<typeof store.updateCheckout>[0], id: string, failure: string) {
  const row = await store.checkoutForUpdate(db, id);
  if (row?.state === 'starting')
    await store.updateCheckout(db, { id, fields: { state: 'failed', failure, look_at: null } });
}

const reasonOf = (outcome: Exclude<Outcome<Checkout>, { is: 'done' }>): string =>
  outcome.is === 'declined' ? outcome.code : outcome.reason;

/** What the payer is told. `unknown` and `retry` leave the intent in place: pressing again asks again. */
function refusalFor(env: Parts, outcome: Exclude<Outcome<Checkout>, { is: 'done' }>): Refusal {
  const { vendor } = env.outside.payments;
  switch (outcome.is) {
    case 'declined':
      return outcome.code === 'amount_too_small'
        ? new Refusal('amount_too_small')
        : new Refusal('payment_refused', { reason: outcome.code });
    case 'broken':
      env.log.error({ vendor, reason: outcome.reason }, 'payment provider: a person must look');
      return new Refusal('outside_unavailable', { system: vendor });
    case 'retry':
    case 'unknown':
      env.log.warn({ vendor, outcome: outcome.is, reason: outcome.reason }, 'payment page not opened');
      return new Refusal('outside_unavailable', { system: vendor });
  }
}

/** How the provider knows the customer, made known at their first payment; null when it will not know them. */
export async function payerOf(
  env: Parts,
  { reading, transact }: Asking,
  customerId: string,
): Promise<string | null> {
  const customer = await readCustomer(reading, customerId);
  if (customer.stripeId !== null) return customer.stripeId;
  const { payments } = env.outside;
  const outcome = await payments.createCustomer({
    customerId: customer.id,
    name: customer.name,
    email: billingEmail(customer),
    language: customer.language,
  });
  if (outcome.is === 'done') {
    const { customerRef } = outcome.value;
    await transact((tx) => setStripeId(tx, { id: customerId, stripeId: customerRef }));
    return customerRef;
  }
  // An e-mail the provider does not like is no reason not to be paid.
  if (outcome.is === 'declined') return null;
  if (outcome.is === 'broken')
    env.log.error(
      { vendor: payments.vendor, reason: outcome.reason },
      'payment provider: a person must look',
    );
  throw new Refusal('outside_unavailable', { system: payments.vendor });
}
