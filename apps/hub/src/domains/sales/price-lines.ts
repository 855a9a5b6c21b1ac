import { civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import { taxesFor, type Province, type TaxRate } from '@gigafibre/money';
import type { Reading } from '../../platform/acting.ts';
import { taxRates } from '../../platform/rules.ts';
import { pricesOn, pricesSold, type PricedItem } from '../catalog/index.ts';
import type { OfferLine, QuoteTotals } from './quote.ts';
import * as store from './store.ts';
import { withRebate, type OfferedTerm } from './term-rebate.ts';

/** A line as somebody asks for it. */
export type AskedLine = Readonly<{
  sku: string;
  quantity: number;
  /** The price the person saw. */
  priceVersionId?: string | undefined;
}>;
export type Priced = Readonly<{ on: string; lines: OfferLine[]; totals: QuoteTotals }>;

/** A subscription takes this many services at most. */
const SERVICES_MAX = 50;

/**
 * Prices lines on the day of `reading`: the one computation behind preview, quote, documents and acceptance.
 * A price that is not the one in force is accepted only where an earlier version of `quoteId` locked it.
 * Refused: `not_found`, `item_not_sold`, `option_not_allowed`, `price_changed`, `frequency_not_quoted`, `too_many_lines`,
 * `one_plan_each`, and for a term what `withRebate` refuses.
 */
export async function priceLines(
  reading: Pick<Reading, 'db' | 'now'>,
  {
    lines,
    quoteId,
    province,
    term = null,
  }: {
    lines: readonly AskedLine[];
    quoteId?: string | undefined;
    /** Where it is rendered. */
    province: Province;
    term?: OfferedTerm | null;
  },
): Promise<Priced> {
  const on = civilDateOf(reading.now);
  const inForce = await pricesOn(reading, { skus: lines.map(({ sku }) => sku), on });
  const locked = await lockedPrices(reading, quoteId);
  const items = lines.map((line) => ({ line, item: itemFor(line, inForce, locked) }));
  requireOptionsAllowed(items.map(({ item }) => item));
  const services = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  requireOnePlanEach(items);
  if (services > SERVICES_MAX) throw new Refusal('too_many_lines', { most: SERVICES_MAX });
  const priced = withRebate(
    items.map(({ line, item }) => lineOf(line, item)),
    term,
  );
  return { on, lines: priced, totals: totalsOf(priced, { on, province, rates: await taxRates(reading.db) }) };
}

/** What the lines of each section come to with taxes; the sections are never taxed together. */
export function totalsOf(
  lines: readonly OfferLine[],
  { on, province, rates }: { on: string; province: Province; rates?: readonly TaxRate[] },
): QuoteTotals {
  const section = (frequency: OfferLine['frequency']) => {
    const taxed = taxesFor({
      province,
      on,
      ...(rates && { rates }),
      lines: lines
        .filter((line) => line.frequency === frequency)
        .map(({ amountCents, taxTreatment }) => ({ amountCents, treatment: taxTreatment })),
    });
    return {
      subtotalCents: taxed.subtotalCents,
      taxes: taxed.taxes.map(({ tax, taxCents }) => ({ tax, cents: taxCents })),
      totalCents: taxed.totalCents,
    };
  };
  return { month: section('monthly'), today: section('one_time') };
}

type Prices = ReadonlyMap<string, PricedItem>;

/** Prices of the quote's earlier versions: the customer was promised them. */
async function lockedPrices(reading: Pick<Reading, 'db'>, quoteId: string | undefined): Promise<Prices> {
  return quoteId === undefined
    ? new Map()
    : pricesSold(reading, await store.lockedPriceIds(reading.db, quoteId));
}

function itemFor(line: AskedLine, inForce: Prices, locked: Prices): PricedItem {
  const { sku, priceVersionId } = line;
  const current = inForce.get(sku);
  const promised = priceVersionId === undefined ? undefined : locked.get(priceVersionId);
  const item = promised?.sku === sku ? promised : current;
  if (!item) throw new Refusal('not_found', { what: sku });
  if (!item.onSale && item !== promised) throw new Refusal('item_not_sold', { sku });
  if (priceVersionId !== undefined && item.priceVersionId !== priceVersionId)
    throw new Refusal('price_changed', { sku });
  if (item.frequency !== 'monthly' && item.frequency !== 'one_time')
    throw new Refusal('frequency_not_quoted', { sku });
  return item;
}

/** An option is sold only beside something that allows it. */
function requireOptionsAllowed(items: readonly PricedItem[]): void {
  const allowed = new Set(items.flatMap(({ options }) => options));
  const lonely = items.find(({ kind, sku }) => kind === 'option' && !allowed.has(sku));
  if (lonely) throw new Refusal('option_not_allowed', { sku: lonely.sku });
}

/** A service has one session, and so one Internet plan; more lines of a telephone are no more plans. */
function requireOnePlanEach(items: readonly { line: AskedLine; item: PricedItem }[]): void {
  for (const kind of ['internet', 'tv'] as const) {
    const plans = items.filter(({ item }) => item.kind === kind);
    const sold = plans.reduce((sum, { line }) => sum + line.quantity, 0);
    if (sold > 1) throw new Refusal('one_plan_each', { sku: plans.at(-1)?.item.sku ?? '' });
  }
}

const lineOf = ({ sku, quantity }: AskedLine, item: PricedItem): OfferLine => ({
  sku,
  kind: item.kind,
  nameFr: item.nameFr,
  nameEn: item.nameEn,
  quantity,
  priceVersionId: item.priceVersionId,
  unitCents: item.priceCents,
  amountCents: item.priceCents * BigInt(quantity),
  frequency: item.frequency,
  taxTreatment: item.taxTreatment,
  revenueAccount: item.revenueAccount,
  downloadMbps: item.downloadMbps,
  uploadMbps: item.uploadMbps,
});
