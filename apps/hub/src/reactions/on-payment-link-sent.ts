import { paymentsEvents } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import { checkoutUrl } from '../domains/payments/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

/** Staff asked for a payment page to be sent: its address, by the channels they chose. */
export const onPaymentLinkSent = (env: Env) =>
  on(
    paymentsEvents.paymentLinkSent,
    'send the payment link',
    async (tx, { id, subject, customerId, data }) => {
      const url = await checkoutUrl(tx, subject);
      if (customerId === null || url === null) return;
      const { name, language } = await readCustomer(tx, customerId);
      await sendMessage(tx, env, {
        template: 'payment_link',
        to: { customerId },
        variables: {
          name,
          amount: formatCents(data.amountCents, language === 'fr' ? 'fr-CA' : 'en-CA'),
          what: data.invoiceId ?? customerId,
          url,
        },
        // Sent again when it is asked again.
        idempotencyKey: `payment-link:${subject}:${id}`,
        channels: data.channels,
      });
    },
  );
