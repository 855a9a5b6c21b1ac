import { addDays, civilDateOf } from '@gigafibre/calendar';
import { Refusal, subscriptionsEvents } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import type { PricedItem } from '../../catalog/index.ts';
import { chargeServiceDays, cyclesOf, type Charge } from '../../charges/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import { chargedSubscription } from '../charged-subscription.ts';
import { byWhom } from '../open-subscription.ts';
import { readSubscription, subscriptionForChange } from '../read-subscription.ts';
import * as store from '../store.ts';
import { settleBundles, type BundleEnding } from './bundles.ts';
import { refuseBeforeLastMove } from './after-move.ts';
import { refuseDiscountsAboveRest } from './discounts-fit.ts';
import * as moves from '../moves-store.ts';
import * as terms from '../terms-store.ts';
import {
  isInForce,
  monthlyPriceOf,
  promiseOf,
  requireCan,
  type Subscription,
  type SubscriptionItem,
} from '../subscription.ts';

/** What a change did: the service as it stands, and what the next invoice will carry because of it. */
export type Effect = Readonly<{
  subscription: Subscription;
  on: string;
  charges: readonly Charge[];
  chargesCents: bigint;
  monthlyBeforeCents: bigint;
  monthlyAfterCents: bigint;
  /** Discounts of bundles that end because a part of them does. */
  bundlesEnding: readonly BundleEnding[];
  /** What begins and what ends with it, for who is told of it. */
  began?: readonly ChangedItem[];
  ended?: readonly ChangedItem[];
}>;

type ChangedItem = Readonly<{ nameFr: string; nameEn: string; priceCents: bigint }>;

/** First day of a change: a day, the start of the next billing cycle, or today. */
export type When = string | undefined;

/** What was written down late can still be done on its day; what was agreed early can wait for it. */
const BACKDATED_DAYS_MAX = 31;
const AHEAD_DAYS_MAX = 400;

/** An item to begin: what the catalog says of it, with the price agreed. */
export type NewItem = Readonly<{
  item: PricedItem;
  priceCents: bigint;
  endsOn?: string | null;
  /** Its first day, when it comes after the day of the change. */
  startsOn?: string | null;
  /** Where it is rendered, when it is not where the service is on that day. */
  locationId?: string | null;
  /** The first item of the promise it goes on with. */
  promise?: string | null;
}>;

export type ItemChange = Readonly<{
  command: keyof typeof commandWords;
  /** First day on which the change holds. */
  on: string;
  /** Items that are in force no more from that day on. */
  end: readonly SubscriptionItem[];
  begin: readonly NewItem[];
  /** Items that go on after all, each to the day it would have ended without the pause. */
  restore?: readonly Readonly<{ id: string; endsOn: string | null }>[];
  /** The day from which items end, when it is not the day of the change. */
  endsFrom?: string;
}>;

/** What the charges of a change say of their cause. */
const commandWords = {
  changePlan: 'changement de forfait',
  addOption: 'ajout d’une option',
  removeOption: 'retrait d’une option',
  addDiscount: 'rabais',
  repriceItem: 'changement de prix',
  suspendSubscription: 'suspension',
  reconnectSubscription: 'remise en service',
  endSubscription: 'fin de service',
  moveSubscription: 'déménagement',
  withdrawMove: 'déménagement retiré',
  addBundle: 'offre groupée',
} as const;

/** Commands that agree another price with the customer; a service always stops, comes back and ends. */
const SOLD: ReadonlySet<ItemChange['command']> = new Set([
  'changePlan',
  'addOption',
  'removeOption',
  'addDiscount',
  'repriceItem',
  'moveSubscription',
  'addBundle',
]);

/** The service to change, its customer's account and its row locked; refused in a state that does not allow it. */
export async function serviceToChange(
  tx: Tx,
  id: string,
  command: Parameters<typeof requireCan>[0],
): Promise<Subscription> {
  const { customerId } = await readSubscription(tx, id);
  await lockAccount(tx, customerId);
  const subscription = await subscriptionForChange(tx, id);
  requireCan(command, subscription);
  if (command === 'change' || command === 'move' || command === 'renew') await refuseAfterEnd(tx, id);
  if (command === 'change') await refuseBeforeMove(tx, id);
  return subscription;
}

