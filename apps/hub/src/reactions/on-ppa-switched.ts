import { paymentsEvents } from '@gigafibre/contract';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import { overdueText, readPpa } from '../domains/payments/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

const AGREEMENT = { fr: 'Accord', en: 'Agreement' } as const;

/**
 * An agreement began: its written confirmation. It ended, not by being replaced nor by a death: the customer is told.
 */
export const onPpaSwitched = (env: Env) =>
  on(paymentsEvents.ppaSwitched, 'confirm the agreement', async (tx, { subject, customerId, data }) => {
    if (customerId === null || data.reason === 'replaced' || data.reason === 'deceased') return;
    const { name, language } = await readCustomer(tx, customerId);
    const common = { to: { customerId }, channels: ['email', 'sms'] as const };
    const url = `${env.publicUrl()}/portal/#/payment-methods`;
    if (!data.enabled) {
      const failed = data.reason === 'failures' || data.reason === 'mandate' || data.reason === 'suspended';
      await sendMessage(tx, env, {
        ...common,
        template: 'ppa_ended',
        variables: { name, failed, url },
        idempotencyKey: `ppa:${subject}:ended`,
      });
      return;
    }
    const { agreement, textFr, textEn } = await readPpa(tx, { customerId });
    if (agreement?.id !== subject) return;
    const { kind, brand, last4 } = agreement.method;
    const account = { fr: 'votre compte', en: 'your account' }[language];
    await sendMessage(tx, env, {
      ...common,
      template: 'ppa_confirmed',
      variables: {
        name,
        method: `${kind === 'card' ? (brand ?? '') : account} •••• ${last4 ?? ''}`.trim(),
        from: agreement.usableFrom,
        words: [
          language === 'fr' ? textFr : textEn,
          ...overdueText(agreement.overdueInvoices, language),
        ].join('\n\n'),
        url,
      },
      idempotencyKey: `ppa:${subject}:confirmed`,
      attachments: [
        { name: `${AGREEMENT[language]} ${subject}.pdf`, path: `/api/agreements/${subject}/pdf` },
      ],
    });
  });
