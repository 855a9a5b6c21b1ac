import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, line, page, pageInput, text, typedCents } from './values.ts';

/** What is sold, by nature. An `option` is sold only beside a plan that allows it. */
export const itemKind = z.enum(['internet', 'tv', 'phone', 'equipment', 'one_time', 'labour', 'option']);
/** For whom an item is made: what a sale offers first, no limit of who may take it. */
export const itemSegment = z.enum(['residential', 'business', 'both']);
export const itemFrequency = z.enum(['one_time', 'monthly', 'quarterly', 'yearly']);
/** How an item meets the taxes; see `TaxTreatment` in packages/money. */
export const itemTaxTreatment = z.enum(['taxable', 'termination', 'exempt', 'outside']);
/** Stock-keeping unit: capitals, digits and dashes, `FIBRE-1000`. */
export const sku = z
  .string()
  .max(40)
  .regex(/^[A-Z0-9](?:[A-Z0-9-]{0,38}[A-Z0-9])?$/, 'SKU');
const priceVersionId = z.string().max(20);
/** What a bundle is made of: of each part, one of its items is enough. */
const bundleParts = z.array(z.array(sku).min(1).max(50)).min(2).max(10);
const megabits = z.int().min(1).max(1_000_000);

/** A price from a day on, until the next version begins. */
export const priceVersion = z.object({
  id: priceVersionId,
  priceCents: cents,
  from: civilDate,
});

export const catalogItem = z.object({
  sku,
  nameFr: z.string(),
  nameEn: z.string(),
  descriptionFr: z.string(),
  descriptionEn: z.string(),
  kind: itemKind,
  segment: itemSegment,
  frequency: itemFrequency,
  taxTreatment: itemTaxTreatment,
  revenueAccount: z.string(),
  downloadMbps: z.int().nullable(),
  uploadMbps: z.int().nullable(),
  oltProfile: z.string().nullable(),
  radiusProfile: z.string().nullable(),
  legacyProductId: z.string().nullable(),
  /** Whether new sales may carry it; existing subscribers keep it either way. */
  onSale: z.boolean(),
  /** The price in force today, null before its first version begins. */
  price: priceVersion.nullable(),
  /** Options a customer may add to this plan. */
  options: z.array(sku),
  /** What a bundle is made of at the price of today; none for what is no bundle. */
  parts: z.array(z.array(sku)),
  version: z.int(),
});

const editable = {
  nameFr: line(120),
  nameEn: line(120),
  descriptionFr: text(1_000),
  descriptionEn: text(1_000),
  downloadMbps: megabits.nullable(),
  uploadMbps: megabits.nullable(),
  oltProfile: line(80).nullable(),
  radiusProfile: line(80).nullable(),
  legacyProductId: line(40).nullable(),
  segment: itemSegment,
  onSale: z.boolean(),
  options: z.array(sku).max(50),
};
const priceFields = { priceCents: typedCents, from: civilDate };

