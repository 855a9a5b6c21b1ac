import { paymentsEvents } from '@gigafibre/contract';
import { formatDate } from '@gigafibre/documents';
import { formatCents } from '@gigafibre/money';
import { holdForDeath } from '../domains/collections/index.ts';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import { readAuthorized } from '../domains/payments/index.ts';
import type { Env } from '../env.ts';
import { on, type Reaction } from './reaction.ts';

/** The return code of an account whose holder died. */
const DECEASED = '910';

/**
 * A bank refused a debit: the customer hears why their invoice is not paid, and what happens next. When the account
 * holder died, nobody is written to and the ladder stops. A debit that only its payer's word allows is confirmed.
 */
export const onDebitMoved = (env: Env): readonly Reaction[] => [
  on(paymentsEvents.debitMoved, 'say that a debit was refused', async (tx, { subject, customerId, data }) => {
    if (customerId === null || (data.state !== 'declined' && data.state !== 'returned')) return;
    if (data.returnCode === DECEASED) return;
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
  }),
  on(paymentsEvents.debitMoved, 'confirm an authorised debit', async (tx, { subject, customerId, data }) => {
    if (customerId === null || data.state !== 'planned') return;
    const { authorization, method, scheduledOn } = await readAuthorized(tx, subject);
    if (authorization === null) return;
    const { name, language } = await readCustomer(tx, customerId);
    await sendMessage(tx, env, {
      template: 'debit_authorized',
      to: { customerId },
      variables: {
        name,
        amount: formatCents(data.amountCents, language === 'fr' ? 'fr-CA' : 'en-CA'),
        method: `•••• ${method.last4 ?? ''}`.trim(),
        by: authorization.givenBy,
        given: formatDate(authorization.givenOn, language),
        on: formatDate(scheduledOn, language),
        url: `${env.publicUrl()}/portal/#/payment-methods`,
      },
      idempotencyKey: `debit:${subject}:confirmed`,
      channels: ['email', 'sms'],
    });
  }),
  on(paymentsEvents.debitMoved, 'hold the ladder of who died', async (tx, { subject, customerId, data }) => {
    if (customerId === null || data.state !== 'returned' || data.returnCode !== DECEASED) return;
    await holdForDeath(tx, { customerId, debitId: subject });
  }),
];
