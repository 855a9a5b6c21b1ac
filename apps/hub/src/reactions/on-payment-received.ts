import { paymentsEvents } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

const RECEIPT = { fr: 'Reçu', en: 'Receipt' } as const;

/** Money came: the customer gets a receipt. */
export const onPaymentReceived = (env: Env) =>
  on(paymentsEvents.paymentReceived, 'send the receipt', async (tx, { subject, customerId, data }) => {
    if (customerId === null) return;
    const { name, language } = await readCustomer(tx, customerId);
    const url = `${env.publicUrl()}/portal/#/invoices`;
    const amount = formatCents(data.amountCents, language === 'fr' ? 'fr-CA' : 'en-CA');
    await sendMessage(tx, env, {
      template: 'payment_receipt',
      to: { customerId },
      variables: { name, payment: subject, amount, url },
      idempotencyKey: `receipt:${subject}`,
      attachments: [{ name: `${RECEIPT[language]} ${subject}.pdf`, path: `/payments/receipt/${subject}` }],
    });
  });
