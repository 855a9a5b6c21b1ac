import { Refusal, type catalogOperations, type ParsedOf } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { setPrice } from './add-price-version.ts';
import { createItem } from './create-item.ts';
import type { Item } from './item.ts';
import { pricesOn, readItem } from './read-items.ts';
import * as store from './store.ts';

/**
 * Adds a bundle: an option whose price takes its discount off every month, in force while all its parts are. Refused
 * for a part that is not a monthly item of the catalog.
 */
export async function createBundle(
  tx: Tx,
  { parts, discountCents, from, ...words }: ParsedOf<typeof catalogOperations.createBundle>,
): Promise<Item> {
  await createItem(tx, {
    ...words,
    kind: 'option',
    frequency: 'monthly',
    taxTreatment: 'taxable',
    downloadMbps: null,
    uploadMbps: null,
    oltProfile: null,
    radiusProfile: null,
    legacyProductId: null,
    segment: 'both',
    onSale: true,
    options: [],
    priceCents: -discountCents,
    from,
  });
  return withParts(tx, { sku: words.sku, from, parts });
}

/** Another discount or other parts from a day on; whoever has the bundle keeps it as it was taken. */
export async function addBundleVersion(
  tx: Tx,
  { sku, discountCents, parts, from }: ParsedOf<typeof catalogOperations.addBundleVersion>,
): Promise<Item> {
  const known = await readItem(tx, sku);
  const [first] = await store.partsEver(tx.db, sku);
  if (!first) throw new Refusal('not_a_bundle', { sku: known.sku });
  await setPrice(tx, { sku, priceCents: -discountCents, from });
  return withParts(tx, { sku, from, parts });
}

async function withParts(
  tx: Tx,
  { sku, from, parts }: { sku: string; from: string; parts: readonly (readonly string[])[] },
): Promise<Item> {
  const priced = (await pricesOn(tx, { skus: [sku], on: from })).get(sku);
  if (!priced) throw new Error(`${sku} has no price from ${from} on`);
  const unknown = await store.insertParts(tx.db, { priceVersionId: priced.priceVersionId, parts });
  if (unknown[0] !== undefined) throw new Refusal('bundle_part_unknown', { sku: unknown[0] });
  return readItem(tx, sku);
}
