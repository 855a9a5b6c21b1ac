import { sumCents, type Cents, type TaxAmount } from '@gigafibre/money';
import { money, taxName } from './figures.ts';
import type { Language } from './language.ts';
import { COLOR, CONTENT_WIDTH, PAGE, SIZE } from './look.ts';
import type { Company } from './parties.ts';
import type { Sheet } from './sheet/open-sheet.ts';
import { ensureRoom, heading, heightOf, paragraph, putText } from './sheet/text.ts';
import { drawTable, type Cell, type Row } from './sheet/table.ts';

/** What is charged before taxes, each tax by itself, and their sum. Cents as computed elsewhere, never here. */
export type Totals = {
  readonly subtotalCents: Cents;
  readonly taxes: readonly TaxAmount[];
  readonly totalCents: Cents;
};

/** Throws when lines, taxes and total do not add up: a document that is wrong by a cent must not be made. */
export function assertAddsUp(
  what: string,
  lines: readonly { readonly amountCents: Cents }[],
  totals: Totals,
): void {
  const subtotal = sumCents(lines.map((line) => line.amountCents));
  if (subtotal !== totals.subtotalCents) {
    throw new RangeError(`${what}: lines make ${subtotal} cents, subtotal says ${totals.subtotalCents}`);
  }
  const total = subtotal + sumCents(totals.taxes.map((tax) => tax.taxCents));
  if (total !== totals.totalCents) {
    throw new RangeError(`${what}: subtotal and taxes make ${total} cents, total says ${totals.totalCents}`);
  }
}

const SUBTOTAL = { fr: 'Sous-total', en: 'Subtotal' } as const;

/** How a totals block speaks; with `company`, each tax carries the registration number it is collected under. */
export type TotalWords = {
  readonly label: string;
  readonly language: Language;
  readonly company?: Company | undefined;
};

/** Rows of a totals block: subtotal, each tax by itself, total. */
export function totalRows(totals: Totals, { label, language, company }: TotalWords): readonly Row[] {
  return [
    { cells: [SUBTOTAL[language], money(totals.subtotalCents, language)] },
    ...totals.taxes.map((tax): Row => {
      const number = tax.tax === 'QST' ? company?.qstNumber : company?.gstNumber;
      return { cells: [withNote(taxName(tax, language), number), money(tax.taxCents, language)] };
    }),
    { kind: 'grand', cells: [label, money(totals.totalCents, language)] },
  ];
}

const BLOCK_WIDTH = 246;
const FIGURE_WIDTH = 92;
const ASIDE_WIDTH = CONTENT_WIDTH - BLOCK_WIDTH - 26;

/** A short text beside the totals: a heading, or a quiet paragraph. */
export type Aside = { readonly is: 'heading' | 'paragraph'; readonly text: string };

/**
 * A block of label and amount rows at the right margin, with fine print in the room it leaves on the left. When
 * both do not fit side by side on one page, the fine print follows across the page.
 */
export function drawTotals(
  sheet: Sheet,
  block: { rows: readonly Row[]; summary: string; asides?: readonly Aside[] },
): void {
  const { doc } = sheet;
  const asides = block.asides ?? [];
  const left = asides.reduce((sum, aside) => sum + asideHeight(sheet, aside), 0);
  const right = block.rows.reduce((sum, row) => sum + (hasNote(row) ? 29 : 18), 14);
  const beside = left <= SIDE_BY_SIDE_LIMIT;
  ensureRoom(sheet, Math.min(Math.max(beside ? left : 0, right), SIDE_BY_SIDE_LIMIT));
  const top = doc.y + 4;
  let asideBottom = top;
  if (beside) {
    for (const aside of asides) asideBottom += drawAside(sheet, aside, asideBottom);
  }
  doc.y = top;
  const page = doc.bufferedPageRange().count;
  drawTable(sheet, {
    x: PAGE.left + CONTENT_WIDTH - BLOCK_WIDTH,
    bare: true,
    summary: block.summary,
    columns: [
      { heading: '', width: BLOCK_WIDTH - FIGURE_WIDTH },
      { heading: '', width: FIGURE_WIDTH, figures: true },
    ],
    rows: block.rows,
  });
  if (doc.bufferedPageRange().count === page) doc.y = Math.max(doc.y, asideBottom);
  doc.y += 14;
  if (!beside) drawAsidesBelow(sheet, asides);
}

function hasNote(row: Row): boolean {
  return row.cells.some((cell) => typeof cell !== 'string' && cell.note !== undefined);
}

const SIDE_BY_SIDE_LIMIT = 420;

const ASIDE_LOOK = {
  heading: { size: SIZE.small, font: 'semibold', color: COLOR.accent },
  paragraph: { size: SIZE.small - 0.5, color: COLOR.muted },
} as const;

function asideHeight(sheet: Sheet, aside: Aside): number {
  return heightOf(sheet, aside.text, { ...ASIDE_LOOK[aside.is], width: ASIDE_WIDTH }) + 4;
}

function drawAside(sheet: Sheet, aside: Aside, y: number): number {
  const look = { ...ASIDE_LOOK[aside.is], width: ASIDE_WIDTH };
  const tag = aside.is === 'heading' ? 'H2' : 'P';
  sheet.body.add(sheet.doc.struct(tag, {}, () => putText(sheet, aside.text, { ...look, x: PAGE.left, y })));
  return asideHeight(sheet, aside);
}

function drawAsidesBelow(sheet: Sheet, asides: readonly Aside[]): void {
  for (const aside of asides) {
    if (aside.is === 'heading') heading(sheet, aside.text);
    else paragraph(sheet, aside.text, { ...ASIDE_LOOK.paragraph, after: 4 });
  }
}

/** A cell with a quieter second line, when there is one. */
export function withNote(text: string, note: string | undefined): Cell {
  return note === undefined || note === '' ? text : { text, note };
}
