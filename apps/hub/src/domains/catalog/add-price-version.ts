import { civilDateOf } from '@gigafibre/calendar';
import { catalogEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import type { Item } from './item.ts';
import { readItem } from './read-items.ts';
import * as store from './store.ts';

/**
 * Sets the price of an item from a day ('YYYY-MM-DD') on. Open quotes and existing subscriptions keep the
 * version they were sold at. Refused for a day that is past or that already has a price.
 */
export async function addPriceVersion(
  tx: Tx,
  { sku, priceCents, from }: { sku: string; priceCents: bigint; from: string },
): Promise<Item> {
  const today = civilDateOf(tx.now);
  if (!(await store.itemForUpdate(tx.db, sku))) throw new Refusal('not_found', { what: sku });
  if (from < today) throw new Refusal('price_in_the_past', { today });
  const price = await store.insertPrice(tx.db, {
    sku,
    price_cents: priceCents,
    valid_from: from,
    created_at: tx.now,
  });
  if (!price) throw new Refusal('price_day_taken', { from });
  await tx.tell(catalogEvents.itemPriced, {
    subject: sku,
    data: { priceVersionId: price.id, priceCents: Number(priceCents), from },
  });
  return readItem(tx, sku);
}
