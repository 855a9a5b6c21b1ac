import type { catalogOperations, OutputOf } from '@gigafibre/contract';
import type { ItemRow } from './store.ts';

/** One thing that can be sold, as everybody speaks of it. */
export type Item = OutputOf<typeof catalogOperations.listItems>['rows'][number];
export type ItemKind = Item['kind'];
export type ItemSegment = Item['segment'];
export type ItemFrequency = Item['frequency'];
export type ItemTaxTreatment = Item['taxTreatment'];

/** A price in force, with what the other domains need to sell, provision and bill the item. */
export type PricedItem = Readonly<{
  sku: string;
  nameFr: string;
  nameEn: string;
  kind: ItemKind;
  priceVersionId: string;
  priceCents: bigint;
  frequency: ItemFrequency;
  taxTreatment: ItemTaxTreatment;
  revenueAccount: string;
  downloadMbps: number | null;
  uploadMbps: number | null;
  oltProfile: string | null;
  radiusProfile: string | null;
  onSale: boolean;
  options: readonly string[];
  /** Of a bundle, the items of each part: one of them is enough. */
  parts?: readonly (readonly string[])[];
}>;

/** A row as the noun; the unions are held by check constraints. */
export const itemOf = (row: ItemRow): Item => ({
  sku: row.sku,
  nameFr: row.name_fr,
  nameEn: row.name_en,
  descriptionFr: row.description_fr,
  descriptionEn: row.description_en,
  kind: row.kind as ItemKind,
  segment: row.segment as ItemSegment,
  frequency: row.frequency as ItemFrequency,
  taxTreatment: row.tax_treatment as ItemTaxTreatment,
  revenueAccount: row.revenue_account,
  downloadMbps: row.download_mbps,
  uploadMbps: row.upload_mbps,
  oltProfile: row.olt_profile,
  radiusProfile: row.radius_profile,
  legacyProductId: row.legacy_product_id,
  onSale: row.on_sale,
  price:
    row.price_version_id === null || row.price_cents === null || row.price_from === null
      ? null
      : { id: row.price_version_id, priceCents: BigInt(row.price_cents), from: row.price_from },
  options: row.options,
  parts: row.parts,
  version: row.version,
});

/** The same for sale: null for an item whose first price has not begun. */
export function pricedItemOf(row: ItemRow): PricedItem | null {
  const { price, ...item } = itemOf(row);
  if (!price) return null;
  return {
    sku: item.sku,
    nameFr: item.nameFr,
    nameEn: item.nameEn,
    kind: item.kind,
    priceVersionId: price.id,
    priceCents: price.priceCents,
    frequency: item.frequency,
    taxTreatment: item.taxTreatment,
    revenueAccount: item.revenueAccount,
    downloadMbps: item.downloadMbps,
    uploadMbps: item.uploadMbps,
    oltProfile: item.oltProfile,
    radiusProfile: item.radiusProfile,
    onSale: item.onSale,
    options: item.options,
    parts: item.parts,
  };
}
