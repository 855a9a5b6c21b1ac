import { sumCents } from '@gigafibre/money';
import { chargeColumns, chargeRow } from './charge-section.ts';
import { assertAddsUp, drawTotals, totalRows, type Aside } from './charges.ts';
import { money, rate } from './figures.ts';
import { formatDate, formatPeriod } from './format-date.ts';
import type { InvoiceLine, InvoiceValues } from './invoice-values.ts';
import { INVOICE_WORDS } from './invoice-words.ts';
import { fill, wordsIn, type Language } from './language.ts';
import { drawFacts, partyLines } from './sheet/facts.ts';
import { drawLetterhead, drawRunningText } from './sheet/letterhead.ts';
import { closeSheet, openSheet, type Sheet } from './sheet/open-sheet.ts';
import { drawPanel } from './sheet/panel.ts';
import { drawTable, type Row } from './sheet/table.ts';

type Pen = {
  readonly sheet: Sheet;
  readonly values: InvoiceValues;
  readonly words: Readonly<Record<keyof typeof INVOICE_WORDS, string>>;
};

/**
 * The invoice as PDF: everything Revenu Québec wants of an invoice whatever its amount, service periods,
 * previous balance and payments since, a code that leads to payment. Throws when the amounts do not add up.
 */
export async function invoicePdf(values: InvoiceValues, language: Language): Promise<Uint8Array> {
  assertAddsUp(values.number, values.lines, values);
  assertBalance(values);
  const words = wordsIn(INVOICE_WORDS, language);
  const title = `${words.title} ${values.number}`;
  const sheet = openSheet({ language, title, author: values.company.tradeName, createdAt: values.createdAt });
  const pen = { sheet, values, words };
  drawLetterhead(sheet, { company: values.company, title: words.title, number: values.number });
  drawParties(pen);
  drawDue(pen);
  drawLines(pen);
  drawTotals(sheet, { rows: amountRows(pen), summary: words.totalsSummary, asides: finePrint(pen) });
  drawRunningText(sheet, { company: values.company, label: title });
  return closeSheet(sheet);
}

function assertBalance(values: InvoiceValues): void {
  const credits = sumCents(values.creditsSince.map((credit) => credit.amountCents));
  const due = values.previousBalanceCents - credits + values.totalCents;
  if (due !== values.amountDueCents) {
    throw new RangeError(
      `${values.number}: balance makes ${due} cents, amount due says ${values.amountDueCents}`,
    );
  }
}

function drawParties({ sheet, values, words }: Pen): void {
  const { customer } = values;
  const date = (civil: string): string => formatDate(civil, sheet.language);
  const account =
    customer.accountNumber === undefined ? [] : [{ name: words.account, value: customer.accountNumber }];
  drawFacts(sheet, [
    { label: words.billedTo, lines: partyLines(customer), strongFirst: true },
    { label: words.serviceAddress, lines: values.serviceAddressLines },
    {
      label: words.details,
      lines: [
        { name: words.issuedOn, value: date(values.issuedOn) },
        { name: words.dueOn, value: date(values.dueOn) },
        ...account,
      ],
    },
  ]);
}

function drawDue({ sheet, values, words }: Pen): void {
  const { language } = sheet;
  const due = values.amountDueCents;
  const payable = due > 0n && values.automaticPayment === undefined && values.payUrl !== undefined;
  drawPanel(sheet, {
    label: due < 0n ? words.creditBalance : words.amountDue,
    lead: money(due < 0n ? -due : due, language),
    detail: dueSentence({ sheet, values, words }),
    action: payable
      ? {
          text: words.payOnline,
          url: values.payUrl ?? '',
          alt: fill(words.payAlt, { number: values.number }),
        }
      : undefined,
  });
}

function dueSentence({ sheet, values, words }: Pen): string {
  if (values.amountDueCents <= 0n) return words.nothingToPay;
  const automatic = values.automaticPayment;
  if (automatic === undefined) return fill(words.payBy, { date: formatDate(values.dueOn, sheet.language) });
  return fill(words.taken, {
    amount: money(automatic.amountCents, sheet.language),
    date: formatDate(automatic.on, sheet.language),
    method: automatic.method,
  });
}

/** The invoice's own total and, when the account had a past, what it makes of the amount due. */
function amountRows({ sheet, values, words }: Pen): readonly Row[] {
  const { language } = sheet;
  const own = totalRows(values, { label: words.total, company: values.company, language });
  if (values.previousBalanceCents === 0n && values.creditsSince.length === 0) return own;
  return [
    ...own,
    { cells: [words.previousBalance, money(values.previousBalanceCents, language)] },
    ...values.creditsSince.map((credit) => ({
      cells: [
        { text: credit.label, note: formatDate(credit.on, language) },
        money(-credit.amountCents, language),
      ],
    })),
    { kind: 'grand', cells: [words.amountDue, money(values.amountDueCents, language)] },
  ];
}

function drawLines({ sheet, values, words }: Pen): void {
  const { language } = sheet;
  const row = (line: InvoiceLine): Row => chargeRow({ ...line, detail: lineNote(line, language) }, language);
  const group = (kind: InvoiceLine['kind'], title: string): readonly Row[] => {
    const lines = values.lines.filter((line) => line.kind === kind);
    return lines.length === 0 ? [] : [{ kind: 'group', cells: [title] }, ...lines.map(row)];
  };
  drawTable(sheet, {
    summary: words.linesSummary,
    columns: chargeColumns(language),
    rows: [...group('recurring', words.recurring), ...group('oneTime', words.oneTime)],
  });
  sheet.doc.y += 8;
}

function lineNote(line: InvoiceLine, language: Language): string {
  const period = line.period === undefined ? undefined : capitalized(formatPeriod(line.period, language));
  return [period, line.detail].filter((part) => part !== undefined && part !== '').join(' · ');
}

function finePrint({ sheet, values, words }: Pen): readonly Aside[] {
  const { language } = sheet;
  const notes = values.notes ?? [];
  const say = (text: string): Aside => ({ is: 'paragraph', text });
  const interest =
    values.interest === undefined
      ? []
      : [
          fill(words.interest, {
            monthly: rate(values.interest.monthly, language),
            yearly: rate(values.interest.yearly, language),
          }),
        ];
  return [
    ...(values.exemption === undefined ? [] : [say(fill(words.exemption, { text: values.exemption }))]),
    ...(notes.length === 0
      ? []
      : [{ is: 'heading', text: values.notesTitle ?? words.notes } as const, ...notes.map(say)]),
    { is: 'heading', text: words.terms },
    say(words.termsDue),
    ...interest.map(say),
    say(fill(words.questions, { email: values.company.email, phone: unbroken(values.company.phone) })),
  ];
}

/** A telephone number that a line end does not cut. */
function unbroken(phone: string): string {
  return phone.replaceAll(' ', '\u00A0').replaceAll('-', '\u2011');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
