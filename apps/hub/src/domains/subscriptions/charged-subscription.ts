import { addDays, addMonths, civilDateOf } from '@gigafibre/calendar';
import type { Reading } from '../../platform/acting.ts';
import * as store from './store.ts';
import type { BillingDay } from '../customers/index.ts';
import { cyclesOf, type ChargedSubscription, type ServiceItem } from '../charges/index.ts';
import { subscriptionOf, type Subscription, type SubscriptionItem } from './subscription.ts';

/**
 * A service that has started as charging sees it: its recurring items with their days, less those that another system
 * billed before it came here.
 */
export function chargedSubscription(
  subscription: Pick<Subscription, 'id' | 'customerId' | 'locationId' | 'billingAnchor' | 'timeline'> &
    Partial<Pick<Subscription, 'anchors' | 'billedElsewhereTo'>>,
): ChargedSubscription {
  const {
    id,
    customerId,
    locationId,
    billingAnchor,
    anchors,
    billedElsewhereTo = null,
    timeline,
  } = subscription;
  if (billingAnchor === null) throw new Error(`${id} has not started: nothing of it can be charged`);
  return {
    subscriptionId: id,
    customerId,
    locationId,
    anchor: billingAnchor,
    ...(anchors === undefined ? {} : { anchors }),
    items: timeline.flatMap((item) => serviceItem(item, billedElsewhereTo) ?? []),
  };
}

function serviceItem(item: SubscriptionItem, billedElsewhereTo: string | null): ServiceItem | undefined {
  const { frequency, startsOn, endsOn } = item;
  if (frequency === 'one_time' || startsOn === null) return undefined;
  if (billedElsewhereTo === null || startsOn > billedElsewhereTo) return { ...item, frequency, startsOn };
  const hasEnded = endsOn !== null && endsOn < billedElsewhereTo;
  return {
    ...item,
    frequency,
    startsOn: addDays(billedElsewhereTo, 1),
    // Over before its first day here, it was never in force here.
    endsOn: hasEnded ? billedElsewhereTo : endsOn,
  };
}

/**
 * Up to which day a service that another system billed counts as charged: the cycles that start after it, as far as
 * they were not billed there, are for the next run.
 */
export function chargedElsewhere(service: ChargedSubscription, billedElsewhereTo: string): string {
  const first = addDays(billedElsewhereTo, 1);
  const starts = service.items.map(({ frequency }) => cyclesOf(service, frequency)(first).start);
  return addDays(starts.toSorted()[0] ?? first, -1);
}

const FIRST_OF_MONTH: BillingDay = { basis: 'common', day: 1 };

/**
 * When cycles of a service that starts on a day start: on its customer's day of the month, of the months that begin a
 * quarter and of January; or on the day it started.
 */
export const firstAnchor = (startsOn: string, { basis, day }: BillingDay = FIRST_OF_MONTH): string =>
  basis === 'anniversary' ? startsOn : addMonths(`${startsOn.slice(0, 4)}-01-01`, 0, day);

/**
 * Services of some customers a billing run may have to charge: those that run, ended not before a day, or were never
 * charged to their end. Once they are, a service that ended is walked through no more.
 */
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
