import type pg from 'pg';
import { pricesOn, type PricedItem } from '../../../domains/catalog/index.ts';
import type { Db } from '../../../platform/db/connect.ts';

/** The catalogue as it was on a day: what was sold then keeps that price. */
export type PriceBook = Readonly<{ priceOf: (sku: string, on: string) => PricedItem }>;

/** Reads every item at every day on which some price changed. */
export async function readPriceBook(client: pg.PoolClient, db: Db): Promise<PriceBook> {
  const days = await client.query<{ valid_from: string }>(
    'select distinct valid_from from catalog.price_versions order by 1 desc',
  );
  const items = await client.query<{ sku: string }>('select sku from catalog.items');
  const skus = items.rows.map(({ sku }) => sku);
  const books: { from: string; items: Map<string, PricedItem> }[] = [];
  for (const { valid_from: from } of days.rows)
    books.push({ from, items: await pricesOn({ db }, { skus, on: from }) });
  return {
    priceOf: (sku, on) => {
      const found = (books.find(({ from }) => from <= on) ?? books.at(-1))?.items.get(sku);
      if (!found) throw new Error(`${sku} had no price on ${on}`);
      return found;
    },
  };
}
