import { billingEvents } from '@gigafibre/contract';
import type { Env } from '../env.ts';
import { invoicePaid } from '../flows/slow-payment.ts';
import { on } from './reaction.ts';

/** An invoice is paid: nobody is reminded of it. */
export const onInvoicePaid = (env: Env) =>
  on(billingEvents.invoicePaid, 'stop the reminder of the payment', async (tx, { subject }) => {
    await invoicePaid(tx, env, subject);
  });
