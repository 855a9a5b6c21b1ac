import { billingEvents } from '@gigafibre/contract';
import { formatDate } from '@gigafibre/documents';
import { formatCents } from '@gigafibre/money';
import { applyNoteCredits, printedOn } from '../domains/billing/index.ts';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import { applyCredits } from '../domains/payments/index.ts';
import type { Env } from '../env.ts';
import { on, type Reaction } from './reaction.ts';

const INVOICE = { fr: 'Facture', en: 'Invoice' } as const;

/** An invoice was issued: money held for the customer is put against it and it is sent. */
export const onInvoiceIssued = (env: Env): readonly Reaction[] => [
  on(billingEvents.invoiceIssued, 'put credits against the new invoice', async (tx, { customerId }) => {
    if (customerId === null) return;
    await applyNoteCredits(tx, { customerId });
    await applyCredits(tx, { customerId });
  }),
  on(billingEvents.invoiceIssued, 'send the invoice', async (tx, { subject, customerId, data }) => {
    if (customerId === null) return;
    const { name, language } = await readCustomer(tx, customerId);
    const money = (cents: bigint) => formatCents(cents, language === 'fr' ? 'fr-CA' : 'en-CA');
    const debit = (await printedOn(tx, subject))?.debit;
    await sendMessage(tx, env, {
      template: 'invoice_issued',
      to: { customerId },
      variables: {
        name,
        invoice: subject,
        total: money(data.totalCents),
        dueDate: formatDate(data.dueOn, language),
        debit: debit && {
          on: formatDate(debit.on, language),
          amount: money(debit.amountCents),
          method: debit.method[language],
        },
        url: `${env.publicUrl()}/portal/#/invoices/${subject}`,
      },
      idempotencyKey: `invoice:${subject}`,
      attachments: [{ name: `${INVOICE[language]} ${subject}.pdf`, path: `/api/invoices/${subject}/pdf` }],
    });
  }),
];
