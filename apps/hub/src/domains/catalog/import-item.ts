import { catalogOperations } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Tx } from '../../platform/acting.ts';
import { createItem } from './create-item.ts';
import type { Item } from './item.ts';
import * as store from './store.ts';

/** An item as another catalog knows it: with every price it ever had, oldest first. */
export type ImportedItem = Readonly<
  Omit<z.input<typeof catalogOperations.createItem.input>, 'priceCents' | 'from'> & {
    prices: readonly [ImportedPrice, ...ImportedPrice[]];
  }
>;
type ImportedPrice = Readonly<{ priceCents: number; from: string }>;

/** Brings an item in with its price history, past days included. Refused when the SKU exists. */
export async function importItem(tx: Tx, { prices, ...fields }: ImportedItem): Promise<Item> {
  const [first, ...later] = prices;
  const item = await createItem(tx, catalogOperations.createItem.input.parse({ ...fields, ...first }));
  for (const { priceCents, from } of later)
    await store.insertPrice(tx.db, {
      sku: fields.sku,
      price_cents: priceCents,
      valid_from: from,
      created_at: tx.now,
    });
  return item;
}
