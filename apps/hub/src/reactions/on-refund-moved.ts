import { paymentsEvents } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

/** Money went back to a customer, or their bank refused it: they are told in writing. */
export const onRefundMoved = (env: Env) =>
  on(paymentsEvents.refundMoved, 'say what was refunded', async (tx, { subject, customerId, data }) => {
    if (customerId === null || (data.state !== 'succeeded' && data.state !== 'failed')) return;
    const { name, language } = await readCustomer(tx, customerId);
    await sendMessage(tx, env, {
      template: 'refund_notice',
      to: { customerId },
      variables: {
        name,
        amount: formatCents(data.amountCents, language === 'fr' ? 'fr-CA' : 'en-CA'),
        refund: subject,
        payment: data.paymentId,
        failed: data.state === 'failed',
        url: `${env.publicUrl()}/portal/#/invoices`,
      },
      idempotencyKey: `refund:${subject}:${data.state}`,
    });
  });
