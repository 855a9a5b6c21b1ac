import { Refusal, type FileAnswer, type Language } from '@gigafibre/contract';
import { refundReceiptPdf } from '@gigafibre/documents';
import type { Reading } from '../../../platform/acting.ts';
import { readCompany } from '../../../platform/company.ts';
import { companyIn } from '../../billing/index.ts';
import { readCustomer } from '../../customers/index.ts';
import { keptReceipt, methodText } from '../receipt.ts';
import { readPayment } from '../read-payments.ts';
import { readRefund } from './read-refunds.ts';
import type { Refund } from './refund.ts';

const DESTINATIONS: Readonly<
  Record<Exclude<Refund['destination'], 'method'>, Readonly<Record<Language, string>>>
> = {
  credit: { fr: 'Crédit au compte client', en: 'Credit to the customer account' },
  cash: { fr: 'Comptant', en: 'Cash' },
  cheque: { fr: 'Chèque', en: 'Cheque' },
  transfer: { fr: 'Virement', en: 'Transfer' },
};

/**
 * The receipt of a refund as PDF, in the language of its payment unless another is asked. Refused `not_found`, also
 * for somebody else's, and before the money has left.
 */
export async function refundReceipt(
  reading: Pick<Reading, 'db' | 'now'>,
  { id, language, customerId }: { id: string; language?: Language | undefined; customerId?: string },
): Promise<FileAnswer> {
  const refund = await readRefund(reading, id);
  if (customerId !== undefined && refund.customerId !== customerId)
    throw new Refusal('not_found', { what: id });
  if (refund.state !== 'succeeded' && refund.state !== 'pending')
    throw new Refusal('not_in_this_state', { state: refund.state });
  const { paymentId } = refund;
  const payment = paymentId === null ? undefined : await readPayment(reading, paymentId);
  const said = paymentId === null ? await saidToday(reading, refund) : await keptReceipt(reading, paymentId);
  const spoken = language ?? said.language;
  const bytes = await refundReceiptPdf(
    {
      company: companyIn(said.company),
      number: id,
      refundedAt: new Date(refund.decidedAt ?? refund.askedAt),
      customer: { name: said.name, addressLines: [], accountNumber: refund.customerId },
      amountCents: refund.amountCents,
      destination:
        refund.destination !== 'method'
          ? DESTINATIONS[refund.destination][spoken]
          : payment
            ? methodText(payment, spoken)
            : '',
      isOnItsWay: refund.destination === 'method',
      ...(payment
        ? { payment: { number: payment.id, at: new Date(payment.receivedAt), cents: payment.amountCents } }
        : {}),
      ...(refund.reference === null ? {} : { reference: refund.reference }),
    },
    spoken,
  );
  return { type: 'application/pdf', name: `${id}.pdf`, bytes: new Uint8Array(bytes) };
}

/** Of a credit no receipt was kept: it says who the customer and the company are today. */
async function saidToday(reading: Pick<Reading, 'db'>, { customerId }: Refund) {
  const { name, language } = await readCustomer(reading, customerId);
  return { name, language, company: await readCompany(reading.db) };
}
