import type { Stripe } from 'stripe';
import { broken, done, type Outcome } from '../outcome/index.ts';
import { recordOf, textAt } from '../wire/index.ts';
import type {
  BalanceMovement,
  Checkout,
  NewCharge,
  NewRefund,
  NewSetup,
  PaymentState,
  Payout,
  ProviderPage,
  RefundState,
} from './port.ts';
import { stripeFailure } from './stripe-failure.ts';
import { balanceMovement, payout, refundState } from './stripe-money.ts';
import { paymentState } from './stripe-objects.ts';

/** Rows of a page: the largest Stripe gives. */
const PAGE_ROWS = 100;

/** Opens a page to save a card or a bank account; Stripe shows the mandate and mails it. */
export async function createSetup(stripe: Stripe, setup: NewSetup): Promise<Outcome<Checkout>> {
  const { metadata, customerRef: customer, locale } = setup;
  const method = setup.kind === 'card' ? 'card' : 'acss_debit';
  const params: Stripe.Checkout.SessionCreateParams = {
    mode: 'setup',
    customer,
    locale,
    success_url: setup.successUrl,
    cancel_url: setup.cancelUrl,
    metadata: { ...metadata },
    setup_intent_data: { metadata: { ...metadata } },
    allowed_payment_method_types: [method],
    ...(method === 'card'
      ? { currency: 'cad' }
      : { payment_method_options: { acss_debit: mandateOf(setup) } }),
  };
  return writing(
    () => stripe.checkout.sessions.create(params, { idempotencyKey: setup.idempotencyKey }),
    ({ id: sessionId, url, expires_at: expiresAt }) =>
      typeof sessionId === 'string' && typeof url === 'string' && typeof expiresAt === 'number'
        ? { sessionId, url, expiresAt: new Date(expiresAt * 1000) }
        : null,
  );
}

const mandateOf = ({ category, intervalDescription }: NewSetup) => ({
  currency: 'cad' as const,
  mandate_options: {
    payment_schedule: 'combined' as const,
    interval_description: intervalDescription,
    transaction_type: category,
  },
});

/** Charges a saved method with its owner away. */
export function chargeMethod(stripe: Stripe, charge: NewCharge): Promise<Outcome<PaymentState>> {
  const params: Stripe.PaymentIntentCreateParams = {
    amount: Number(charge.amountCents),
    currency: charge.currency,
    customer: charge.customerRef,
    payment_method: charge.methodRef,
    allowed_payment_method_types: [charge.kind === 'card' ? 'card' : 'acss_debit'],
    ...(charge.mandateRef === null ? {} : { mandate: charge.mandateRef }),
    off_session: true,
    confirm: true,
    description: charge.description,
    metadata: { ...charge.metadata },
    expand: ['latest_charge'],
  };
  return writing(
    () => stripe.paymentIntents.create(params, { idempotencyKey: charge.idempotencyKey }),
    paymentState,
  );
}

/** Gives a payment back, whole or in part. */
export const refund = (stripe: Stripe, asked: NewRefund): Promise<Outcome<RefundState>> =>
  writing(
    () =>
      stripe.refunds.create(
        {
          payment_intent: asked.paymentRef,
          amount: Number(asked.amountCents),
          metadata: { ...asked.metadata },
        },
        { idempotencyKey: asked.idempotencyKey },
      ),
    refundState,
  );

/** Opens the Billing Portal; its default configuration is made once in the dashboard. */
export const openPortal = (
  stripe: Stripe,
  visit: { customerRef: string; returnUrl: string; locale: 'fr-CA' | 'en' },
): Promise<Outcome<{ url: string }>> =>
  writing(
    () =>
      stripe.billingPortal.sessions.create({
        customer: visit.customerRef,
        return_url: visit.returnUrl,
        locale: visit.locale,
      }),
    (session) => {
      const url = textAt(recordOf(session), 'url');
      return url === null ? null : { url };
    },
  );

/** Forgets a method; one that is not attached any more is forgotten already. */
export async function forgetMethod(stripe: Stripe, methodRef: string): Promise<Outcome<null>> {
  try {
    await stripe.paymentMethods.detach(methodRef);
    return done(null);
  } catch (error) {
    const failure = stripeFailure(error, 'write');
    if (failure.is !== 'declined' && failure.is !== 'broken') return failure;
    return (await isForgotten(stripe, methodRef)) ? done(null) : failure;
  }
}

/** Whether a method is nobody's: the refusal to detach it does not say so by a code. */
async function isForgotten(stripe: Stripe, methodRef: string): Promise<boolean> {
  try {
    return textAt(recordOf(await stripe.paymentMethods.retrieve(methodRef)), 'customer') === null;
  } catch (error) {
    return stripeFailure(error, 'read').is === 'declined';
  }
}

/** Transfers to our bank, newest first. */
export const listPayouts = (
  stripe: Stripe,
  { after }: { after: string | null },
): Promise<Outcome<ProviderPage<Payout>>> =>
  listing(
    () => stripe.payouts.list({ limit: PAGE_ROWS, ...(after === null ? {} : { starting_after: after }) }),
    payout,
    ({ payoutRef }) => payoutRef,
  );

/** What a transfer is made of. */
export const listMovements = (
  stripe: Stripe,
  { payoutRef, after }: { payoutRef: string; after: string | null },
): Promise<Outcome<ProviderPage<BalanceMovement>>> =>
  listing(
    () =>
      stripe.balanceTransactions.list({
        payout: payoutRef,
        limit: PAGE_ROWS,
        expand: ['data.source'],
        ...(after === null ? {} : { starting_after: after }),
      }),
    balanceMovement,
    ({ movementRef }) => movementRef,
  );

async function writing<Answer, T>(
  call: () => Promise<Answer>,
  read: (answer: Answer) => T | null,
): Promise<Outcome<T>> {
  try {
    const value = read(await call());
    return value === null ? broken('the answer lacks what every such object has') : done(value);
  } catch (error) {
    return stripeFailure(error, 'write');
  }
}

async function listing<T>(
  call: () => Promise<{ data: readonly unknown[]; has_more: boolean }>,
  read: (row: unknown) => T | null,
  refOf: (row: T) => string,
): Promise<Outcome<ProviderPage<T>>> {
  try {
    const { data, has_more: hasMore } = await call();
    const rows = data.map(read).filter((row) => row !== null);
    if (rows.length !== data.length) return broken('a row of the list lacks what every such object has');
    const last = rows.at(-1);
    return done({ rows, next: hasMore && last !== undefined ? refOf(last) : null });
  } catch (error) {
    return stripeFailure(error, 'read');
  }
}
