import { sumCents, type Cents } from '@gigafibre/money';
import { money } from './figures.ts';
import { formatDate, formatPeriod } from './format-date.ts';
import { fill, wordsIn, type Bilingual, type Language, type Words } from './language.ts';
import type { Company, Party } from './parties.ts';
import { drawFacts, partyLines } from './sheet/facts.ts';
import { drawLetterhead, drawRunningText } from './sheet/letterhead.ts';
import { closeSheet, openSheet, type Sheet } from './sheet/open-sheet.ts';
import { drawPanel } from './sheet/panel.ts';
import { drawTable, type Row } from './sheet/table.ts';
import { paragraph } from './sheet/text.ts';
import { COLOR } from './look.ts';

/** Something that moved the account: positive when the customer owed more. */
export type StatementMovement = {
  readonly on: string;
  /** Kind of the document, as the ledger knows it. */
  readonly kind: string;
  readonly number: string;
  readonly amountCents: Cents;
};

/** Everything on a statement of account. */
export type StatementValues = {
  readonly company: Company;
  readonly customer: Party;
  /** Civil days, both included. */
  readonly period: { readonly from: string; readonly to: string };
  readonly createdAt: Date;
  /** Positive: the customer owed. */
  readonly openingCents: Cents;
  readonly movements: readonly StatementMovement[];
  readonly closingCents: Cents;
};

const STATEMENT_WORDS = {
  title: { fr: 'État de compte', en: 'Statement of account' },
  customer: { fr: 'Client', en: 'Customer' },
  details: { fr: 'Détails', en: 'Details' },
  from: { fr: 'Du', en: 'From' },
  to: { fr: 'Au', en: 'To' },
  account: { fr: 'Compte', en: 'Account' },
  owed: { fr: 'Solde à payer', en: 'Balance due' },
  credit: { fr: 'Solde créditeur', en: 'Credit balance' },
  detail: {
    fr: 'Solde au {date}, toutes factures et tous paiements compris.',
    en: 'Balance on {date}, all invoices and payments included.',
  },
  opening: { fr: 'Solde au début', en: 'Opening balance' },
  closing: { fr: 'Solde à la fin', en: 'Closing balance' },
  date: { fr: 'Date', en: 'Date' },
  document: { fr: 'Document', en: 'Document' },
  charged: { fr: 'Facturé', en: 'Charged' },
  credited: { fr: 'Payé ou crédité', en: 'Paid or credited' },
  balance: { fr: 'Solde', en: 'Balance' },
  summary: { fr: 'Mouvements du compte', en: 'Movements of the account' },
  nothing: { fr: 'Aucun mouvement pendant cette période.', en: 'No movement in this period.' },
  registrations: { fr: 'TPS {gst} · TVQ {qst}', en: 'GST {gst} · QST {qst}' },
} as const satisfies Words<string>;

/** How documents are called on a statement; what the ledger calls otherwise is an adjustment. */
const KINDS: Readonly<Record<string, Bilingual>> = {
  invoice: { fr: 'Facture', en: 'Invoice' },
  credit_note: { fr: 'Note de crédit', en: 'Credit note' },
  payment: { fr: 'Paiement', en: 'Payment' },
  payment_reversal: { fr: 'Paiement retourné', en: 'Returned payment' },
  refund: { fr: 'Remboursement', en: 'Refund' },
  write_off: { fr: 'Radiation', en: 'Write-off' },
  write_off_recovery: { fr: 'Radiation annulée', en: 'Write-off recovered' },
  deposit: { fr: 'Dépôt de garantie', en: 'Security deposit' },
};
const ADJUSTMENT: Bilingual = { fr: 'Ajustement', en: 'Adjustment' };

type Pen = {
  readonly sheet: Sheet;
  readonly values: StatementValues;
  readonly words: Readonly<Record<keyof typeof STATEMENT_WORDS, string>>;
};

/** The statement of account as PDF. Throws when opening balance and movements do not make the closing balance. */
export async function statementPdf(values: StatementValues, language: Language): Promise<Uint8Array> {
  const made = values.openingCents + sumCents(values.movements.map(({ amountCents }) => amountCents));
  if (made !== values.closingCents)
    throw new RangeError(`statement makes ${made} cents, closing balance says ${values.closingCents}`);
  const words = wordsIn(STATEMENT_WORDS, language);
  const period = formatPeriod(values.period, language);
  const title = `${words.title}, ${period}`;
  const sheet = openSheet({ language, title, author: values.company.tradeName, createdAt: values.createdAt });
  const pen = { sheet, values, words };
  const number = values.customer.accountNumber ?? '';
  drawLetterhead(sheet, { company: values.company, title: words.title, number });
  drawParties(pen);
  drawBalance(pen);
  drawMovements(pen);
  const { gstNumber, qstNumber } = values.company;
  sheet.doc.y += 10;
  paragraph(sheet, fill(words.registrations, { gst: gstNumber, qst: qstNumber }), { color: COLOR.muted });
  drawRunningText(sheet, { company: values.company, label: title });
  return closeSheet(sheet);
}

function drawParties({ sheet, values, words }: Pen): void {
  const { customer, period } = values;
  const account =
    customer.accountNumber === undefined ? [] : [{ name: words.account, value: customer.accountNumber }];
  drawFacts(sheet, [
    { label: words.customer, lines: partyLines(customer), strongFirst: true },
    {
      label: words.details,
      lines: [
        { name: words.from, value: formatDate(period.from, sheet.language) },
        { name: words.to, value: formatDate(period.to, sheet.language) },
        ...account,
      ],
    },
  ]);
}

function drawBalance({ sheet, values, words }: Pen): void {
  const { closingCents } = values;
  drawPanel(sheet, {
    label: closingCents < 0n ? words.credit : words.owed,
    lead: money(closingCents < 0n ? -closingCents : closingCents, sheet.language),
    detail: fill(words.detail, { date: formatDate(values.period.to, sheet.language) }),
  });
}

function drawMovements({ sheet, values, words }: Pen): void {
  const { language } = sheet;
  let balanceCents = values.openingCents;
  const rows = values.movements.map((movement): Row => {
    const { on, kind, number, amountCents } = movement;
    balanceCents += amountCents;
    const amount = money(amountCents < 0n ? -amountCents : amountCents, language);
    return {
      cells: [
        formatDate(on, language),
        `${(KINDS[kind] ?? ADJUSTMENT)[language]} ${number}`,
        amountCents > 0n ? amount : '',
        amountCents > 0n ? '' : amount,
        money(balanceCents, language),
      ],
    };
  });
  const balanceRow = (label: string, cents: Cents, kind?: Row['kind']): Row => ({
    cells: ['', label, '', '', money(cents, language)],
    ...(kind === undefined ? {} : { kind }),
  });
  drawTable(sheet, {
    summary: words.summary,
    columns: [
      { heading: words.date, width: 106 },
      { heading: words.document, width: 164 },
      { heading: words.charged, width: 74, figures: true },
      { heading: words.credited, width: 84, figures: true },
      { heading: words.balance, width: 76, figures: true },
    ],
    rows: [
      balanceRow(words.opening, values.openingCents),
      ...(rows.length === 0 ? [{ cells: ['', words.nothing] }] : rows),
      balanceRow(words.closing, values.closingCents, 'grand'),
    ],
  });
}
