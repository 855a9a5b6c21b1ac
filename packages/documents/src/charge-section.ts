import type { Cents } from '@gigafibre/money';
import { drawTotals, totalRows, withNote, type Aside, type Totals } from './charges.ts';
import { money, quantity } from './figures.ts';
import { wordsIn, type Language, type Words } from './language.ts';
import type { Company } from './parties.ts';
import type { Sheet } from './sheet/open-sheet.ts';
import type { Column, Row } from './sheet/table.ts';
import { drawTable } from './sheet/table.ts';
import { ensureRoom, heading } from './sheet/text.ts';

/** A priced line as tables show it. */
export type ChargeLine = {
  readonly description: string;
  readonly detail?: string | undefined;
  readonly quantity: number;
  readonly unitPriceCents: Cents;
  readonly amountCents: Cents;
};

const CHARGE_WORDS = {
  description: { fr: 'Description', en: 'Description' },
  quantity: { fr: 'Qté', en: 'Qty' },
  unitPrice: { fr: 'Prix', en: 'Price' },
  amount: { fr: 'Montant', en: 'Amount' },
  totalsSummary: { fr: '{title} : sous-total, taxes et total', en: '{title}: subtotal, taxes and total' },
} as const satisfies Words<string>;

/** The columns of every table of prices. */
export function chargeColumns(language: Language): readonly Column[] {
  const words = wordsIn(CHARGE_WORDS, language);
  return [
    { heading: words.description, width: 294 },
    { heading: words.quantity, width: 40, figures: true },
    { heading: words.unitPrice, width: 80, figures: true },
    { heading: words.amount, width: 90, figures: true },
  ];
}

/** A line of a table of prices. */
export function chargeRow(line: ChargeLine, language: Language): Row {
  return {
    cells: [
      withNote(line.description, line.detail),
      quantity(line.quantity, language),
      money(line.unitPriceCents, language),
      money(line.amountCents, language),
    ],
  };
}

/** Lines that are paid together, what they add up to, and how the block is called. */
export type ChargeSection = {
  readonly section: Totals & { readonly lines: readonly ChargeLine[] };
  readonly title: string;
  readonly totalLabel: string;
  /** With it, registration numbers stand under the taxes. */
  readonly company?: Company;
  readonly asides?: readonly Aside[];
  readonly size?: number;
  /** Without its heading, where a sentence introduces it. */
  readonly untitled?: boolean;
};

/** Heights used to decide whether a section starts on a new page; a little more than it needs. */
const ROW_ESTIMATE = { plain: 22, detailed: 34 } as const;
const REST_ESTIMATE = { plain: 128, registered: 154 } as const;
/** A section longer than this starts where it is and runs over. */
const TOGETHER_LIMIT = 380;

/** Starts a new page when a short section, with `above` points before it, does not fit on this one. */
export function keepSection(sheet: Sheet, { section, company }: ChargeSection, above = 0): void {
  const rest: number = company === undefined ? REST_ESTIMATE.plain : REST_ESTIMATE.registered;
  const height = section.lines.reduce(
    (sum, line) => sum + (line.detail === undefined ? ROW_ESTIMATE.plain : ROW_ESTIMATE.detailed),
    rest + above,
  );
  if (height < TOGETHER_LIMIT) ensureRoom(sheet, height);
}

/** Draws a table of prices and its totals, on one page when it is short. */
export function drawChargeSection(sheet: Sheet, charges: ChargeSection): void {
  const { language } = sheet;
  const { section, title } = charges;
  keepSection(sheet, charges);
  if (charges.untitled !== true) heading(sheet, title);
  drawTable(sheet, {
    summary: title,
    columns: chargeColumns(language),
    rows: section.lines.map((line) => chargeRow(line, language)),
    ...(charges.size === undefined ? {} : { size: charges.size }),
  });
  drawTotals(sheet, {
    rows: totalRows(section, { label: charges.totalLabel, language, company: charges.company }),
    summary: CHARGE_WORDS.totalsSummary[language].replace('{title}', title),
    asides: charges.asides ?? [],
  });
}
