import { addDays, civilDateOf } from '@gigafibre/calendar';
import { subscriptionsEvents } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import { ruleOn } from '../../../platform/rules.ts';
import { addCharge, askedOf, cancelChargesOf, type Charge } from '../../charges/index.ts';
import { byWhom } from '../open-subscription.ts';
import { readSubscription } from '../read-subscription.ts';
import * as store from '../store.ts';
import type { Subscription } from '../subscription.ts';
import {
  changeDay,
  changeItems,
  serviceToChange,
  standing,
  tellChange,
  type Effect,
} from './change-items.ts';
import { forgetMove } from './move-subscription.ts';
import { writeProvisioning } from './provision.ts';
import { refuseCompanyEnd, type EndedBy, type EndGround } from './company-end.ts';
import { earlyEndCeiling } from './terms.ts';
import * as notices from '../notices-store.ts';
import * as terms from '../terms-store.ts';

/** What may be asked of who leaves early: a sum that contains its taxes (Excise Tax Act, s. 182). */
const EARLY_END = {
  sku: 'RESILIATION',
  description: { fr: 'Indemnité de résiliation', en: 'Early-cancellation indemnity' },
  taxTreatment: 'termination',
  revenueAccount: '4090',
} as const;

/**
 * Ends a service: its last day is billed, the days after are credited (CRTC 2016-171), and nothing more is asked
 * than what is left of a rebate on goods, and that only when the customer ends it (CPA s. 214.7; CRTC 2026-43 for the
 * rest). A last day to come is kept until then, and can be said again. Refused when the company may not end it yet.
 */
export async function endSubscription(
  tx: Tx,
  {
    id,
    on: asked,
    reason,
    endedBy = 'customer',
    ground = null,
  }: {
    id: string;
    on?: string | undefined;
    reason: string;
    endedBy?: EndedBy;
    ground?: EndGround | null;
  },
): Promise<Effect> {
  const { before, taken } = await takeBackEnd(tx, await serviceToChange(tx, id, 'end'));
  const on = changeDay(tx, before, asked);
  if (endedBy === 'company') await refuseCompanyEnd(tx, { before, on, ground });
  const firstDayWithout = addDays(on, 1);
  const ends = standing(before, firstDayWithout);
  const pause = await terms.openPause(tx.db, id);
  if (pause) await terms.putPausedItems(tx.db, { subscriptionId: id, items: capped(pause.items, on) });
  const changed = await changeItems(tx, before, {
    command: 'endSubscription',
    on: firstDayWithout,
    end: ends,
    begin: [],
  });
  const early = endedBy === 'customer' ? await chargeEarlyEnd(tx, before, on) : [];
  const charges = [...taken, ...changed.charges, ...early];
  const chargesCents = sumCents(charges.map(({ amountCents }) => amountCents));
  const effect: Effect = { ...changed, on, charges, chargesCents };
  await terms.removeDueChange(tx.db, { subscriptionId: id, what: 'provision', from: firstDayWithout });
  await terms.putDueChange(tx.db, {
    subscription_id: id,
    on_date: firstDayWithout,
    what: 'cancel',
    reason,
    added_by: byWhom(tx),
    items: JSON.stringify(Object.fromEntries(ends.map((item) => [item.id, item.endsOn]))),
    paused_items: JSON.stringify(pause?.items ?? {}),
  });
  await tellChange(tx, effect, { command: 'endSubscription', reason });
  if (on >= civilDateOf(tx.now)) return effect;
  await closeEnded(tx, { id, on, reason });
  return { ...effect, subscription: await readSubscription(tx, id) };
}