/** A service whose end is set changes no more: the end is moved or taken back first. */
export async function refuseAfterEnd(tx: Tx, id: string): Promise<void> {
  const end = await terms.endToCome(tx.db, id);
  if (end) throw new Refusal('end_is_set', { on: end.lastDay });
}

/** So does one that is set to move: what would begin before the move would have to move with it. */
export async function refuseBeforeMove(tx: Tx, id: string): Promise<void> {
  const move = await moves.moveSet(tx.db, id);
  if (move) throw new Refusal('move_is_set', { on: move.on });
}

/** When a change of an item begins; its next cycle is of the item's own frequency. */
export type Begins = Readonly<{ when: When; frequency: SubscriptionItem['frequency'] }>;

/** The first day of a change; refused when it lies too far back or ahead, or before the service. */
export function changeDay(tx: Pick<Tx, 'now'>, subscription: Subscription, asked: When | Begins): string {
  const today = civilDateOf(tx.now);
  const { when, frequency } =
    typeof asked === 'object' ? asked : { when: asked, frequency: 'monthly' as const };
  const cycle = frequency === 'one_time' ? 'monthly' : frequency;
  const on =
    when === 'next_cycle' ? addDays(serviceCycles(subscription, cycle)(today).end, 1) : (when ?? today);
  const earliest = addDays(today, -BACKDATED_DAYS_MAX);
  const starts = subscription.activatedOn ?? today;
  const from = starts > earliest ? starts : earliest;
  const to = addDays(today, AHEAD_DAYS_MAX);
  if (on < from || on > to) throw new Refusal('change_day', { from, to });
  return on;
}

/** How long an unpaid service is still charged: after that the debt would only grow. */
export const UNPAID_DAYS_CHARGED = 30;

/**
 * The same for what begins something: not before the service came back from a pause in which it was not charged, or
 * days without service would be; nor before its last move.
 */
export async function dayToBegin(tx: Tx, subscription: Subscription, when: When | Begins): Promise<string> {
  const on = changeDay(tx, subscription, when);
  await refuseBeforeLastMove(tx, {
    id: subscription.id,
    on,
    to: addDays(civilDateOf(tx.now), AHEAD_DAYS_MAX),
  });
  const last = await terms.lastPause(tx.db, subscription.id);
  if (!last || on >= last.backOn) return on;
  const stopped = last.reason === 'vacation' || last.backOn > addDays(last.fromOn, UNPAID_DAYS_CHARGED);
  if (stopped)
    throw new Refusal('change_day', { from: last.backOn, to: addDays(civilDateOf(tx.now), AHEAD_DAYS_MAX) });
  return on;
}

/**
 * Ends items of a service and begins others on a day, and charges or credits the days that differ (ADR 7). An
 * item that would end before it began was never in force.
 */
export async function changeItems(tx: Tx, before: Subscription, change: ItemChange): Promise<Effect> {
  const { command, on, end, begin, restore = [], endsFrom = on } = change;
  for (const item of end) {
    const last = lastDayBefore(item, endsFrom);
    // What ends sooner of itself is not prolonged.
    if (item.endsOn === null || item.endsOn > last) await store.endItem(tx.db, { id: item.id, on: last });
  }
  const startOf = new Map(before.timeline.map(({ id, startsOn }) => [id, startsOn]));
  for (const { id, endsOn } of restore)
    await store.endItem(tx.db, { id, on: notBefore(startOf.get(id), endsOn) });
  if (begin.length > 0) await store.insertItems(tx.db, rowsOf(before, on, begin));
  const changed = await readSubscription(tx, before.id);
  const bundlesEnding = await settleBundles(tx, changed, on < endsFrom ? on : endsFrom);
  const after = bundlesEnding.length === 0 ? changed : await readSubscription(tx, before.id);
  if (SOLD.has(command)) refuseDiscountsAboveRest(before, after, on);
  const charges = await chargeServiceDays(tx, chargedSubscription(after), {
    from: on < endsFrom ? on : endsFrom,
    source: `${before.id} ${commandWords[command]}`,
  });
  return {
    subscription: after,
    on,
    charges,
    chargesCents: sumCents(charges.map(({ amountCents }) => amountCents)),
    monthlyBeforeCents: monthlyOn(before, civilDateOf(tx.now)),
    monthlyAfterCents: monthlyOn(after, on),
    bundlesEnding,
    began: begin.map(({ item: { nameFr, nameEn }, priceCents }) => ({ nameFr, nameEn, priceCents })),
    ended: end.map(({ nameFr, nameEn, priceCents }) => ({ nameFr, nameEn, priceCents })),
  };
}

