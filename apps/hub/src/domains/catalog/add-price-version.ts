import { civilDateOf } from '@gigafibre/calendar';
import { catalogEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import type { Item } from './item.ts';
import { readItem } from './read-items.ts';
import * as store from './store.ts';

type NewPrice = Readonly<{ sku: string; priceCents: bigint; from: string }>;

/**
 * Sets the price of an item from a day ('YYYY-MM-DD') on. Open quotes and existing subscriptions keep the
 * version they were sold at. Refused for a day that is past or that already has a price, and for a bundle: without
 * parts it would be a discount for everybody and for good.
 */
export async function addPriceVersion(tx: Tx, price: NewPrice): Promise<Item> {
  const [part] = await store.partsEver(tx.db, price.sku);
  if (part) throw new Refusal('bundle_keeps_parts', { sku: price.sku });
  return setPrice(tx, price);
}

/** What anything but an option costs is not below zero. */
export function requirePrice({ kind }: { kind: string }, priceCents: bigint): void {
  if (priceCents < 0n && kind !== 'option') throw new Refusal('price_below_zero');
}

/** The same for whatever it is; a bundle's parts are the caller's to set with it. */
export async function setPrice(tx: Tx, { sku, priceCents, from }: NewPrice): Promise<Item> {
  const today = civilDateOf(tx.now);
  const item = await store.itemForUpdate(tx.db, sku);
  if (!item) throw new Refusal('not_found', { what: sku });
  requirePrice(item, priceCents);
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
