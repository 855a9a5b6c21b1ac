import type { Reading } from '../../platform/acting.ts';
import { priceLines, type AskedLine } from './price-lines.ts';
import { shownLine, type QuoteLine, type QuoteTotals } from './quote.ts';
import { taxedWhere, type Where } from './taxed-where.ts';
import type { OfferedTerm } from './term-rebate.ts';

/** What the lines would cost today, to the cent: the computation that `createQuote` keeps. */
export async function previewQuote(
  reading: Pick<Reading, 'db' | 'now'>,
  {
    addressId = null,
    locationId = null,
    postalCode = null,
    ...asked
  }: Partial<Where> & {
    lines: readonly AskedLine[];
    quoteId?: string | undefined;
    term?: OfferedTerm | null;
  },
): Promise<{ lines: QuoteLine[]; totals: QuoteTotals }> {
  const province = await taxedWhere(reading, { addressId, locationId, postalCode });
  const { lines, totals } = await priceLines(reading, { ...asked, province });
  return { lines: lines.map(shownLine), totals };
}
