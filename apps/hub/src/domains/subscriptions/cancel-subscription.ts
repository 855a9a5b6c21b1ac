import { civilDateOf } from '@gigafibre/calendar';
import { subscriptionsEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { cancelChargesOf } from '../charges/index.ts';
import { settleTrouble } from './activation-troubles-store.ts';
import { byWhom } from './open-subscription.ts';
import { subscriptionForChange } from './read-subscription.ts';
import * as store from './store.ts';
import { requireCan, subscriptionOf, type Subscription } from './subscription.ts';

/** Withdraws a subscription that never started, with the charges that waited for it. Refused in another state. */
export async function cancelSubscription(
  tx: Tx,
  { id, reason }: { id: string; reason: string },
): Promise<Subscription> {
  const before = await subscriptionForChange(tx, id);
  requireCan('cancel', before);
  const on = civilDateOf(tx.now);
  const row = await store.markCancelled(tx.db, { id, on });
  await store.insertStep(tx.db, {
    subscription_id: id,
    at: tx.now,
    from_status: before.status,
    to_status: 'cancelled',
    on_date: on,
    reason,
    by: byWhom(tx),
  });
  await settleTrouble(tx.db, { subscriptionId: id, at: tx.now, by: byWhom(tx) });
  await cancelChargesOf(tx, { subscriptionId: id, reason });
  await tx.tell(subscriptionsEvents.subscriptionCancelled, {
    subject: id,
    customerId: before.customerId,
    data: { from: before.status, on, reason },
    changes: { status: [before.status, 'cancelled'] },
  });
  return subscriptionOf(row, await store.itemsOf(tx.db, [id]), on);
}
