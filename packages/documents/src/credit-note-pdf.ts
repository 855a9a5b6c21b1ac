import type { Cents } from '@gigafibre/money';
import { assertAddsUp, drawTotals, totalRows, type Aside, type Totals } from './charges.ts';
import { money, quantity } from './figures.ts';
import { formatDate, formatPeriod } from './format-date.ts';
import { fill, wordsIn, type Language, type Words } from './language.ts';
import type { Company, Party } from './parties.ts';
import { drawFacts, partyLines } from './sheet/facts.ts';
import { drawLetterhead, drawRunningText } from './sheet/letterhead.ts';
import { closeSheet, openSheet, type Sheet } from './sheet/open-sheet.ts';
import { drawPanel } from './sheet/panel.ts';
import { drawTable, type Row } from './sheet/table.ts';

/** A line of an invoice that is taken back, in the language of the document. */
export type CreditedLine = {
  readonly description: string;
  readonly period?: { readonly from: string; readonly to: string } | undefined;
  /** How many pieces are taken back; absent when it is a part of an amount. */
  readonly quantity?: number | undefined;
  /** Before taxes; negative where a discount is taken back. */
  readonly amountCents: Cents;
};

/** Everything on a credit note. Amounts are positive and final; nothing is computed here but checked to add up. */
export type CreditNoteValues = Totals & {
  readonly company: Company;
  /** `CN-00042`. */
  readonly number: string;
  readonly issuedOn: string;
  readonly createdAt: Date;
  readonly customer: Party;
  readonly serviceAddressLines: readonly string[];
  /** What it takes back; absent for what an account had to its credit without an invoice. */
  readonly invoice?: { readonly number: string; readonly issuedOn: string } | undefined;
  readonly reason: string;
  readonly lines: readonly CreditedLine[];
  /** How much of it lowered what was left to pay of the invoice; the rest is a credit of the customer. */
  readonly appliedCents: Cents;
};

const CREDIT_NOTE_WORDS = {
  title: { fr: 'Note de crédit', en: 'Credit note' },
  creditedTo: { fr: 'Crédité à', en: 'Credited to' },
  serviceAddress: { fr: 'Adresse de service', en: 'Service address' },
  details: { fr: 'Détails', en: 'Details' },
  issuedOn: { fr: 'Émise le', en: 'Issued on' },
  invoice: { fr: 'Sur la facture', en: 'On invoice' },
  invoiceDate: { fr: 'Facture du', en: 'Invoiced on' },
  account: { fr: 'Compte', en: 'Account' },
  credited: { fr: 'Montant crédité', en: 'Amount credited' },
  allApplied: {
    fr: 'Déduit de ce qui restait à payer sur la facture {invoice}.',
    en: 'Taken off what was left to pay on invoice {invoice}.',
  },
  allCredit: {
    fr: 'Porté au crédit de votre compte; la facture {invoice} était déjà payée.',
    en: 'Put to the credit of your account; invoice {invoice} was already paid.',
  },
  ofAccount: {
    fr: 'Porté au crédit de votre compte : il paie d’abord ce qui y est dû, le reste vous est remboursable.',
    en: 'Put to the credit of your account: it first pays what is owed there, and the rest can be refunded to you.',
  },
  both: {
    fr: '{applied} déduits de ce qui restait à payer sur la facture {invoice}; {credit} portés au crédit de votre compte.',
    en: '{applied} taken off what was left to pay on invoice {invoice}; {credit} put to the credit of your account.',
  },
  description: { fr: 'Description', en: 'Description' },
  quantity: { fr: 'Qté', en: 'Qty' },
  amount: { fr: 'Montant', en: 'Amount' },
  linesSummary: { fr: 'Services et frais crédités', en: 'Services and charges credited' },
  total: { fr: 'Total crédité', en: 'Total credited' },
  totalsSummary: { fr: 'Sous-total, taxes et total crédités', en: 'Subtotal, taxes and total credited' },
  reason: { fr: 'Motif', en: 'Reason' },
  taxes: { fr: 'Taxes rajustées', en: 'Taxes adjusted' },
  adjusted: {
    fr: 'La TPS, la TVQ ou la TVH ci-contre sont les montants rajustés. Une entreprise inscrite réduit d’autant les crédits et remboursements qu’elle demande.',
    en: 'The GST, QST or HST shown here are the amounts adjusted. A registered business reduces the credits and refunds it claims by as much.',
  },
  registrations: { fr: 'TPS {gst} · TVQ {qst}', en: 'GST {gst} · QST {qst}' },
} as const satisfies Words<string>;

