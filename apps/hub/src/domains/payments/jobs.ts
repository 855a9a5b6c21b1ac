import { z } from 'zod';
import type { Env } from '../../env.ts';
import type { JobTable, Tick } from '../../platform/jobs/worker.ts';
import { describePayment } from './describe-payment.ts';
import { sendDueRefunds, sendRefund } from './refunds/send-refund.ts';
import { lookAtCheckout, lookAtDueCheckouts } from './look-at-checkout.ts';
import { actOnProviderEvent } from './provider-event.ts';

const inboxKey = z.object({ vendor: z.string(), vendorId: z.string() });
const aCheckout = z.object({ checkoutId: z.string() });
const aRefund = z.object({ refundId: z.string() });
const aPayment = z.object({ paymentId: z.string(), paymentRef: z.string() });

export const paymentsJobs = (env: Env): JobTable => ({
  'payments.act-on-provider-event': {
    queue: 'inside',
    run: (tx, payload) => actOnProviderEvent(tx, inboxKey.parse(payload)),
  },
  'payments.look-at-checkout': {
    queue: 'outside',
    run: (payload) => lookAtCheckout(env, aCheckout.parse(payload)),
  },
  'payments.send-refund': {
    queue: 'outside',
    run: (payload) => sendRefund(env, aRefund.parse(payload)),
  },
  'payments.describe-payment': {
    queue: 'outside',
    run: (payload) => describePayment(env, aPayment.parse(payload)),
  },
});

export const paymentsTick = (env: Env): Tick => ({
  name: 'payments.checkouts',
  run: async () => (await lookAtDueCheckouts(env)) + (await sendDueRefunds(env)),
});
