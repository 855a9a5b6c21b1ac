import { addDays, civilDateOf, daysInclusive } from '@gigafibre/calendar';
import { Refusal, subscriptionsEvents } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { pricesOn } from '../../catalog/index.ts';
import { byWhom } from '../open-subscription.ts';
import { readSubscription } from '../read-subscription.ts';
import * as store from '../store.ts';
import type { Subscription } from '../subscription.ts';
import {
  changeDay,
  asItWas,
  changeItems,
  UNPAID_DAYS_CHARGED,
  lastDayBefore,
  notBefore,
  refuseAfterEnd,
  refuseBeforeMove,
  serviceToChange,
  standing,
  type Effect,
} from './change-items.ts';
import { comingBack, endGivesBackToPause, setKnowsReturn, whatIsSet } from './come-back.ts';
import { refuseBeforeLastMove } from './after-move.ts';
import { writeProvisioning } from './provision.ts';
import * as terms from '../terms-store.ts';

export type Suspension = Readonly<{
  id: string;
  reason: 'non_payment' | 'vacation' | 'abuse';
  /** First day without service; today when absent, and never to come. */
  on?: string | undefined;
  /** Last day of a vacation. */
  until?: string | undefined;
}>;

/** What is charged while a service rests, when the catalog sells it. */
const HOLD_SKU = 'VACANCES';
/** A vacation shorter than this is a week off; longer, a service that ended. */
const HOLD_DAYS = { min: 14, max: 183 } as const;

/**
 * Suspends a service. A vacation stops its charges from the first day and charges the catalog's hold instead;
 * a service suspended for other reasons is charged for 30 days more. The session is walled in at once. A vacation
 * that begins on the very day the service comes back from another goes on with it: together they have one length.
 */
export async function suspendSubscription(tx: Tx, input: Suspension): Promise<Effect> {
  const { id, reason } = input;
  const before = await serviceToChange(tx, id, 'suspend');
  const isVacation = reason === 'vacation';
  const last = await terms.lastPause(tx.db, id);
  const on = suspensionDay(tx, before, { ...input, notBefore: last?.backOn });
  const restFrom =
    isVacation && last?.reason === 'vacation' && last.backOn === on ? restStart(last, on) : null;
  requireHoldLength({ ...input, from: restFrom ?? on });
  if (input.until !== undefined) refusePast(tx, input.until);
  if (isVacation) {
    await refuseAfterEnd(tx, id);
    await refuseBeforeMove(tx, id);
    await refuseBeforeLastMove(tx, { id, on, to: civilDateOf(tx.now) });
  }
  const end = await terms.endToCome(tx.db, id);
  const stands = standing(before, on);
  // What an end took away before it began stops with the rest: it is the pause that gives it back.
  const stop = before.timeline.filter((item) => stands.includes(item) || item.id in (end?.items ?? {}));
  const endsFrom = isVacation ? on : addDays(on, UNPAID_DAYS_CHARGED);
  const hold = isVacation ? (await pricesOn(tx, { skus: [HOLD_SKU], on })).get(HOLD_SKU) : undefined;
  await terms.insertPause(tx.db, {
    subscription_id: id,
    reason,
    from_on: on,
    rest_from: restFrom,
    items: JSON.stringify(Object.fromEntries(stop.map((item) => [item.id, item.endsOn]))),
  });
  if (end) {
    const stops = stop.map((item) => ({ item, last: lastDayBefore(item, endsFrom) }));
    await endGivesBackToPause(tx, { id, end, stops });
  }
  await store.markSuspended(tx.db, { id, reason });
  const effect = await changeItems(tx, before, {
    command: 'suspendSubscription',
    on,
    endsFrom,
    end: stop,
    begin: hold && hold.frequency !== 'one_time' ? [{ item: hold, priceCents: hold.priceCents }] : [],
  });
  await writeProvisioning(tx, id);
  if (input.until !== undefined)
    await terms.putDueChange(tx.db, {
      subscription_id: id,
      on_date: addDays(input.until, 1),
      what: 'reconnect',
      reason,
      added_by: byWhom(tx),
    });
  await stepTo(tx, before, { to: 'suspended', on, command: 'suspendSubscription', reason });
  await tx.tell(subscriptionsEvents.subscriptionSuspended, {
    subject: id,
    customerId: before.customerId,
    data: { reason, on },
    changes: { status: ['active', 'suspended'] },
  });
  return effect;
}

