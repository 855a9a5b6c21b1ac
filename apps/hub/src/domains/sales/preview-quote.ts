import type { Reading } from '../../platform/acting.ts';
import { priceLines, type AskedLine } from './price-lines.ts';
import { shownLine, type QuoteLine, type QuoteTotals } from './quote.ts';

/** What the lines would cost today, to the cent: the computation that `createQuote` keeps. */
export async function previewQuote(
  reading: Pick<Reading, 'db' | 'now'>,
  asked: { lines: readonly AskedLine[]; quoteId?: string | undefined },
): Promise<{ lines: QuoteLine[]; totals: QuoteTotals }> {
  const { lines, totals } = await priceLines(reading, asked);
  return { lines: lines.map(shownLine), totals };
}
