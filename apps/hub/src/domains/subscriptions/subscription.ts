import {
  Refusal,
  subscriptionCan,
  type OutputOf,
  type subscriptionsOperations,
  type SubscriptionStatus,
} from '@gigafibre/contract';
import { multiply, sumCents } from '@gigafibre/money';
import type { ItemTaxTreatment } from '../catalog/index.ts';
import type { AnchorFrom } from '../charges/index.ts';
import type { ItemRow, SubscriptionRow } from './store.ts';

export type ShownSubscription = OutputOf<typeof subscriptionsOperations.activateSubscription>;
type ShownItem = ShownSubscription['items'][number];

/** What was sold, locked at its price, with what billing and provisioning need of it. */
export type SubscriptionItem = ShownItem &
  Readonly<{
    taxTreatment: ItemTaxTreatment;
    revenueAccount: string;
    downloadMbps: number | null;
    uploadMbps: number | null;
    oltProfile: string | null;
    radiusProfile: string | null;
    /** Where it is rendered, once its service has moved or is to move; else where the service is. */
    locationId?: string | null;
    /** The first item of the promise it goes on with, after a pause or a move; null for one that is the first itself. */
    promise?: string | null;
  }>;

/** A service of a customer at a location. */
export type Subscription = Omit<ShownSubscription, 'items' | 'itemsToCome' | 'address'> &
  Readonly<{
    /** In force on the day it was read; what was sold, while it is pending; the last ones, once it has ended. */
    items: readonly SubscriptionItem[];
    itemsToCome: readonly SubscriptionItem[];
    /** Every item it ever had, by line. */
    timeline: readonly SubscriptionItem[];
    /** A day on which its billing cycles start; null before it starts. */
    billingAnchor: string | null;
    /** From some days on, oldest first, they start on other days. */
    anchors?: readonly AnchorFrom[];
    /** Last day that another system billed; null for what was sold here. */
    billedElsewhereTo: string | null;
  }>;

const MONTHS = { monthly: 1n, quarterly: 3n, yearly: 12n } as const;

/** Recurring price before taxes, brought to one month and rounded once per item. */
export function monthlyPriceOf(items: readonly Pick<SubscriptionItem, 'frequency' | 'priceCents'>[]): bigint {
  return sumCents(
    items.map(({ frequency, priceCents }) =>
      frequency === 'one_time' ? 0n : multiply(priceCents, { num: 1n, den: MONTHS[frequency] }),
    ),
  );
}

/** The item a service is called by: its Internet plan, or the first thing sold. */
export const mainItem = <Item extends Pick<SubscriptionItem, 'kind'>>(
  items: readonly Item[],
): Item | undefined => items.find((item) => item.kind === 'internet') ?? items[0];

/** Refuses a command the subscription's state does not allow. */
export function requireCan(command: keyof typeof subscriptionCan, { status }: { status: string }): void {
  const allowed: readonly string[] = subscriptionCan[command];
  if (!allowed.includes(status)) throw new Refusal('not_in_this_state', { state: status });
}

/** What was promised with an item, by the number of its first item: one promise may have several, one after another. */
export const promiseOf = ({ id, promise = null }: Pick<SubscriptionItem, 'id' | 'promise'>): string =>
  promise ?? id;

/** Whether an item is in force on a day. */
export const isInForce = ({ startsOn, endsOn }: SubscriptionItem, on: string): boolean =>
  startsOn !== null && startsOn <= on && (endsOn === null || on <= endsOn);

function itemsOn(row: SubscriptionRow, timeline: readonly SubscriptionItem[], on: string) {
  if (row.activated_on === null) return timeline;
  return timeline.filter((item) => isInForce(item, row.cancelled_on ?? on));
}

/** A row and its items on a civil day, as the noun; the unions are held by check constraints. */
export function subscriptionOf(row: SubscriptionRow, itemRows: readonly ItemRow[], on: string): Subscription {
  const timeline = itemRows.map(itemOf);
  const items = itemsOn(row, timeline, on);
  const main = mainItem(items) ?? mainItem(timeline);
  return {
    id: row.id,
    customerId: row.customer_id,
    locationId: row.location_id,
    status: row.status as SubscriptionStatus,
    suspendedFor: row.suspended_for as Subscription['suspendedFor'],
    nameFr: main?.nameFr ?? '',
    nameEn: main?.nameEn ?? '',
    downloadMbps: main?.downloadMbps ?? null,
    uploadMbps: main?.uploadMbps ?? null,
    monthlyCents: monthlyPriceOf(items),
    items,
    itemsToCome: timeline.filter(
      ({ startsOn, endsOn }) => startsOn !== null && startsOn > on && (endsOn === null || endsOn >= startsOn),
    ),
    timeline,
    lastDay: lastDayOf(row, timeline),
    billingAnchor: row.billing_anchor,
    anchors: row.anchors as AnchorFrom[], // written by putAnchors()
    billedElsewhereTo: row.billed_elsewhere_to,
    equipmentId: row.equipment_id,
    radiusUser: row.radius_user,
    source: row.source,
    openedAt: row.opened_at,
    activatedOn: row.activated_on,
    cancelledOn: row.cancelled_on,
  };
}

/** The day after which nothing is in force any more. */
function lastDayOf({ status, cancelled_on }: SubscriptionRow, timeline: readonly SubscriptionItem[]) {
  if (status === 'cancelled' || status === 'pending') return cancelled_on;
  const recurring = timeline.filter(({ frequency }) => frequency !== 'one_time');
  const ends = recurring.map(({ endsOn }) => endsOn ?? '');
  return ends.length === 0 || ends.includes('') ? null : (ends.toSorted().at(-1) ?? null);
}

const itemOf = (row: ItemRow): SubscriptionItem => ({
  id: row.id,
  sku: row.sku,
  nameFr: row.name_fr,
  nameEn: row.name_en,
  kind: row.kind as SubscriptionItem['kind'],
  frequency: row.frequency as SubscriptionItem['frequency'],
  priceVersionId: row.price_version_id,
  priceCents: row.price_cents,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  taxTreatment: row.tax_treatment as ItemTaxTreatment,
  revenueAccount: row.revenue_account,
  downloadMbps: row.download_mbps,
  uploadMbps: row.upload_mbps,
  oltProfile: row.olt_profile,
  radiusProfile: row.radius_profile,
  locationId: row.location_id,
  promise: row.promise,
});
