import type { Report, ReportBy, ReportColumn, ReportDocument, ReportRow } from '@gigafibre/contract';
import { formatMonth } from '@gigafibre/documents';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';

export type Bilingual = Readonly<{ fr: string; en: string }>;

/** What is asked of a report: its days, both included, and what its rows are of. */
export type Asked = Readonly<{ from: string; to: string; by: ReportBy }>;

/** A figure: a column, of one row or of all. */
export type Figure = Asked & Readonly<{ column: string; row: string | undefined }>;

/** The figures of a report before totals are made of them. */
export type Found = Readonly<{
  rows: readonly ReportRow[];
  ledger?: Report['ledger'];
  remarks?: readonly Bilingual[];
  /** Totals that are not sums of the rows; a column left out of both has no total. */
  totals?: Report['totals'];
}>;

/** A document as SQL gives it; `cents` null where the figure counts. */
export type FoundDocument = Pick<ReportDocument, 'kind' | 'id' | 'on' | 'customerId' | 'text'> & {
  cents: bigint | null;
};

/**
 * One report: its words, its figures, and the documents behind each. `documents` is a select of
 * (kind, id, on, "customerId", fr, en, cents), one row per document or part of one.
 */
export type ReportDefinition = Readonly<{
  title: Bilingual;
  meaning: Bilingual;
  columns: (asked: Asked) => readonly ReportColumn[];
  read: (reading: Reading, asked: Asked) => Promise<Found>;
  documents: (reading: Reading, figure: Figure) => RawBuilder<unknown> | undefined;
}>;

type ColumnWords = Readonly<{ key: string; fr: string; en: string }>;
const column = (kind: ReportColumn['kind'], { key, fr, en }: ColumnWords, opens: boolean): ReportColumn => ({
  key,
  heading: { fr, en },
  kind,
  opens,
});

/** Columns by what their figures are; `opens` says that their documents can be listed. */
export const money = (words: ColumnWords, opens = true): ReportColumn => column('money', words, opens);
export const count = (words: ColumnWords, opens = true): ReportColumn => column('count', words, opens);
export const percent = (words: ColumnWords): ReportColumn => column('percent', words, false);
export const minutes = (words: ColumnWords): ReportColumn => column('minutes', words, false);

/** Sums of the money and count columns of some rows. */
export function totalsOf(columns: readonly ReportColumn[], rows: readonly ReportRow[]): Report['totals'] {
  const amounts: Record<string, bigint> = {};
  const counts: Record<string, number> = {};
  for (const { key, kind } of columns) {
    if (kind === 'money') amounts[key] = rows.reduce((sum, row) => sum + (row.amounts[key] ?? 0n), 0n);
    if (kind === 'count') counts[key] = rows.reduce((sum, row) => sum + (row.counts[key] ?? 0), 0);
  }
  return { amounts, counts };
}

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** `2026-11` as people say it; what is no month, such as what has none, says itself. */
export const monthName = (month: string): Bilingual =>
  MONTH.test(month) ? { fr: formatMonth(month, 'fr'), en: formatMonth(month, 'en') } : named(month);

/** The same word in both languages: a name. */
export const named = (text: string): Bilingual => ({ fr: text, en: text });

/** Parts of a whole in hundredths of a per cent; nothing of nothing. */
export const percentOf = (part: number | bigint, whole: number | bigint): number =>
  Number(whole) === 0 ? 0 : Math.round((Number(part) * 10_000) / Number(whole));

/** What comes to one of so many, to the cent, half upward; nothing when there is none. */
export const centsEach = (cents: bigint, many: number): bigint =>
  many === 0 ? 0n : BigInt(Math.round(Number(cents) / many));

/** The words of a code in one language, in SQL; a code without words says itself. */
export const said = (
  code: RawBuilder<unknown>,
  words: Readonly<Record<string, Bilingual>>,
  language: keyof Bilingual,
): RawBuilder<unknown> =>
  sql`case ${code} ${sql.join(
    Object.entries(words).map(([key, word]) => sql`when ${key} then ${word[language]}::text`),
    sql` `,
  )} else ${code} end`;

/** The key of the row of what has no municipality, no item, no author. */
export const NONE = 'none';
