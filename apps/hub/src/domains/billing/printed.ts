import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import type { Customer } from '../customers/index.ts';
import { agreedRates, rateOn } from './agreed-interest.ts';
import { debitDay } from './debit-day.ts';
import { debitedFrom, type DebitedFrom } from './printed-store.ts';
import { invoiceById } from './store.ts';

const cents = z.number().transform((n) => BigInt(n));
/** What an invoice prints that is only known when it is issued, as it is kept with it. */
export const printedParts = z.object({
  payUrl: z.string().nullable(),
  /** The debit that will pay it: the invoice is its pre-notification (Rule H1: date and amount). */
  debit: z
    .object({ on: z.string(), amountCents: cents, method: z.object({ fr: z.string(), en: z.string() }) })
    .nullable(),
  /** Per cent a year that the contract says. */
  interestPercent: z.string().nullable(),
});
export type Printed = z.output<typeof printedParts>;

/** An invoice under way, as far as what it prints depends on it. */
export type Printing = Readonly<{
  id: string;
  customerId: string;
  issuedOn: string;
  dueOn: string;
  totalCents: bigint;
  amountDueCents: bigint;
}>;

/** What the invoices of some customers print, as of this moment; one read for all of them. */
export async function printedNow(
  tx: Tx,
  { customers, on }: { customers: readonly Customer[]; on: string },
): Promise<(invoice: Printing) => Printed> {
  const ids = customers.map(({ id }) => id);
  const agreements = new Map((await debitedFrom(tx.db, ids)).map((row) => [row.customer_id, row]));
  const rates = await agreedRates(tx, customers);
  const base = tx.publicUrl;
  return (invoice) => ({
    payUrl: base === null ? null : payUrl(base, invoice.id),
    debit: debitOf(invoice, agreements.get(invoice.customerId)),
    interestPercent: rateOn(rates(invoice.customerId), on),
  });
}

export const payUrl = (base: string, invoiceId: string): string => `${base}/portal/#/invoices/${invoiceId}`;

/** Less is not worth a debit: providers take none. */
const DEBIT_CENTS_MIN = 50n;

/**
 * What is debited for an invoice, and when: its total, less what is held for the customer. What was owed before has its
 * own debits.
 */
function debitOf(invoice: Printing, from: DebitedFrom | undefined): Printed['debit'] {
  const { totalCents, amountDueCents } = invoice;
  const amountCents = amountDueCents < totalCents ? amountDueCents : totalCents;
  if (!from || amountCents < DEBIT_CENTS_MIN) return null;
  const dueOn = from.usable_from > invoice.dueOn ? from.usable_from : invoice.dueOn;
  return {
    on: debitDay({ issuedOn: invoice.issuedOn, dueOn }, from.kind),
    amountCents,
    method: methodWords(from),
  };
}

const BRANDS: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
};

/** `carte Visa •••• 4242`, `compte 815-30001 •••• 4567`. */
function methodWords({ kind, brand, last4, institution, transit }: DebitedFrom): { fr: string; en: string } {
  const number = `•••• ${last4 ?? ''}`.trim();
  if (kind === 'card') {
    const name = BRANDS[brand ?? ''] ?? brand ?? '';
    return { fr: `carte ${name} ${number}`, en: `${name} card ${number}`.trim() };
  }
  const account = [institution, transit].filter(Boolean).join('-');
  return { fr: `compte ${account} ${number}`, en: `account ${account} ${number}` };
}

/** What an invoice said when it was issued; null for one of before anything was kept, or of nobody. */
export async function printedOn({ db }: Pick<Reading, 'db'>, id: string): Promise<Printed | null> {
  const row = await invoiceById(db, id);
  return row?.printed == null ? null : printedParts.parse(row.printed);
}
