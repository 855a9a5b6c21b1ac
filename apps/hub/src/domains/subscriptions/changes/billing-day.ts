import { addDays, civilDateOf, dateParts } from '@gigafibre/calendar';
import {
  Refusal,
  subscriptionsEvents,
  type OutputOf,
  type subscriptionChangesOperations,
} from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import { chargedThrough, cyclesOf, newDays, turnedTo } from '../../charges/index.ts';
import { putBillingDay, readBillingDay, type BillingDay } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import { chargedSubscription } from '../charged-subscription.ts';
import { subscriptionForChange, subscriptionsOf } from '../read-subscription.ts';
import * as store from '../store.ts';
import type { Subscription } from '../subscription.ts';

type BillingDayEffect = OutputOf<typeof subscriptionChangesOperations.changeBillingDay>;

/**
 * Another billing day for all services of a customer. Nothing that has been charged changes: the cycle that has been
 * charged runs to its end, the days from there to the new day are charged once, by their part of the cycle of before,
 * and from that day on cycles are whole again. Another day that was set and has not come is replaced.
 */
export async function changeBillingDay(
  tx: Tx,
  { id, basis, day }: BillingDay & { id: string },
): Promise<BillingDayEffect> {
  await lockAccount(tx, id);
  const before = await readBillingDay(tx, id);
  if (before.basis === basis && (basis === 'anniversary' || before.day === day))
    throw new Refusal('same_billing_day');
  await putBillingDay(tx, { id, basis, day });
  const services = [];
  for (const { id: subscriptionId } of await subscriptionsOf(tx, id)) {
    const service = await subscriptionForChange(tx, subscriptionId);
    if (service.status === 'pending' || service.status === 'cancelled') continue;
    services.push(await turn(tx, service, { basis, day }));
  }
  await tx.tell(subscriptionsEvents.billingDayChanged, {
    subject: id,
    customerId: id,
    data: { basis, day },
  });
  return { billing: { basis, day }, services };
}

async function turn(
  tx: Tx,
  service: Subscription,
  { basis, day }: BillingDay,
): Promise<BillingDayEffect['services'][number]> {
  const { id: subscriptionId, nameFr, nameEn, billingAnchor, activatedOn, anchors = [] } = service;
  if (billingAnchor === null || activatedOn === null) throw new Error(`${subscriptionId} has not started`);
  const through = (await chargedThrough(tx.db, [subscriptionId])).get(subscriptionId);
  const today = civilDateOf(tx.now);
  const after = through !== undefined && through > today ? through : today;
  const turning = { anchor: billingAnchor, anchors };
  const wanted = basis === 'common' ? day : dateParts(activatedOn).day;
  const turns = turnedTo(turning, { after, day: wanted });
  await store.putAnchors(tx.db, { id: subscriptionId, anchors: turns });
  const charged = chargedSubscription({ ...service, anchors: turns });
  const next = addDays(cyclesOf(charged, 'monthly')(after).end, 1);
  const from = turns.findLast((one) => one.frequency === 'monthly' && one.from > after)?.from ?? next;
  const between = { from: next, to: addDays(from, -1) };
  const days = from === next ? [] : newDays(charged, { after, through: between.to });
  return {
    subscriptionId,
    nameFr,
    nameEn,
    from,
    between: from === next ? null : { ...between, cents: sumCents(days.map((one) => one.charged.cents)) },
  };
}
