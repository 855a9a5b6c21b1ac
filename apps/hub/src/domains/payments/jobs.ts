import { z } from 'zod';
import type { Env } from '../../env.ts';
import type { JobTable, Tick } from '../../platform/jobs/worker.ts';
import { describePayment } from './describe-payment.ts';
import { sendDueRefunds, sendRefund } from './refunds/send-refund.ts';
import { recordUnreturned } from './bank/answer-debits.ts';
import { settleWindows } from './debits/debit-failed.ts';
import { lookAtDebit } from './debits/look-at-debit.ts';
import { sendDebit, sendDueDebits } from './debits/send-debit.ts';
import { keepMethod } from './methods/keep-method.ts';
import { planPpa, startDailyRun } from './ppa/run-ppa.ts';
import { SYSTEM } from '../../platform/acting.ts';
import { transact } from '../../platform/transact.ts';
import { lookAtPayouts } from './reconciliation/look-at-payouts.ts';
import { fetchPayouts, readPayout } from './reconciliation/fetch-payouts.ts';
import { matchStatement } from './statements/match-statement.ts';
import { lookAtCheckout, lookAtDueCheckouts } from './look-at-checkout.ts';
import { actOnProviderEvent } from './provider-event.ts';

const inboxKey = z.object({ vendor: z.string(), vendorId: z.string() });
const aCheckout = z.object({ checkoutId: z.string() });
const aRefund = z.object({ refundId: z.string() });
const aSetup = z.object({ setupRef: z.string() });
const aDebit = z.object({ debitId: z.string() });
const aRun = z.object({ runId: z.string() });
const aStatement = z.object({ statementId: z.string() });
const aPayout = z.object({ payoutRef: z.string() });
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
  'payments.keep-method': {
    queue: 'outside',
    run: (payload) => keepMethod(env, aSetup.parse(payload)),
  },
  'payments.plan-ppa': { queue: 'inside', run: (tx, payload) => planPpa(tx, aRun.parse(payload)) },
  'payments.match-statement': {
    queue: 'inside',
    run: (tx, payload) => matchStatement(tx, aStatement.parse(payload)),
  },
  'payments.send-debit': {
    queue: 'outside',
    run: (payload) => sendDebit(env, aDebit.parse(payload)),
  },
  'payments.look-at-debit': {
    queue: 'outside',
    run: (payload) => lookAtDebit(env, aDebit.parse(payload)),
  },
  'payments.fetch-payouts': { queue: 'outside', run: () => fetchPayouts(env) },
  'payments.read-payout': {
    queue: 'outside',
    run: (payload) => readPayout(env, aPayout.parse(payload)),
  },
  'payments.describe-payment': {
    queue: 'outside',
    run: (payload) => describePayment(env, aPayment.parse(payload)),
  },
});

export const paymentsTick = (env: Env): Tick => ({
  name: 'payments.checkouts',
  run: async () => {
    const steps = [
      lookAtDueCheckouts,
      sendDueRefunds,
      sendDueDebits,
      startDailyRun,
      recordUnreturned,
      lookAtPayouts,
      closeWindows,
    ];
    let found = 0;
    const failures: unknown[] = [];
    for (const step of steps)
      await step(env).then(
        (n) => (found += n),
        (error: unknown) => failures.push(error),
      );
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
    return found;
  },
});

const closeWindows = (env: Pick<Env, 'ground'>): Promise<number> =>
  transact(env.ground, { by: SYSTEM }, settleWindows);