export const catalogOperations = {
  listItems: query({
    name: 'catalog.listItems',
    path: '/api/catalog/items',
    summary: 'What the company sells, with the price in force today.',
    allow: 'catalog.read',
    input: z.object({
      ...pageInput,
      kind: itemKind.optional(),
      search: z.string().trim().max(120).optional(),
      /** `true`: only what new sales may carry; `false`: only what is retired. */
      onSale: z.enum(['true', 'false']).optional(),
    }),
    output: page(catalogItem),
  }),
  readItem: query({
    name: 'catalog.readItem',
    path: '/api/catalog/items/{sku}',
    summary: 'One item with all its prices, past and to come.',
    allow: 'catalog.read',
    input: z.object({ sku }),
    output: catalogItem.extend({ prices: z.array(priceVersion) }),
    refusals: ['not_found'],
  }),
  createItem: command({
    name: 'catalog.createItem',
    path: '/api/catalog/items',
    summary: 'Adds something to sell, with its first price.',
    allow: 'catalog.write',
    input: z.object({
      sku,
      nameFr: editable.nameFr,
      nameEn: editable.nameEn,
      descriptionFr: editable.descriptionFr.default(''),
      descriptionEn: editable.descriptionEn.default(''),
      kind: itemKind,
      frequency: itemFrequency,
      taxTreatment: itemTaxTreatment.default('taxable'),
      revenueAccount: line(10),
      downloadMbps: editable.downloadMbps.default(null),
      uploadMbps: editable.uploadMbps.default(null),
      oltProfile: editable.oltProfile.default(null),
      radiusProfile: editable.radiusProfile.default(null),
      legacyProductId: editable.legacyProductId.default(null),
      segment: editable.segment.default('both'),
      onSale: editable.onSale.default(true),
      options: editable.options.default([]),
      ...priceFields,
    }),
    output: catalogItem,
    refusals: ['sku_taken', 'account_not_revenue', 'option_unknown', 'price_below_zero'],
  }),
  createBundle: command({
    name: 'catalog.createBundle',
    path: '/api/catalog/bundles',
    summary: 'Adds a bundle: what is taken off every month for as long as all of its parts are taken.',
    allow: 'catalog.write',
    input: z.object({
      sku,
      nameFr: editable.nameFr,
      nameEn: editable.nameEn,
      descriptionFr: editable.descriptionFr.default(''),
      descriptionEn: editable.descriptionEn.default(''),
      revenueAccount: line(10),
      discountCents: typedCents.refine((value) => value > 0n, 'above zero'),
      parts: bundleParts,
      from: civilDate,
    }),
    output: catalogItem,
    refusals: ['sku_taken', 'account_not_revenue', 'bundle_part_unknown'],
  }),
  addBundleVersion: command({
    name: 'catalog.addBundleVersion',
    path: '/api/catalog/bundles/{sku}/versions',
    summary: 'Another discount or other parts from a day on; who has the bundle keeps it as it was taken.',
    allow: 'catalog.write',
    input: z.object({
      sku,
      discountCents: typedCents.refine((value) => value > 0n, 'above zero'),
      parts: bundleParts,
      from: civilDate,
    }),
    output: catalogItem,
    refusals: ['not_found', 'not_a_bundle', 'price_in_the_past', 'price_day_taken', 'bundle_part_unknown'],
  }),
  editItem: command({
    name: 'catalog.editItem',
    method: 'PATCH',
    path: '/api/catalog/items/{sku}',
    summary: 'Changes the fields given; refused when somebody changed the item since `version`.',
    allow: 'catalog.write',
    input: z.object({ sku, version: z.int().min(1), ...z.object(editable).partial().shape }),
    output: catalogItem,
    refusals: ['not_found', 'changed_meanwhile', 'option_unknown'],
  }),
  addPriceVersion: command({
    name: 'catalog.addPriceVersion',
    path: '/api/catalog/items/{sku}/prices',
    summary: 'Sets the price from a day on; existing subscribers and open quotes keep theirs.',
    allow: 'catalog.write',
    input: z.object({ sku, ...priceFields }),
    output: catalogItem,
    refusals: ['not_found', 'price_in_the_past', 'price_day_taken', 'price_below_zero', 'bundle_keeps_parts'],
  }),
};

export const catalogEvents = {
  itemCreated: event({
    type: 'item.created',
    subject: 'item',
    data: z.object({ kind: itemKind }),
    seenWith: 'catalog.read',
    stale: ['catalog.listItems'],
  }),
  itemChanged: event({
    type: 'item.changed',
    subject: 'item',
    data: z.object({}),
    seenWith: 'catalog.read',
    stale: ['catalog.listItems', 'catalog.readItem'],
  }),
  itemPriced: event({
    type: 'item.priced',
    subject: 'item',
    data: z.object({ priceVersionId, ...priceFields }),
    seenWith: 'catalog.read',
    stale: ['catalog.listItems', 'catalog.readItem', 'sales.previewQuote'],
  }),
};
