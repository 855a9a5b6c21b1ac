import { catalogEvents, Refusal, type catalogOperations, type ParsedOf } from '@gigafibre/contract';
import { CHART, type Chart } from '@gigafibre/ledger';
import type { Tx } from '../../platform/acting.ts';
import { requirePrice } from './add-price-version.ts';
import type { Item } from './item.ts';
import { readItem } from './read-items.ts';
import * as store from './store.ts';

export type NewItem = ParsedOf<typeof catalogOperations.createItem>;
const chart: Chart = CHART;

/**
 * Adds something to sell, with its first price. That first one may begin in the past (an item that was sold
 * before it came into this catalog); later ones may not. Refused when the SKU exists, the account is not one of revenue, or
 * what is no option costs less than nothing.
 */
export async function createItem(tx: Tx, input: NewItem): Promise<Item> {
  if (chart[input.revenueAccount]?.kind !== 'revenue')
    throw new Refusal('account_not_revenue', { account: input.revenueAccount });
  requirePrice(input, input.priceCents);
  const added = await store.insertItem(tx.db, { ...columnsOf(input), created_at: tx.now });
  if (!added) throw new Refusal('sku_taken', { sku: input.sku });
  await allowOptions(tx, input);
  const price = await store.insertPrice(tx.db, {
    sku: input.sku,
    price_cents: input.priceCents,
    valid_from: input.from,
    created_at: tx.now,
  });
  if (!price) throw new Error(`${input.sku} had a price before it existed`);
  await tx.tell(catalogEvents.itemCreated, { subject: input.sku, data: { kind: input.kind } });
  return readItem(tx, input.sku);
}

/** Sets the options a plan allows; refused for what is not an option. */
export async function allowOptions(
  tx: Tx,
  { sku, options }: { sku: string; options: readonly string[] },
): Promise<void> {
  const unknown = await store.replaceOptions(tx.db, { sku, options: [...new Set(options)] });
  if (unknown[0] !== undefined) throw new Refusal('option_unknown', { sku: unknown[0] });
}

const columnsOf = (input: NewItem) => ({
  sku: input.sku,
  name_fr: input.nameFr,
  name_en: input.nameEn,
  description_fr: input.descriptionFr,
  description_en: input.descriptionEn,
  kind: input.kind,
  frequency: input.frequency,
  tax_treatment: input.taxTreatment,
  revenue_account: input.revenueAccount,
  download_mbps: input.downloadMbps,
  upload_mbps: input.uploadMbps,
  olt_profile: input.oltProfile,
  radius_profile: input.radiusProfile,
  legacy_product_id: input.legacyProductId,
  segment: input.segment,
  on_sale: input.onSale,
});
