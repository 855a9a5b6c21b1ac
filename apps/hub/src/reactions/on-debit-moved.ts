import { paymentsEvents } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

/** A bank refused a debit: the customer hears why their invoice is not paid, and what happens next. */
export const onDebitMoved = (env: Env) =>
  on(paymentsEvents.debitMoved, 'say that a debit was refused', async (tx, { subject, customerId, data }) => {
    if (customerId === null || (data.state !== 'declined' && data.state !== 'returned')) return;
    const { name, language } = await readCustomer(tx, customerId);
    await sendMessage(tx, env, {
      template: 'debit_refused',
      to: { customerId },
      variables: {
        name,
        amount: formatCents(data.amountCents, language === 'fr' ? 'fr-CA' : 'en-CA'),
        invoice: data.invoiceId ?? customerId,
        retryOn: data.retryOn,
        url: `${env.publicUrl()}/portal/#/invoices`,
      },
      idempotencyKey: `debit:${subject}:${data.state}`,
      channels: ['email', 'sms'],
    });
  });
