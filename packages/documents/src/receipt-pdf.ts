import { sumCents, type Cents } from '@gigafibre/money';
import { money } from './figures.ts';
import { formatDate, formatInstant } from './format-date.ts';
import { fill, wordsIn, type Language, type Words } from './language.ts';
import { COLOR } from './look.ts';
import type { Company, Party } from './parties.ts';
import { drawFacts, partyLines } from './sheet/facts.ts';
import { drawLetterhead, drawRunningText } from './sheet/letterhead.ts';
import { closeSheet, openSheet, type Sheet } from './sheet/open-sheet.ts';
import { drawPanel } from './sheet/panel.ts';
import { drawTable, type Row } from './sheet/table.ts';
import { heading, paragraph } from './sheet/text.ts';

/** A part of a payment put on an invoice. */
export type ReceiptAllocation = {
  readonly invoiceNumber: string;
  readonly invoiceIssuedOn: string;
  readonly amountCents: Cents;
};

/** Everything on a receipt. */
export type ReceiptValues = {
  readonly company: Company;
  readonly number: string;
  readonly receivedAt: Date;
  readonly createdAt: Date;
  readonly customer: Party;
  readonly amountCents: Cents;
  /** Cash only: what rounding to five cents added to the debt; not part of any allocation. */
  readonly roundingCents?: Cents | undefined;
  /** In the language of the document: « Visa •••• 4242 ». */
  readonly method: string;
  /** Reference at the payment provider, when there is one. */
  readonly reference?: string | undefined;
  readonly allocations: readonly ReceiptAllocation[];
  /** What stays on the account: amount less rounding and allocations. */
  readonly unallocatedCents: Cents;
  /** What the customer owes after this payment; negative for a credit. */
  readonly balanceAfterCents: Cents;
};

const RECEIPT_WORDS = {
  title: { fr: 'Reçu', en: 'Receipt' },
  receivedFrom: { fr: 'Reçu de', en: 'Received from' },
  payment: { fr: 'Paiement', en: 'Payment' },
  receivedAt: { fr: 'Reçu le', en: 'Received' },
  method: { fr: 'Mode', en: 'Method' },
  reference: { fr: 'Référence', en: 'Reference' },
  account: { fr: 'Compte', en: 'Account' },
  amount: { fr: 'Montant reçu', en: 'Amount received' },
  thanks: {
    fr: 'Merci! Ce montant a été porté à votre compte.',
    en: 'Thank you! This amount was put on your account.',
  },
  allocation: { fr: 'Affectation du paiement', en: 'Allocation of the payment' },
  invoice: { fr: 'Facture', en: 'Invoice' },
  issuedOn: { fr: 'Émise le', en: 'Issued on' },
  allocated: { fr: 'Montant', en: 'Amount' },
  unallocated: {
    fr: 'Gardé au compte pour les prochaines factures',
    en: 'Kept on the account for the next invoices',
  },
  rounding: { fr: 'Arrondi au comptant', en: 'Cash rounding' },
  total: { fr: 'Total', en: 'Total' },
  owed: {
    fr: 'Solde du compte après ce paiement : {amount}.',
    en: 'Account balance after this payment: {amount}.',
  },
  credit: {
    fr: 'Crédit au compte après ce paiement : {amount}.',
    en: 'Account credit after this payment: {amount}.',
  },
  registrations: { fr: 'TPS {gst} · TVQ {qst}', en: 'GST {gst} · QST {qst}' },
} as const satisfies Words<string>;

type Pen = {
  readonly sheet: Sheet;
  readonly values: ReceiptValues;
  readonly words: Readonly<Record<keyof typeof RECEIPT_WORDS, string>>;
};

/** The receipt of a payment as PDF. Throws when the allocations and the rest do not make the amount. */
export async function receiptPdf(values: ReceiptValues, language: Language): Promise<Uint8Array> {
  const allocated = sumCents(values.allocations.map((allocation) => allocation.amountCents));
  const parts = allocated + values.unallocatedCents + (values.roundingCents ?? 0n);
  if (parts !== values.amountCents) {
    throw new RangeError(`${values.number}: parts make ${parts} cents, not ${values.amountCents}`);
  }
  const words = wordsIn(RECEIPT_WORDS, language);
  const title = `${words.title} ${values.number}`;
  const sheet = openSheet({ language, title, author: values.company.tradeName, createdAt: values.createdAt });
  const pen = { sheet, values, words };
  drawLetterhead(sheet, { company: values.company, title: words.title, number: values.number });
  drawParties(pen);
  drawPanel(sheet, { label: words.amount, lead: money(values.amountCents, language), detail: words.thanks });
  drawAllocations(pen);
  drawBalance(pen);
  drawRunningText(sheet, { company: values.company, label: title });
  return closeSheet(sheet);
}

function drawParties({ sheet, values, words }: Pen): void {
  const { customer, reference } = values;
  drawFacts(sheet, [
    { label: words.receivedFrom, lines: partyLines(customer), strongFirst: true },
    {
      label: words.payment,
      lines: [
        { name: words.receivedAt, value: formatInstant(values.receivedAt, sheet.language) },
        { name: words.method, value: values.method },
        ...(reference === undefined ? [] : [{ name: words.reference, value: reference }]),
        ...(customer.accountNumber === undefined
          ? []
          : [{ name: words.account, value: customer.accountNumber }]),
      ],
    },
  ]);
}

function drawAllocations({ sheet, values, words }: Pen): void {
  const { language } = sheet;
  heading(sheet, words.allocation);
  const rest: readonly Row[] =
    values.unallocatedCents === 0n
      ? []
      : [{ cells: [words.unallocated, '', money(values.unallocatedCents, language)] }];
  const roundingCents = values.roundingCents ?? 0n;
  const roundingRow: readonly Row[] =
    roundingCents === 0n ? [] : [{ cells: [words.rounding, '', money(roundingCents, language)] }];
  drawTable(sheet, {
    summary: words.allocation,
    columns: [
      { heading: words.invoice, width: 264 },
      { heading: words.issuedOn, width: 140 },
      { heading: words.allocated, width: 100, figures: true },
    ],
    rows: [
      ...values.allocations.map((allocation) => ({
        cells: [
          allocation.invoiceNumber,
          formatDate(allocation.invoiceIssuedOn, language),
          money(allocation.amountCents, language),
        ],
      })),
      ...rest,
      ...roundingRow,
      { kind: 'grand', cells: [words.total, '', money(values.amountCents, language)] },
    ],
  });
}

function drawBalance({ sheet, values, words }: Pen): void {
  const { language } = sheet;
  const balance = values.balanceAfterCents;
  const sentence = balance < 0n ? words.credit : words.owed;
  sheet.doc.y += 10;
  paragraph(sheet, fill(sentence, { amount: money(balance < 0n ? -balance : balance, language) }));
  const { gstNumber, qstNumber } = values.company;
  paragraph(sheet, fill(words.registrations, { gst: gstNumber, qst: qstNumber }), { color: COLOR.muted });
}
