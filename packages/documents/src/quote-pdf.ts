import { drawChargeSection } from './charge-section.ts';
import { assertAddsUp, type Aside } from './charges.ts';
import { money } from './figures.ts';
import { formatDate } from './format-date.ts';
import { fill, wordsIn, type Language } from './language.ts';
import type { QuoteValues } from './quote-values.ts';
import { QUOTE_WORDS } from './quote-words.ts';
import { drawFacts, partyLines, type FactLine } from './sheet/facts.ts';
import { drawLetterhead, drawRunningText } from './sheet/letterhead.ts';
import { closeSheet, openSheet, type Sheet } from './sheet/open-sheet.ts';
import { drawPanel } from './sheet/panel.ts';

type Pen = {
  readonly sheet: Sheet;
  readonly values: QuoteValues;
  readonly words: Readonly<Record<keyof typeof QUOTE_WORDS, string>>;
};

/**
 * The quote as PDF (« Soumission QTN-00042 »): what is paid every month and what is paid once, each with its own
 * taxes and total, and a code that opens the signing page. Throws when the amounts do not add up.
 */
export async function quotePdf(values: QuoteValues, language: Language): Promise<Uint8Array> {
  assertAddsUp(`${values.number} recurring`, values.recurring.lines, values.recurring);
  assertAddsUp(`${values.number} one-time`, values.oneTime.lines, values.oneTime);
  const words = wordsIn(QUOTE_WORDS, language);
  const title = `${words.title} ${values.number}`;
  const sheet = openSheet({ language, title, author: values.company.tradeName, createdAt: values.createdAt });
  const pen = { sheet, values, words };
  drawLetterhead(sheet, { company: values.company, title: words.title, number: values.number });
  drawParties(pen);
  drawOffer(pen);
  const both = values.recurring.lines.length > 0 && values.oneTime.lines.length > 0;
  const first = both ? notes(pen) : [...notes(pen), ...nextSteps(pen)];
  const { recurring, oneTime } = values;
  if (recurring.lines.length > 0) {
    drawChargeSection(sheet, {
      section: recurring,
      title: words.recurring,
      totalLabel: words.recurringTotal,
      asides: first,
    });
  }
  if (oneTime.lines.length > 0) {
    const asides = both ? nextSteps(pen) : first;
    drawChargeSection(sheet, {
      section: oneTime,
      title: words.oneTime,
      totalLabel: words.oneTimeTotal,
      asides,
    });
  }
  drawRunningText(sheet, { company: values.company, label: title });
  return closeSheet(sheet);
}

function drawParties({ sheet, values, words }: Pen): void {
  const { language } = sheet;
  const optional: readonly FactLine[] = [
    ...(values.version > 1 ? [{ name: words.version, value: String(values.version) }] : []),
    ...(values.preparedBy === undefined ? [] : [{ name: words.preparedBy, value: values.preparedBy }]),
  ];
  const term =
    values.termMonths === undefined
      ? words.noTerm
      : fill(words.termMonths, { months: String(values.termMonths) });
  drawFacts(sheet, [
    { label: words.preparedFor, lines: partyLines(values.customer), strongFirst: true },
    { label: words.serviceAddress, lines: values.serviceAddressLines },
    {
      label: words.details,
      lines: [
        { name: words.issuedOn, value: formatDate(values.issuedOn, language) },
        { name: words.validUntil, value: formatDate(values.validUntil, language) },
        { name: words.term, value: term },
        ...optional,
      ],
    },
  ]);
}

function drawOffer({ sheet, values, words }: Pen): void {
  const { language } = sheet;
  const once = values.oneTime.totalCents;
  drawPanel(sheet, {
    label: words.perMonth,
    lead: money(values.recurring.totalCents, language),
    detail: once === 0n ? words.onceNothing : fill(words.once, { amount: money(once, language) }),
    action: {
      text: words.accept,
      url: values.signingUrl,
      alt: fill(words.acceptAlt, { number: values.number }),
    },
  });
}

function notes({ values, words }: Pen): readonly Aside[] {
  const written = values.notes ?? [];
  if (written.length === 0) return [];
  return [{ is: 'heading', text: words.notes }, ...written.map((text): Aside => ({ is: 'paragraph', text }))];
}

function nextSteps({ sheet, values, words }: Pen): readonly Aside[] {
  const { gstNumber, qstNumber } = values.company;
  return [
    { is: 'heading', text: words.next },
    { is: 'paragraph', text: fill(words.nextSteps, { date: formatDate(values.validUntil, sheet.language) }) },
    { is: 'paragraph', text: fill(words.registrations, { gst: gstNumber, qst: qstNumber }) },
  ];
}
