import { civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import { itemOf, pricedItemOf, type Item, type PricedItem } from './item.ts';
import * as store from './store.ts';

type Asked = Pick<Reading, 'db' | 'now'>;

/** One item with the price in force today; refused `not_found`. */
export async function readItem({ db, now }: Asked, sku: string): Promise<Item> {
  const row = await store.itemBySku(db, { sku, on: civilDateOf(now) });
  if (!row) throw new Refusal('not_found', { what: sku });
  return itemOf(row);
}

/** The same with every price, the one that begins last first. */
export async function readItemWithPrices(reading: Asked, sku: string) {
  const item = await readItem(reading, sku);
  const prices = await store.pricesOf(reading.db, sku);
  return {
    ...item,
    prices: prices.map((row) => ({ id: row.id, priceCents: BigInt(row.price_cents), from: row.valid_from })),
  };
}

export type ItemQuery = Readonly<{
  kind?: Item['kind'] | undefined;
  search?: string | undefined;
  onSale?: 'true' | 'false' | undefined;
  limit: number;
  after?: string | undefined;
}>;

/** Items by SKU, a page at a time. */
export async function listItems(
  { db, now }: Asked,
  { onSale, ...filter }: ItemQuery,
): Promise<{ rows: Item[]; next: string | null }> {
  const sold = onSale === undefined ? undefined : onSale === 'true';
  const rows = await store.itemsPage(db, { ...filter, onSale: sold, on: civilDateOf(now) });
  return {
    rows: rows.slice(0, filter.limit).map(itemOf),
    next: rows.length > filter.limit ? (rows[filter.limit - 1]?.sku ?? null) : null,
  };
}

/**
 * What some SKUs cost on a day ('YYYY-MM-DD'): a map without those that are unknown or have no price yet.
 * Retired items are answered too, with `onSale: false`: who already has them keeps them.
 */
export async function pricesOn(
  { db }: Pick<Reading, 'db'>,
  asked: { skus: readonly string[]; on: string },
): Promise<Map<string, PricedItem>> {
  const rows = await store.itemsBySku(db, asked);
  return new Map(rows.flatMap((row) => pricedItemOf(row) ?? []).map((item) => [item.sku, item]));
}

/** Items at prices once sold, by price version id: what a quote or a subscription locked. */
export async function pricesSold(
  { db }: Pick<Reading, 'db'>,
  priceVersionIds: readonly string[],
): Promise<Map<string, PricedItem>> {
  const rows = await store.itemsByPriceVersion(db, priceVersionIds);
  return new Map(rows.flatMap((row) => pricedItemOf(row) ?? []).map((item) => [item.priceVersionId, item]));
}