/** The day after the last has come: the service is over, and the network forgets it. */
export async function closeEnded(
  tx: Tx,
  { id, on, reason }: { id: string; on: string; reason: string },
): Promise<void> {
  const before = await readSubscription(tx, id);
  if (before.status === 'cancelled') return;
  // Whatever still stands ends with the service: nothing of it can be billed after its last day.
  const left = standing(before, addDays(on, 1));
  if (left.length > 0)
    await changeItems(tx, before, { command: 'endSubscription', on: addDays(on, 1), end: left, begin: [] });
  await terms.removeDueChange(tx.db, { subscriptionId: id, what: 'cancel' });
  await terms.removeDueChange(tx.db, { subscriptionId: id, what: 'reconnect' });
  await terms.closePause(tx.db, { subscriptionId: id, on });
  await forgetMove(tx, before, reason);
  await store.markCancelled(tx.db, { id, on });
  await writeProvisioning(tx, id);
  await store.insertStep(tx.db, {
    subscription_id: id,
    at: tx.now,
    from_status: before.status,
    to_status: 'cancelled',
    on_date: on,
    command: 'endSubscription',
    reason,
    by: byWhom(tx),
  });
  await tx.tell(subscriptionsEvents.subscriptionCancelled, {
    subject: id,
    customerId: before.customerId,
    data: { from: before.status, on, reason },
    changes: { status: [before.status, 'cancelled'] },
  });
}

/**
 * An end that was set before is taken back first: what it ended stands again, and what it asked is withdrawn. Gives
 * the service as it stands then, and what the next invoice carries less and more because of it.
 */
async function takeBackEnd(
  tx: Tx,
  before: Subscription,
): Promise<{ before: Subscription; taken: readonly Charge[] }> {
  const end = await terms.endToCome(tx.db, before.id);
  if (!end) return { before, taken: [] };
  const { id } = before;
  await terms.removeDueChange(tx.db, { subscriptionId: id, what: 'cancel' });
  if (Object.keys(end.pausedItems).length > 0)
    await terms.putPausedItems(tx.db, { subscriptionId: id, items: end.pausedItems });
  const withdrawn = await cancelChargesOf(tx, {
    subscriptionId: id,
    sku: EARLY_END.sku,
    reason: 'fin de service reportée',
  });
  const { subscription, charges } = await changeItems(tx, before, {
    command: 'endSubscription',
    on: addDays(end.lastDay, 1),
    end: [],
    begin: [],
    restore: Object.entries(end.items).map(([itemId, endsOn]) => ({ id: itemId, endsOn })),
  });
  const less = withdrawn.map((charge) => ({
    ...charge,
    amountCents: -charge.amountCents,
    unitPriceCents: -charge.unitPriceCents,
  }));
  return { before: subscription, taken: [...less, ...(await giveBackEarlyEnd(tx, before)), ...charges] };
}

/** What an invoice has asked already because of an end that is said again: the new one asks for its own. */
async function giveBackEarlyEnd(tx: Tx, { id, customerId, locationId }: Subscription): Promise<Charge[]> {
  const askedCents = await askedOf(tx, { subscriptionId: id, sku: EARLY_END.sku });
  if (askedCents <= 0n) return [];
  const what = { ...EARLY_END, customerId, locationId, subscriptionId: id };
  return [
    await addCharge(tx, { ...what, amountCents: -askedCents, source: `${id} fin de service reportée` }),
  ];
}

const capped = (items: terms.Ends, on: string): terms.Ends =>
  Object.fromEntries(
    Object.entries(items).map(([itemId, endsOn]) => [itemId, endsOn !== null && endsOn < on ? endsOn : on]),
  );

const REFUSAL_DAYS = 30;

/** Only what is left of a rebate on goods is asked, and of consumers never more than the law lets. */
async function chargeEarlyEnd(tx: Tx, subscription: Subscription, on: string): Promise<Charge[]> {
  const term = await terms.newestRebate(tx.db, subscription.id);
  if (!term || (term.endsOn !== null && term.endsOn <= on)) return [];
  // Who refuses a higher price leaves for nothing, up to 30 days after it holds (CPA s. 11.2).
  const since = addDays(on, -REFUSAL_DAYS);
  if (await notices.hasRiseSince(tx.db, { subscriptionId: subscription.id, since })) return [];
  const amountCents = earlyEndCeiling(term, {
    on,
    monthlyCents: subscription.monthlyCents,
    rule: await ruleOn(tx.db, 'early_end', on),
  });
  if (amountCents === 0n) return [];
  const { id: subscriptionId, customerId, locationId } = subscription;
  return [
    await addCharge(tx, {
      ...EARLY_END,
      customerId,
      locationId,
      subscriptionId,
      amountCents,
      source: `${subscriptionId} fin de service`,
    }),
  ];
}
