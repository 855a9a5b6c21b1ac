import { Refusal, subscriptionsEvents } from '@gigafibre/contract';
import { civilDateOf } from '@gigafibre/calendar';
import type { Tx } from '../../platform/acting.ts';
import { pricesSold } from '../catalog/index.ts';
import * as agreedTerms from './agreed-terms-store.ts';
import * as store from './store.ts';
import { subscriptionOf, type Subscription } from './subscription.ts';

export type NewSubscription = Readonly<{
  customerId: string;
  locationId: string;
  /** What was sold: the price version it was sold at, and the price agreed (the version's, or a promotion's). */
  items: readonly Readonly<{ sku: string; priceVersionId: string; priceCents: bigint }>[];
  /** The fixed term agreed with it: it begins with the service. */
  term?: Readonly<{ months: number; goodsRebateCents: bigint }> | null;
  /** What caused it: `quote QTN-00012`, `import`. */
  source: string;
  legacyServiceId?: string;
  /** Last day that another system billed: nothing of it or before is charged here. */
  billedElsewhereTo?: string;
}>;

const ITEMS_MAX = 50;

/**
 * Opens a pending subscription; what it consists of and costs is locked from now on. Refused `one_plan_each` for two
 * Internet plans or two of television.
 */
export async function openSubscription(tx: Tx, input: NewSubscription): Promise<Subscription> {
  if (input.items.length === 0 || input.items.length > ITEMS_MAX)
    throw new Error(`a subscription has 1 to ${ITEMS_MAX} items, not ${input.items.length}`);
  const row = await store.insertSubscription(tx.db, {
    customer_id: input.customerId,
    location_id: input.locationId,
    source: input.source,
    opened_at: tx.now,
    legacy_service_id: input.legacyServiceId ?? null,
    billed_elsewhere_to: input.billedElsewhereTo ?? null,
  });
  if (input.term) {
    const { months, goodsRebateCents: goods_rebate_cents } = input.term;
    await agreedTerms.insertAgreed(tx.db, {
      subscription_id: row.id,
      months,
      goods_rebate_cents,
      source: input.source,
      at: tx.now,
    });
  }
  const subscription = subscriptionOf(row, await lockItems(tx, row.id, input.items), civilDateOf(tx.now));
  await store.insertStep(tx.db, {
    subscription_id: row.id,
    at: tx.now,
    from_status: null,
    to_status: 'pending',
    on_date: civilDateOf(tx.now),
    reason: input.source,
    by: byWhom(tx),
  });
  await tx.tell(subscriptionsEvents.subscriptionOpened, {
    subject: row.id,
    customerId: row.customer_id,
    data: { ...toldOf(subscription), source: input.source },
  });
  return subscription;
}

async function lockItems(
  tx: Tx,
  subscriptionId: string,
  items: NewSubscription['items'],
): Promise<store.ItemRow[]> {
  const sold = await pricesSold(
    tx,
    items.map((item) => item.priceVersionId),
  );
  for (const kind of ['internet', 'tv'] as const)
    if (items.filter(({ priceVersionId }) => sold.get(priceVersionId)?.kind === kind).length > 1)
      throw new Refusal('one_plan_each', { sku: kind });
  return store.insertItems(
    tx.db,
    items.map(({ sku, priceVersionId, priceCents }, index) => {
      const item = sold.get(priceVersionId);
      if (item?.sku !== sku) throw new Error(`${priceVersionId} is not a price of ${sku}`);
      return {
        subscription_id: subscriptionId,
        line: index + 1,
        sku,
        price_version_id: priceVersionId,
        price_cents: priceCents,
        name_fr: item.nameFr,
        name_en: item.nameEn,
        kind: item.kind,
        frequency: item.frequency,
        tax_treatment: item.taxTreatment,
        revenue_account: item.revenueAccount,
        download_mbps: item.downloadMbps,
        upload_mbps: item.uploadMbps,
        olt_profile: item.oltProfile,
        radius_profile: item.radiusProfile,
      };
    }),
  );
}

/** What events say of a service: enough for a message without asking back. */
export const toldOf = (subscription: Subscription) => ({
  locationId: subscription.locationId,
  nameFr: subscription.nameFr,
  nameEn: subscription.nameEn,
  downloadMbps: subscription.downloadMbps,
  uploadMbps: subscription.uploadMbps,
  monthlyCents: Number(subscription.monthlyCents),
});

/** Who did it, for the rows of history: a name when there is one. */
export const byWhom = ({ by }: Pick<Tx, 'by'>): string => by.name ?? by.id ?? by.kind;
