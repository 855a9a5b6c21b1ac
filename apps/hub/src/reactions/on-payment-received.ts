import { paymentsEvents } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import { recoverWriteOffs } from '../domains/billing/index.ts';
import { readCustomer } from '../domains/customers/index.ts';
import { accountOf } from '../domains/ledger/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import type { Env } from '../env.ts';
import { on, type Reaction } from './reaction.ts';

const RECEIPT = { fr: 'Reçu', en: 'Receipt' } as const;

/** Money came: the customer gets a receipt, and what is left of it pays debts that had been given up. */
export const onPaymentReceived = (env: Env): readonly Reaction[] => [
  on(paymentsEvents.paymentReceived, 'recover debts given up', async (tx, { subject, customerId, data }) => {
    if (customerId === null) return;
    // Another invoice may have taken it meanwhile.
    const { creditCents } = await accountOf(tx, customerId);
    const amountCents = creditCents < data.creditCents ? creditCents : data.creditCents;
    await recoverWriteOffs(tx, { customerId, amountCents, reason: `paiement ${subject}` });
  }),
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
  }),
];