type Pen = {
  readonly sheet: Sheet;
  readonly values: CreditNoteValues;
  readonly words: Readonly<Record<keyof typeof CREDIT_NOTE_WORDS, string>>;
};

/**
 * The credit note as PDF, with what the tax offices want of one: that it is a credit note, supplier, both
 * registration numbers, customer, date and the taxes adjusted. Throws when the amounts do not add up.
 */
export async function creditNotePdf(values: CreditNoteValues, language: Language): Promise<Uint8Array> {
  assertAddsUp(values.number, values.lines, values);
  if (values.appliedCents < 0n || values.appliedCents > values.totalCents)
    throw new RangeError(`${values.number}: ${values.appliedCents} is not a part of ${values.totalCents}`);
  const words = wordsIn(CREDIT_NOTE_WORDS, language);
  const title = `${words.title} ${values.number}`;
  const sheet = openSheet({ language, title, author: values.company.tradeName, createdAt: values.createdAt });
  const pen = { sheet, values, words };
  drawLetterhead(sheet, { company: values.company, title: words.title, number: values.number });
  drawParties(pen);
  drawPanel(sheet, {
    label: words.credited,
    lead: money(values.totalCents, language),
    detail: whereItWent(pen),
  });
  drawLines(pen);
  drawTotals(sheet, {
    rows: totalRows(values, { label: words.total, company: values.company, language }),
    summary: words.totalsSummary,
    asides: finePrint(pen),
  });
  drawRunningText(sheet, { company: values.company, label: title });
  return closeSheet(sheet);
}

function drawParties({ sheet, values, words }: Pen): void {
  const { customer, invoice } = values;
  const date = (civil: string): string => formatDate(civil, sheet.language);
  const account =
    customer.accountNumber === undefined ? [] : [{ name: words.account, value: customer.accountNumber }];
  drawFacts(sheet, [
    { label: words.creditedTo, lines: partyLines(customer), strongFirst: true },
    { label: words.serviceAddress, lines: values.serviceAddressLines },
    {
      label: words.details,
      lines: [
        { name: words.issuedOn, value: date(values.issuedOn) },
        ...(invoice === undefined
          ? []
          : [
              { name: words.invoice, value: invoice.number },
              { name: words.invoiceDate, value: date(invoice.issuedOn) },
            ]),
        ...account,
      ],
    },
  ]);
}

function whereItWent({ sheet, values, words }: Pen): string {
  if (values.invoice === undefined) return words.ofAccount;
  const creditCents = values.totalCents - values.appliedCents;
  const places = {
    invoice: values.invoice.number,
    applied: money(values.appliedCents, sheet.language),
    credit: money(creditCents, sheet.language),
  };
  if (creditCents === 0n) return fill(words.allApplied, places);
  return fill(values.appliedCents === 0n ? words.allCredit : words.both, places);
}

function drawLines({ sheet, values, words }: Pen): void {
  const { language } = sheet;
  const row = (line: CreditedLine): Row => ({
    cells: [
      line.period === undefined
        ? line.description
        : { text: line.description, note: capitalized(formatPeriod(line.period, language)) },
      line.quantity === undefined ? '' : quantity(line.quantity, language),
      money(line.amountCents, language),
    ],
  });
  drawTable(sheet, {
    summary: words.linesSummary,
    columns: [
      { heading: words.description, width: 374 },
      { heading: words.quantity, width: 40, figures: true },
      { heading: words.amount, width: 90, figures: true },
    ],
    rows: values.lines.map(row),
  });
  sheet.doc.y += 8;
}

function finePrint({ values, words }: Pen): readonly Aside[] {
  const { gstNumber, qstNumber } = values.company;
  return [
    { is: 'heading', text: words.reason },
    { is: 'paragraph', text: values.reason },
    { is: 'heading', text: words.taxes },
    { is: 'paragraph', text: words.adjusted },
    { is: 'paragraph', text: fill(words.registrations, { gst: gstNumber, qst: qstNumber }) },
  ];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
