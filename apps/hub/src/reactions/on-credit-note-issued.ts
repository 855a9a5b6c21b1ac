import { creditNoteEvents } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

const CREDIT_NOTE = { fr: 'Note de crédit', en: 'Credit note' } as const;

/** An invoice was taken back, all of it or a part, or an account has a credit: the customer gets the credit note. */
export const onCreditNoteIssued = (env: Env) =>
  on(creditNoteEvents.creditNoteIssued, 'send the credit note', async (tx, { subject, customerId, data }) => {
    if (customerId === null) return;
    const { name, language } = await readCustomer(tx, customerId);
    const said = {
      name,
      note: subject,
      total: formatCents(data.totalCents, language === 'fr' ? 'fr-CA' : 'en-CA'),
    };
    const portal = `${env.publicUrl()}/portal/#/invoices`;
    await sendMessage(tx, env, {
      ...(data.invoiceId === null
        ? { template: 'account_credited' as const, variables: { ...said, url: portal } }
        : {
            template: 'credit_note_issued' as const,
            variables: { ...said, invoice: data.invoiceId, url: `${portal}/${data.invoiceId}` },
          }),
      to: { customerId },
      idempotencyKey: `credit-note:${subject}`,
      attachments: [
        { name: `${CREDIT_NOTE[language]} ${subject}.pdf`, path: `/api/credit-notes/${subject}/pdf` },
      ],
    });
  });
