import type { Cents } from '@gigafibre/money';
import { money } from './figures.ts';
import { formatInstant } from './format-date.ts';
import { fill, wordsIn, type Language, type Words } from './language.ts';
import { COLOR } from './look.ts';
import type { Company, Party } from './parties.ts';
import { drawFacts, partyLines } from './sheet/facts.ts';
import { drawLetterhead, drawRunningText } from './sheet/letterhead.ts';
import { closeSheet, openSheet } from './sheet/open-sheet.ts';
import { drawPanel } from './sheet/panel.ts';
import { paragraph } from './sheet/text.ts';

/** Everything on the receipt of a refund. */
export type RefundReceiptValues = {
  readonly company: Company;
  readonly number: string;
  readonly refundedAt: Date;
  readonly customer: Party;
  readonly amountCents: Cents;
  /** In the language of the document: « Visa •••• 4242 », « Compte client ». */
  readonly destination: string;
  /** True for a provider's refund, which the bank shows some days later. */
  readonly isOnItsWay: boolean;
  /** The payment it is of; none for a credit that came with no payment. */
  readonly payment?: { readonly number: string; readonly at: Date; readonly cents: Cents } | undefined;
  readonly reference?: string | undefined;
};

const REFUND_WORDS = {
  title: { fr: 'Reçu de remboursement', en: 'Refund receipt' },
  to: { fr: 'Remboursé à', en: 'Refunded to' },
  refund: { fr: 'Remboursement', en: 'Refund' },
  at: { fr: 'Fait le', en: 'Made' },
  way: { fr: 'Vers', en: 'To' },
  reference: { fr: 'Référence', en: 'Reference' },
  account: { fr: 'Compte client', en: 'Customer account' },
  amount: { fr: 'Montant remboursé', en: 'Amount refunded' },
  of: {
    fr: 'Sur le paiement {number} de {amount}, reçu le {at}.',
    en: 'Of payment {number} of {amount}, received {at}.',
  },
  ofCredit: { fr: 'Sur le crédit de votre compte.', en: 'Of the credit in your account.' },
  coming: {
    fr: 'Votre institution financière l’affiche d’ici 5 à 10 jours ouvrables.',
    en: 'Your financial institution shows it within 5 to 10 business days.',
  },
  registrations: { fr: 'TPS {gst} · TVQ {qst}', en: 'GST {gst} · QST {qst}' },
} as const satisfies Words<string>;

/** The receipt of a refund as PDF. Throws for more than was paid, and for nothing. */
export async function refundReceiptPdf(values: RefundReceiptValues, language: Language): Promise<Uint8Array> {
  const { company, number, amountCents, payment } = values;
  if (amountCents <= 0n || (payment && amountCents > payment.cents))
    throw new RangeError(`${number}: ${amountCents} cents of ${payment?.cents} is no refund`);
  const words = wordsIn(REFUND_WORDS, language);
  const title = `${words.title} ${number}`;
  const sheet = openSheet({ language, title, author: company.tradeName, createdAt: values.refundedAt });
  drawLetterhead(sheet, { company, title: words.title, number });
  drawFacts(sheet, [
    { label: words.to, lines: partyLines(values.customer), strongFirst: true },
    {
      label: words.refund,
      lines: [
        { name: words.at, value: formatInstant(values.refundedAt, language) },
        { name: words.way, value: values.destination },
        ...(values.reference === undefined ? [] : [{ name: words.reference, value: values.reference }]),
        ...(values.customer.accountNumber === undefined
          ? []
          : [{ name: words.account, value: values.customer.accountNumber }]),
      ],
    },
  ]);
  const detail = payment
    ? fill(words.of, {
        number: payment.number,
        amount: money(payment.cents, language),
        at: formatInstant(payment.at, language),
      })
    : words.ofCredit;
  drawPanel(sheet, { label: words.amount, lead: money(amountCents, language), detail });
  if (values.isOnItsWay) paragraph(sheet, words.coming);
  const { gstNumber, qstNumber } = company;
  paragraph(sheet, fill(words.registrations, { gst: gstNumber, qst: qstNumber }), { color: COLOR.muted });
  drawRunningText(sheet, { company, label: title });
  return closeSheet(sheet);
}
