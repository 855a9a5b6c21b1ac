import type { ChargedService, ServiceItem } from '../charges/index.ts';
import type { Subscription, SubscriptionItem } from './subscription.ts';

/** A service that has started as charging sees it: its recurring items with their days. */
export function chargedService(
  subscription: Pick<Subscription, 'id' | 'customerId' | 'locationId' | 'billingAnchor' | 'timeline'>,
): ChargedService {
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
