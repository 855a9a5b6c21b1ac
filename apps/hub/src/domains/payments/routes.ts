import { paymentsOperations as op, Refusal } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import type { Reading } from '../../platform/acting.ts';
import { answers, arranges, carriesOut, type Route } from '../../platform/http/route.ts';
import { accountBalance } from '../billing/index.ts';
import { customerSelf, readCustomer } from '../customers/index.ts';
import { applyCredits } from './apply-credits.ts';
import { bankRoutes } from './bank-routes.ts';
import { cartOf } from './cart.ts';
import { checkoutOf } from './checkout.ts';
import { checkoutById, type CheckoutRow } from './checkout-store.ts';
import { methodRoutes } from './method-routes.ts';
import { listPayments, readPayment, readPaymentOf } from './read-payments.ts';
import { receipt } from './receipt.ts';
import { recordPayment } from './record-payment.ts';
import { listReviews, resolveReview } from './review.ts';
import { listChargebacks, readChargeback } from './chargebacks/read-chargebacks.ts';
import { hearEarlyWords } from './case-reported.ts';
import { refundRoutes } from './refund-routes.ts';
import { readReconciliation } from './reconciliation/read-reconciliation.ts';
import { startCheckout } from './start-checkout.ts';

export const paymentsRoutes = (env: Env): Route[] => [
  arranges(op.checkoutInvoice, async (acting, { invoiceId, payBy }) =>
    startCheckout(env, acting, { customerId: customerSelf(acting.reading), invoiceId, payBy }),
  ),
  arranges(op.checkoutBalance, async (acting) =>
    startCheckout(env, acting, { customerId: customerSelf(acting.reading), invoiceId: null }),
  ),
  arranges(op.checkoutProduct, async (acting, { items }) =>
    startCheckout(env, acting, {
      customerId: customerSelf(acting.reading),
      invoiceId: null,
      bought: await cartOf(acting.reading, { customerId: customerSelf(acting.reading), items }),
    }),
  ),
  arranges(op.checkoutForCustomer, (acting, { id, invoiceId }) =>
    startCheckout(env, acting, { customerId: id, invoiceId }),
  ),
  answers(op.returnFromProvider, async (_, { checkout, cancelled }) => ({
    location: `/portal/#/${cancelled ? 'payment-cancel' : 'payment-success'}?checkout=${checkout}`,
  })),
  answers(op.readMyCheckout, async (reading, { id }) => {
    const row = await existing(reading, id);
    if (row.customer_id !== customerSelf(reading)) throw new Refusal('not_found', { what: id });
    return checkoutOf(row);
  }),
  answers(op.readCheckout, async (reading, { id }) => {
    const row = await existing(reading, id);
    return { ...checkoutOf(row), customerId: row.customer_id };
  }),
  answers(op.readBalance, async (reading, { customer }) => {
    await readCustomer(reading, customer);
    return accountBalance(reading, customer);
  }),
  answers(op.readReceipt, (reading, input) => receipt(reading, input)),
  answers(op.readMyReceipt, async (reading, input) => {
    await readPaymentOf(reading, { id: input.id, customerId: customerSelf(reading) });
    return receipt(reading, input);
  }),
  carriesOut(op.recordPayment, (tx, input) => recordPayment(tx, input)),
  carriesOut(op.applyCredit, async (tx, { id }) => {
    await readCustomer(tx, id);
    return applyCredits(tx, { customerId: id });
  }),
  answers(op.listPayments, (reading, input) => listPayments(reading, input)),
  answers(op.readPayment, (reading, { id }) => readPayment(reading, id)),
  answers(op.listMyPayments, async (reading, input) =>
    listPayments(reading, { ...input, customerId: customerSelf(reading) }),
  ),
  answers(op.listReviews, (reading, input) => listReviews(reading, input)),
  carriesOut(op.resolveReview, async (tx, input) => {
    const review = await resolveReview(tx, input);
    const { provider: vendor, providerRef: paymentRef } = review;
    if (review.kind === 'unknown_customer' && paymentRef !== null)
      await hearEarlyWords(tx, { vendor, paymentRef });
    return review;
  }),
  ...refundRoutes(),
  answers(op.listChargebacks, (reading, input) => listChargebacks(reading, input)),
  answers(op.readChargeback, (reading, { id }) => readChargeback(reading, id)),
  ...methodRoutes(env),
  ...bankRoutes(),
  answers(op.readReconciliation, (reading, input) => readReconciliation(reading, input)),
];

async function existing(reading: Reading, id: string): Promise<CheckoutRow> {
  const row = await checkoutById(reading.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return row;
}
