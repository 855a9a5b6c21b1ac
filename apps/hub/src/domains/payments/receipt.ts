import type { FileAnswer, Language } from '@gigafibre/contract';
import { receiptPdf } from '@gigafibre/documents';
import { sumCents } from '@gigafibre/money';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readCompany } from '../../platform/company.ts';
import { companyIn, readInvoice, type Settled } from '../billing/index.ts';
import { readCustomer } from '../customers/index.ts';
import type { Payment, PaymentMethod } from './payment.ts';
import { readPayment } from './read-payments.ts';
import * as store from './store.ts';

const wholeCents = z.int().transform((cents) => BigInt(cents));
const kept = z.object({
  name: z.string(),
  language: z.enum(['fr', 'en']),
  company: z.unknown(),
  allocations: z.array(z.object({ invoiceId: z.string(), issuedOn: z.string(), amountCents: wholeCents })),
});

/** What a receipt says for ever: the payer, the company, and what was settled at once. A credit used later is on none. */
export async function receiptOf(tx: Tx, customerId: string, settled: readonly Settled[]) {
  const { name, language } = await readCustomer(tx, customerId);
  const allocations = [];
  for (const { invoiceId, amountCents } of settled)
    allocations.push({ invoiceId, amountCents, issuedOn: (await readInvoice(tx, invoiceId)).issuedOn });
  return { name, language, company: await readCompany(tx.db), allocations };
}

/** What the receipt of a payment says for ever, as it was kept. */
export const keptReceipt = async ({ db }: Pick<Reading, 'db'>, id: string) =>
  kept.parse((await store.paymentById(db, id))?.receipt);

/**
 * The receipt of a payment as PDF, in the language it was made in unless another is asked; the same bytes today and
 * in years, but for the card, which the provider may tell a moment later. Refused `not_found`.
 */
export async function receipt(
  reading: Pick<Reading, 'db' | 'now'>,
  { id, language }: { id: string; language?: Language | undefined },
): Promise<FileAnswer> {
  const payment = await readPayment(reading, id);
  const row = await store.paymentById(reading.db, id);
  const said = kept.parse(row?.receipt);
  const spoken = language ?? said.language;
  const allocatedCents = sumCents(said.allocations.map(({ amountCents }) => amountCents));
  const bytes = await receiptPdf(
    {
      company: companyIn(said.company),
      number: id,
      receivedAt: new Date(payment.receivedAt),
      createdAt: new Date(payment.receivedAt),
      customer: { name: said.name, addressLines: [], accountNumber: payment.customerId },
      amountCents: payment.amountCents,
      roundingCents: payment.roundingCents,
      method: methodText(payment, spoken),
      ...(payment.reference === null ? {} : { reference: payment.reference }),
      allocations: said.allocations.map(({ invoiceId, issuedOn, amountCents }) => ({
        invoiceNumber: invoiceId,
        invoiceIssuedOn: issuedOn,
        amountCents,
      })),
      unallocatedCents: payment.amountCents - payment.roundingCents - allocatedCents,
      balanceAfterCents: row?.balance_after_cents ?? 0n,
    },
    spoken,
  );
  return { type: 'application/pdf', name: `${id}.pdf`, bytes: new Uint8Array(bytes) };
}

const METHODS: Readonly<Record<PaymentMethod, Readonly<Record<Language, string>>>> = {
  card: { fr: 'Carte', en: 'Card' },
  klarna: { fr: 'Klarna', en: 'Klarna' },
  bank_debit: { fr: 'Débit préautorisé', en: 'Pre-authorized debit' },
  cash: { fr: 'Comptant', en: 'Cash' },
  cheque: { fr: 'Chèque', en: 'Cheque' },
  transfer: { fr: 'Virement', en: 'Transfer' },
};

/** « Visa •••• 4242 », or the method when no card is known. */
export function methodText({ method, brand, last4 }: Payment, language: Language): string {
  const name = brand === null ? METHODS[method][language] : brand.charAt(0).toUpperCase() + brand.slice(1);
  return last4 === null ? name : `${name} •••• ${last4}`;
}
