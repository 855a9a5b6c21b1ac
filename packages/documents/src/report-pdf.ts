import type { Cents } from '@gigafibre/money';
import { money, quantity } from './figures.ts';
import { formatPeriod } from './format-date.ts';
import { fill, wordsIn, type Language, type Words } from './language.ts';
import { COLOR, CONTENT_WIDTH } from './look.ts';
import type { Company } from './parties.ts';
import { drawLetterhead, drawRunningText } from './sheet/letterhead.ts';
import { closeSheet, openSheet, type Sheet } from './sheet/open-sheet.ts';
import { drawTable, type Row } from './sheet/table.ts';
import { ensureRoom, heading, paragraph } from './sheet/text.ts';

/** A column of figures: cents, a count, tenths of a per cent, or minutes. */
export type ReportColumn = {
  readonly heading: string;
  readonly kind: 'money' | 'count' | 'percent' | 'minutes';
};
/** Cents as bigint, anything else as number; nothing where a row has no such figure. */
export type ReportFigure = Cents | number | undefined;
export type ReportRow = {
  readonly label: string;
  readonly note?: string | undefined;
  readonly figures: readonly ReportFigure[];
};

/** Everything on a printed report, in words of the reader. */
export type ReportValues = {
  readonly company: Company;
  readonly title: string;
  readonly meaning: string;
  /** Civil days, both included. */
  readonly period: { readonly from: string; readonly to: string };
  readonly createdAt: Date;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  readonly totals: readonly ReportFigure[];
  /** Sums of the report beside those of the ledger. */
  readonly ledger: readonly {
    readonly label: string;
    readonly reportCents: Cents;
    readonly ledgerCents: Cents;
  }[];
  readonly remarks: readonly string[];
};

const REPORT_WORDS = {
  total: { fr: 'Total', en: 'Total' },
  nothing: { fr: 'Rien pendant cette période.', en: 'Nothing in this period.' },
  ledger: { fr: 'Au grand livre', en: 'In the ledger' },
  account: { fr: 'Compte', en: 'Account' },
  report: { fr: 'Rapport', en: 'Report' },
  books: { fr: 'Grand livre', en: 'Ledger' },
  difference: { fr: 'Écart', en: 'Difference' },
  part: { fr: '{title}, colonnes {from} à {to}', en: '{title}, columns {from} to {to}' },
} as const satisfies Words<string>;

/** Figures beside each other on a page; a wider report continues below, its rows named again. */
const COLUMNS_ABREAST = 5;
const LABEL_WIDTH = 144;

type Pen = {
  readonly sheet: Sheet;
  readonly values: ReportValues;
  readonly words: Readonly<Record<keyof typeof REPORT_WORDS, string>>;
};

/** A report on paper: what it means, its rows with their totals, and the same sums in the ledger. */
export async function reportPdf(values: ReportValues, language: Language): Promise<Uint8Array> {
  const words = wordsIn(REPORT_WORDS, language);
  const period = formatPeriod(values.period, language);
  const title = `${values.title}, ${period}`;
  const sheet = openSheet({ language, title, author: values.company.tradeName, createdAt: values.createdAt });
  const pen = { sheet, values, words };
  drawLetterhead(sheet, { company: values.company, title: values.title, number: period });
  paragraph(sheet, values.meaning, { color: COLOR.muted });
  sheet.doc.y += 8;
  for (let from = 0; from < values.columns.length; from += COLUMNS_ABREAST) drawFigures(pen, from);
  drawLedger(pen);
  for (const remark of values.remarks) paragraph(sheet, remark, { color: COLOR.muted });
  drawRunningText(sheet, { company: values.company, label: title });
  return closeSheet(sheet);
}

function drawFigures({ sheet, values, words }: Pen, from: number): void {
  const columns = values.columns.slice(from, from + COLUMNS_ABREAST);
  const width = (CONTENT_WIDTH - LABEL_WIDTH) / COLUMNS_ABREAST;
  const cells = (figures: readonly ReportFigure[]) =>
    columns.map((column, index) => figureText(figures[from + index], column, sheet.language));
  const rows = values.rows.map(({ label, note, figures }): Row => ({
    cells: [{ text: label, ...(note === undefined ? {} : { note }) }, ...cells(figures)],
  }));
  drawTable(sheet, {
    summary:
      values.columns.length <= COLUMNS_ABREAST
        ? values.title
        : fill(words.part, {
            title: values.title,
            from: String(from + 1),
            to: String(from + columns.length),
          }),
    columns: [
      { heading: '', width: LABEL_WIDTH },
      ...columns.map((column) => ({ heading: column.heading, width, figures: true })),
    ],
    rows: [
      ...(rows.length === 0 ? [{ cells: [words.nothing] }] : rows),
      { cells: [words.total, ...cells(values.totals)], kind: 'grand' },
    ],
    size: 8.5,
  });
  sheet.doc.y += 14;
}

function drawLedger({ sheet, values, words }: Pen): void {
  if (values.ledger.length === 0) return;
  const { language } = sheet;
  ensureRoom(sheet, 90);
  heading(sheet, words.ledger);
  drawTable(sheet, {
    summary: words.ledger,
    columns: [
      { heading: words.account, width: 216 },
      { heading: words.report, width: 96, figures: true },
      { heading: words.books, width: 96, figures: true },
      { heading: words.difference, width: 96, figures: true },
    ],
    rows: values.ledger.map(({ label, reportCents, ledgerCents }) => ({
      cells: [
        label,
        money(reportCents, language),
        money(ledgerCents, language),
        money(ledgerCents - reportCents, language),
      ],
    })),
    size: 8.5,
  });
  sheet.doc.y += 8;
}

/** A figure as printed: `1 234,56 $`, `12`, `3,4 %`, `45 min`. */
function figureText(figure: ReportFigure, { kind }: ReportColumn, language: Language): string {
  if (figure === undefined) return '';
  if (typeof figure === 'bigint') return money(figure, language);
  if (kind === 'percent') return `${quantity(figure / 100, language)}${language === 'fr' ? '\u00a0%' : '%'}`;
  return kind === 'minutes' ? `${quantity(figure, language)}\u00a0min` : quantity(figure, language);
}