/**
 * Gives a suspended service back from a day on, today when absent: the items it had, as if it had not stopped
 * when their charges had not, else anew at the same prices. Months of a discount that the pause took are given back at
 * its end. No fee.
 */
export async function reconnectSubscription(
  tx: Tx,
  { id, on: asked }: { id: string; on?: string | undefined },
): Promise<Effect> {
  const before = await serviceToChange(tx, id, 'reconnect');
  const on = suspensionDay(tx, before, { on: asked });
  const pause = await terms.openPause(tx.db, id);
  if (!pause) throw new Refusal('not_in_this_state', { state: before.status });
  if (on < pause.fromOn) throw new Refusal('change_day', { from: pause.fromOn, to: civilDateOf(tx.now) });
  const set = await whatIsSet(tx, id);
  const back = comingBack(before, { pause, on, set });
  // What was still charged, or would be from that very day on, goes on as if nothing had been.
  const [goesOn, anew] = parted(
    back,
    ({ item, there }) => there === undefined && (item.endsOn === null || item.endsOn >= addDays(on, -1)),
  );
  await terms.closePause(tx.db, { subscriptionId: id, on });
  await terms.removeDueChange(tx.db, { subscriptionId: id, what: 'reconnect' });
  await store.markReconnected(tx.db, id);
  const held = standing(before, on).filter(({ id: itemId }) => !(itemId in pause.items));
  const effect = await changeItems(tx, before, {
    command: 'reconnectSubscription',
    on,
    end: held,
    begin: anew.map(({ item, until, there }) => ({
      ...asItWas(item),
      ...there,
      endsOn: there ? notBefore(there.startsOn, until) : until,
    })),
    restore: goesOn.map(({ item, until }) => ({ id: item.id, endsOn: until })),
  });
  const begun = effect.subscription.timeline.slice(before.timeline.length);
  const came = [
    ...goesOn.map((one) => ({ ...one, now: one.item.id })),
    // Inserted in this order, after all there were.
    ...anew.flatMap((one, index) => begun.slice(index, index + 1).map((item) => ({ ...one, now: item.id }))),
  ];
  await setKnowsReturn(tx, { id, pause, set, came });
  await writeProvisioning(tx, id);
  await stepTo(tx, before, { to: 'active', on, command: 'reconnectSubscription', reason: pause.reason });
  await tx.tell(subscriptionsEvents.subscriptionReconnected, {
    subject: id,
    customerId: before.customerId,
    data: { from: before.suspendedFor ?? 'abuse', on },
    changes: { status: ['suspended', 'active'] },
  });
  return { ...effect, subscription: await readSubscription(tx, id) };
}

function parted<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

/** The day of a suspension or of its end: not to come, and not in an earlier pause. */
function suspensionDay(
  tx: Tx,
  subscription: Subscription,
  { on: asked, notBefore: earliest }: Pick<Suspension, 'on'> & { notBefore?: string | undefined },
): string {
  const today = civilDateOf(tx.now);
  const on = changeDay(tx, subscription, asked);
  const from = earliest ?? subscription.activatedOn ?? today;
  if (on > today || (earliest !== undefined && on < earliest))
    throw new Refusal('change_day', { from, to: today });
  return on;
}

/** The first day of the vacation another one goes on with; null when its service came back on the day it began. */
const restStart = ({ restFrom, fromOn }: terms.PastPause, on: string): string | null =>
  restFrom ?? (fromOn < on ? fromOn : null);

function requireHoldLength({ reason, from, until }: Pick<Suspension, 'reason' | 'until'> & { from: string }) {
  if (until === undefined) return;
  const days = until < from ? 0 : daysInclusive({ start: from, end: until });
  if (reason !== 'vacation' || days < HOLD_DAYS.min || days > HOLD_DAYS.max)
    throw new Refusal('hold_length', HOLD_DAYS);
}

/** A vacation that is over already would have its service back today, and not be charged until then. */
function refusePast(tx: Tx, until: string): void {
  const today = civilDateOf(tx.now);
  if (until < today) throw new Refusal('change_day', { from: today, to: addDays(today, HOLD_DAYS.max) });
}

async function stepTo(
  tx: Tx,
  before: Subscription,
  { to, on, command, reason }: { to: string; on: string; command: string; reason: string },
): Promise<void> {
  await store.insertStep(tx.db, {
    subscription_id: before.id,
    at: tx.now,
    from_status: before.status,
    to_status: to,
    on_date: on,
    command,
    reason,
    by: byWhom(tx),
  });
}
