import { civilDateOf } from '@gigafibre/calendar';
import type { Reading } from '../../platform/acting.ts';
import * as store from './store.ts';
import type { ChargedSubscription, ServiceItem } from '../charges/index.ts';
import { subscriptionOf, type Subscription, type SubscriptionItem } from './subscription.ts';

/** A service that has started as charging sees it: its recurring items with their days. */
export function chargedSubscription(
  subscription: Pick<Subscription, 'id' | 'customerId' | 'locationId' | 'billingAnchor' | 'timeline'>,
): ChargedSubscription {
  const { id, customerId, locationId, billingAnchor, timeline } = subscription;
  if (billingAnchor === null) throw new Error(`${id} has not started: nothing of it can be charged`);
  return {
    subscriptionId: id,
    customerId,
    locationId,
    anchor: billingAnchor,
    items: timeline.flatMap((item) => serviceItem(item) ?? []),
  };
}

function serviceItem(item: SubscriptionItem): ServiceItem | undefined {
  const { frequency, startsOn } = item;
  if (frequency === 'one_time' || startsOn === null) return undefined;
  return { ...item, frequency, startsOn };
}

/** Cycles of a service that starts on a day: every service turns on the first of the month, the quarter or the year. */
export const firstAnchor = (startsOn: string): string => `${startsOn.slice(0, 4)}-01-01`;

/** Services of some customers a billing run may have to charge: those that run, or ended not before a day. */
export async function chargedSubscriptionsOf(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  asked: { customerIds: readonly string[]; endedSince: string },
): Promise<ChargedSubscription[]> {
  if (asked.customerIds.length === 0) return [];
  const rows = await store.chargeable(db, asked);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const items = Map.groupBy(await store.itemsOf(db, ids), (item) => item.subscription_id);
  const today = civilDateOf(now);
  return rows.map((row) => chargedSubscription(subscriptionOf(row, items.get(row.id) ?? [], today)));
}

/** Customers with such a service, by number, after one: a run walks through them. */
export const customersServed = (
  { db }: Pick<Reading, 'db'>,
  asked: { after: string; endedSince: string; limit: number },
): Promise<string[]> => store.customersServed(db, asked);

/** Services of some customers that have not started: what waits for them is for their first bill. */
export async function pendingIdsOf(
  { db }: Pick<Reading, 'db'>,
  customerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  return new Set(customerIds.length === 0 ? [] : await store.pendingIds(db, customerIds));
}
