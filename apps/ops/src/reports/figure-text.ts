import type { Language, ReportColumn, ReportRow } from '@gigafibre/contract';
import { formatMoney, NO_BREAK_SPACE } from '@gigafibre/ui';

type Figures = Pick<ReportRow, 'amounts' | 'counts'>;

/** The figure of a row under a column as a number to draw; nothing where it has none. */
export function sizeOf({ amounts, counts }: Figures, { key, kind }: ReportColumn): number | undefined {
  const figure = kind === 'money' ? amounts[key] : counts[key];
  return figure === undefined ? undefined : Number(figure);
}

/** The figure of a row under a column as it is read: `1 234,56 $`, `12`, `3,4 %`, `45 min`; a dash for none. */
export function figureText(row: Figures, column: ReportColumn, language: Language): string {
  const { key, kind } = column;
  if (kind === 'money') {
    const cents = row.amounts[key];
    return cents === undefined ? '–' : formatMoney(cents, language);
  }
  const count = row.counts[key];
  if (count === undefined) return '–';
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-CA' : 'en-CA', { maximumFractionDigits: 2 });
  if (kind === 'percent') return `${number.format(count / 100)}${language === 'fr' ? NO_BREAK_SPACE : ''}%`;
  return kind === 'minutes' ? `${number.format(count)}${NO_BREAK_SPACE}min` : number.format(count);
}
