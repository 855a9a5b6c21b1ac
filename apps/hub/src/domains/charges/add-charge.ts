import { civilDateOf } from '@gigafibre/calendar';
import { chargesEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { pricesOn, type ItemTaxTreatment } from '../catalog/index.ts';
import { readCustomer } from '../customers/index.ts';
import { readLocation } from '../plant/index.ts';
import { requireApproval } from '../staff/index.ts';
import { chargeOf, type Charge } from './charge.ts';
import * as store from './store.ts';

export type NewCharge = Readonly<{
  customerId: string;
  /** Where the service was rendered: its province decides the taxes. */
  locationId: string | null;
  subscriptionId?: string | null;
  sku: string;
  description: Readonly<{ fr: string; en: string }>;
  /** The whole amount before taxes; negative for a credit. A multiple of `quantity`. */
  amountCents: bigint;
  quantity?: number;
  taxTreatment: ItemTaxTreatment;
  revenueAccount: string;
  /** What caused it: `quote QTN-00012`, `job DJ-00004`, `staff ST-101`. */
  source: string;
  /** Days of a recurring item, in the cycle that starts on `cycleFrom`; absent for what is sold once. */
  days?: ItemDays;
}>;

export type ItemDays = Readonly<{
  itemId: string;
  cycleFrom: string;
  from: string;
  to: string;
  /** How a part of a cycle was computed. */
  detail: Readonly<{ fr: string; en: string }> | null;
}>;

/** Adds something to the customer's next invoice. */
export async function addCharge(tx: Tx, charge: NewCharge): Promise<Charge> {
  const quantity = charge.quantity ?? 1;
  const row = await store.insertCharge(tx.db, {
    customer_id: charge.customerId,
    location_id: charge.locationId,
    subscription_id: charge.subscriptionId ?? null,
    sku: charge.sku,
    description_fr: charge.description.fr,
    description_en: charge.description.en,
    quantity,
    unit_price_cents: charge.amountCents / BigInt(quantity),
    amount_cents: charge.amountCents,
    tax_treatment: charge.taxTreatment,
    revenue_account: charge.revenueAccount,
    source: charge.source,
    ...dayColumns(charge.days),
    added_at: tx.now,
    added_by: tx.by.id ?? tx.by.kind,
  });
  await tx.tell(chargesEvents.chargeAdded, {
    subject: row.id,
    customerId: row.customer_id,
    data: { sku: row.sku, amountCents: Number(row.amount_cents), source: row.source },
  });
  return chargeOf(row);
}

const dayColumns = (days: ItemDays | undefined) =>
  days && {
    kind: 'recurring',
    subscription_item_id: days.itemId,
    cycle_from: days.cycleFrom,
    period_from: days.from,
    period_to: days.to,
    detail_fr: days.detail?.fr ?? null,
    detail_en: days.detail?.en ?? null,
  };

export type CatalogCharge = Readonly<{
  customerId: string;
  locationId: string | null;
  sku: string;
  quantity: number;
  unitPriceCents?: bigint | undefined;
  descriptionFr?: string | undefined;
  descriptionEn?: string | undefined;
}>;

/**
 * The same by staff, from the catalog: its words and its price of the day unless others are given. A credit above the
 * limit is for who may approve.
 */
export async function addChargeByHand(tx: Tx, asked: CatalogCharge): Promise<Charge> {
  await readCustomer(tx, asked.customerId);
  if (asked.locationId !== null) await readLocation(tx, asked.locationId);
  const on = civilDateOf(tx.now);
  const item = (await pricesOn(tx, { skus: [asked.sku], on })).get(asked.sku);
  if (!item) throw new Refusal('item_not_priced', { sku: asked.sku });
  const unitPriceCents = asked.unitPriceCents ?? item.priceCents;
  const amountCents = unitPriceCents * BigInt(asked.quantity);
  await requireApproval(tx, { what: 'creditCents', amountCents: -amountCents });
  return addCharge(tx, {
    customerId: asked.customerId,
    locationId: asked.locationId,
    sku: item.sku,
    description: { fr: asked.descriptionFr ?? item.nameFr, en: asked.descriptionEn ?? item.nameEn },
    quantity: asked.quantity,
    amountCents,
    taxTreatment: item.taxTreatment,
    revenueAccount: item.revenueAccount,
    source: `${tx.by.kind} ${tx.by.id ?? ''}`.trim(),
  });
}