/** Tells what a change did, and writes the step down. */
export async function tellChange(
  tx: Tx,
  effect: Effect,
  { command, reason = null }: { command: ItemChange['command']; reason?: string | null },
): Promise<void> {
  const { subscription, on } = effect;
  await store.insertStep(tx.db, {
    subscription_id: subscription.id,
    at: tx.now,
    from_status: subscription.status,
    to_status: subscription.status,
    on_date: on,
    command,
    reason,
    by: byWhom(tx),
  });
  await tx.tell(subscriptionsEvents.subscriptionChanged, {
    subject: subscription.id,
    customerId: subscription.customerId,
    data: {
      command,
      on,
      monthlyBeforeCents: Number(effect.monthlyBeforeCents),
      monthlyAfterCents: Number(effect.monthlyAfterCents),
      chargesCents: Number(effect.chargesCents),
      began: (effect.began ?? []).map(asTold),
      ended: (effect.ended ?? []).map(asTold),
    },
  });
}

const asTold = ({ nameFr, nameEn, priceCents }: ChangedItem) => ({
  nameFr,
  nameEn,
  priceCents: Number(priceCents),
});

/** The billing cycle of a service that has a day. */
export const serviceCycles = (
  { billingAnchor, anchors }: Pick<Subscription, 'billingAnchor' | 'anchors'>,
  frequency: Parameters<typeof cyclesOf>[1],
): ReturnType<typeof cyclesOf> => {
  if (billingAnchor === null) throw new Error('a service that has not started has no billing cycle');
  return cyclesOf({ anchor: billingAnchor, anchors }, frequency);
};

/** Where a service is on a day: where what is in force then is rendered; null while it never moved. */
const placeOn = ({ timeline }: Subscription, on: string): string | null =>
  timeline.findLast((item) => item.locationId != null && isInForce(item, on))?.locationId ?? null;

/** The items that stand or will: those a change on a day can end. */
export const standing = ({ timeline }: Subscription, on: string): SubscriptionItem[] =>
  timeline.filter(
    ({ frequency, startsOn, endsOn }) =>
      frequency !== 'one_time' &&
      startsOn !== null &&
      (endsOn === null || (endsOn >= on && endsOn >= startsOn)),
  );

/** A month of the service as it stands on a day, before taxes. */
export const monthlyOn = ({ timeline }: Pick<Subscription, 'timeline'>, on: string): bigint =>
  monthlyPriceOf(
    timeline.filter(
      ({ startsOn, endsOn }) => startsOn !== null && startsOn <= on && (endsOn === null || on <= endsOn),
    ),
  );

/** The last day of an item that ends from a day on; the day before it begins when it never was in force. */
export function lastDayBefore({ startsOn }: Pick<SubscriptionItem, 'startsOn'>, on: string): string {
  const last = addDays(on, -1);
  const never = addDays(startsOn ?? on, -1);
  return last < never ? never : last;
}

/** A last day as it can be kept: what would end before it begins ends the day before. */
export const notBefore = (startsOn: string | null = null, endsOn: string | null): string | null =>
  endsOn === null ? null : lastDayBefore({ startsOn }, addDays(endsOn, 1));

/** An item to begin again as it was sold, at its price and place: the same promise goes on. */
export const asItWas = (item: SubscriptionItem): NewItem => ({
  item: { ...item, onSale: true, options: [] },
  priceCents: item.priceCents,
  endsOn: item.endsOn,
  locationId: item.locationId ?? null,
  promise: promiseOf(item),
});

const rowsOf = (subscription: Subscription, on: string, begin: readonly NewItem[]) =>
  begin.map(({ item, priceCents, endsOn = null, startsOn, locationId, promise = null }, index) => ({
    subscription_id: subscription.id,
    line: subscription.timeline.length + index + 1,
    sku: item.sku,
    price_version_id: item.priceVersionId,
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
    starts_on: startsOn != null && startsOn > on ? startsOn : on,
    ends_on: endsOn,
    location_id: locationId ?? placeOn(subscription, on) ?? movedTo(subscription),
    promise,
  }));

/** The place of a service that has moved; null while it never did. */
const movedTo = ({ locationId, timeline }: Subscription): string | null =>
  timeline.some((item) => item.locationId != null) ? locationId : null;
