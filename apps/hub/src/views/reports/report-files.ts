import type { FileAnswer, Language, Report, ReportColumn } from '@gigafibre/contract';
import { reportPdf } from '@gigafibre/documents';
import writeSheet, { type Cell } from 'write-excel-file/node';
import type { Reading } from '../../platform/acting.ts';
import { readCompany } from '../../platform/company.ts';
import { csvOf } from '../csv.ts';
import { readReport, type Wanted } from './read-report.ts';

type Format = 'csv' | 'xlsx' | 'pdf';
const TYPES = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const satisfies Record<Format, FileAnswer['type']>;

/** A report as a file in the reader's language: the same rows, figures and totals as on the screen. */
export async function exportReport(
  reading: Reading,
  { format, ...wanted }: Wanted & { format: Format },
): Promise<FileAnswer> {
  const report = await readReport(reading, wanted);
  const { language } = reading.by;
  const bytes = await written(reading, { report, format });
  return {
    type: TYPES[format],
    name: `${fileName(report.title[language])}-${report.from}-${report.to}.${format}`,
    bytes,
  };
}

async function written(
  reading: Reading,
  { report, format }: { report: Report; format: Format },
): Promise<Uint8Array> {
  const { language } = reading.by;
  if (format === 'csv') return csvOf(linesOf(report, language));
  if (format === 'xlsx') return sheetOf(report, language);
  return reportPdf(
    {
      company: await readCompany(reading.db),
      title: report.title[language],
      meaning: report.meaning[language],
      period: { from: report.from, to: report.to },
      createdAt: reading.now,
      columns: report.columns.map(({ heading, kind }) => ({ heading: heading[language], kind })),
      rows: report.rows.map((row) => ({
        label: row.label[language],
        note: row.note ?? undefined,
        figures: report.columns.map((column) => figureOf(row, column)),
      })),
      totals: report.columns.map((column) => figureOf(report.totals, column)),
      ledger: report.ledger.map(({ label, ...sums }) => ({ label: label[language], ...sums })),
      remarks: report.remarks.map((remark) => remark[language]),
    },
    language,
  );
}

/** The figure of a row under a column: cents as bigint, anything else as number, nothing where it has none. */
export function figureOf(
  { amounts, counts }: Pick<Report['rows'][number], 'amounts' | 'counts'>,
  { key, kind }: ReportColumn,
): bigint | number | undefined {
  return kind === 'money' ? amounts[key] : counts[key];
}

const WORDS = {
  total: { fr: 'Total', en: 'Total' },
  number: { fr: 'Numéro', en: 'Number' },
} as const;

/** Cells of a CSV: amounts with a decimal point and no sign of money, so that any program adds them up. */
function linesOf(report: Report, language: Language): string[][] {
  const text = (figure: bigint | number | undefined, { kind }: ReportColumn): string => {
    if (figure === undefined) return '';
    if (typeof figure === 'bigint') return decimal(figure);
    return kind === 'percent' ? (figure / 100).toFixed(2) : String(figure);
  };
  const cells = (row: Pick<Report['rows'][number], 'amounts' | 'counts'>) =>
    report.columns.map((column) => text(figureOf(row, column), column));
  return [
    [
      report.title[language],
      WORDS.number[language],
      ...report.columns.map(
        (column) => `${column.heading[language]}${column.kind === 'percent' ? ' (%)' : ''}`,
      ),
    ],
    ...report.rows.map((row) => [row.label[language], row.note ?? '', ...cells(row)]),
    [WORDS.total[language], '', ...cells(report.totals)],
  ];
}

/** `-1234.56` of cents. */
export function decimal(cents: bigint): string {
  const size = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

const NUMBER_FORMATS: Readonly<Record<ReportColumn['kind'], string>> = {
  money: '#,##0.00',
  count: '#,##0',
  percent: '0.00%',
  minutes: '#,##0',
};

/** A workbook of one sheet: headings that stay, numbers that are numbers. */
async function sheetOf(report: Report, language: Language): Promise<Uint8Array> {
  const cell = (figure: bigint | number | undefined, { kind }: ReportColumn): Cell => {
    if (figure === undefined) return null;
    // Far below where a number loses cents: amounts on the wire are bounded.
    const value =
      kind === 'money' ? Number(figure) / 100 : kind === 'percent' ? Number(figure) / 10_000 : Number(figure);
    return { value, type: Number, format: NUMBER_FORMATS[kind] };
  };
  const strong = (value: string): Cell => ({ value, type: String, fontWeight: 'bold' });
  const text = (value: string): Cell => ({ value, type: String });
  const data: Cell[][] = [
    [
      report.title[language],
      WORDS.number[language],
      ...report.columns.map(({ heading }) => heading[language]),
    ].map(strong),
    ...report.rows.map((row) => [
      text(row.label[language]),
      text(row.note ?? ''),
      ...report.columns.map((column) => cell(figureOf(row, column), column)),
    ]),
    [
      strong(WORDS.total[language]),
      null,
      ...report.columns.map((column) => cell(figureOf(report.totals, column), column)),
    ],
  ];
  const book = writeSheet(data, {
    sheet: report.title[language].slice(0, 31),
    stickyRowsCount: 1,
    columns: [{ width: 36 }, { width: 16 }, ...report.columns.map(() => ({ width: 16 }))],
  });
  return new Uint8Array(await book.toBuffer());
}

/** A title as the name of a file: letters without accents, hyphens between. */
const fileName = (title: string): string =>
  title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
