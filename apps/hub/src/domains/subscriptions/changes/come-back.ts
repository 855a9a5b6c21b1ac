import { addDays } from '@gigafibre/calendar';
import type { Tx } from '../../../platform/acting.ts';
import * as moves from '../moves-store.ts';
import { promiseOf, type Subscription, type SubscriptionItem } from '../subscription.ts';
import * as terms from '../terms-store.ts';
import { serviceCycles } from './change-items.ts';
import { endAfterPause } from './promised-cycles.ts';

/** What is set for a day to come, an end and a move, each with what it would give back. */
export type SetAhead = Readonly<{ end: terms.EndToCome | undefined; move: moves.Move | undefined }>;

export const whatIsSet = async (tx: Tx, id: string): Promise<SetAhead> => ({
  end: await terms.endToCome(tx.db, id),
  move: await moves.moveSet(tx.db, id),
});

/**
 * An item that comes back after a pause: to which day, and to which without the end or the move that is set. `there`
 * goes on with it at the address its service moves to, where it had been to end before the move and does no more.
 */
export type Back = Readonly<{
  item: SubscriptionItem;
  until: string | null;
  withoutEnd: string | null;
  withoutMove: string | null;
  there?: Readonly<{ startsOn: string; locationId: string }>;
}>;

type Returning = Readonly<{ pause: terms.Paused; on: string; set: SetAhead }>;

/** The items that come back on a day of those that stopped for a pause, none beyond an end or a move that is set. */
export function comingBack(service: Subscription, returning: Returning): Back[] {
  const { pause, on, set } = returning;
  const days: terms.Ends = { ...pause.items, ...set.end?.pausedItems };
  const stopped = service.timeline
    .filter(({ id }) => id in pause.items)
    .map((item) => ({ item, until: days[item.id] ?? null }));
  return stopped
    .flatMap(({ item, until }) => backWith(service, { item, until, stopped }, returning))
    .map((back) => ({ ...back, until: sooner(back.withoutEnd, set.end?.lastDay ?? null) }))
    .filter(({ until, there }) => there !== undefined || until === null || until >= on);
}

type Stopped = Readonly<{ item: SubscriptionItem; until: string | null }>;

/** An item as it comes back, and what goes on with it at an address its service is to move to. */
function backWith(
  service: Subscription,
  { item, until, stopped }: Stopped & { stopped: readonly Stopped[] },
  { on, set: { move } }: Returning,
): Omit<Back, 'until'>[] {
  const pieces = stopped
    .filter((one) => promiseOf(one.item) === promiseOf(item))
    .toSorted((one, other) => ((one.item.startsOn ?? '') < (other.item.startsOn ?? '') ? -1 : 1));
  const next = pieces[pieces.findIndex((one) => one.item.id === item.id) + 1]?.item.startsOn ?? null;
  const whole = (of: string | null) => wholeUntil(service, { of, pieces, on });
  const leaves = next ?? (move !== undefined && item.id in move.items ? move.on : null);
  if (leaves !== null) {
    const withoutEnd = sooner(
      whole(next === null ? until : (pieces.at(-1)?.until ?? null)),
      addDays(leaves, -1),
    );
    const goesWithMove = move !== undefined && item.id in move.items;
    return [
      { item, withoutEnd, withoutMove: goesWithMove ? whole(move.items[item.id] ?? null) : withoutEnd },
    ];
  }
  const withoutMove = whole(until);
  const stays = { item, withoutEnd: withoutMove, withoutMove };
  const isThere = move === undefined || item.locationId === move.toLocationId;
  if (isThere || withoutMove === null || withoutMove < move.on) return [stays];
  // It was to end before the move, and the pause made it last longer.
  return [
    { ...stays, withoutEnd: addDays(move.on, -1) },
    { ...stays, there: { startsOn: move.on, locationId: move.toLocationId } },
  ];
}

/** Until when what was promised comes back; only a discount was promised for a number of cycles. */
function wholeUntil(
  service: Subscription,
  { of: until, pieces, on }: { of: string | null; pieces: readonly Stopped[]; on: string },
): string | null {
  const item = pieces[0]?.item;
  if (until === null || !item || item.startsOn === null) return until;
  if (item.priceCents >= 0n || item.frequency === 'one_time') return until;
  const had = service.timeline
    .filter((one) => promiseOf(one) === promiseOf(item))
    .flatMap(({ startsOn, endsOn }) =>
      startsOn !== null && endsOn !== null && endsOn >= startsOn ? [endsOn] : [],
    );
  return endAfterPause(
    { startsOn: item.startsOn, hadTo: had.toSorted().at(-1) ?? null, until },
    { on, cycleOn: serviceCycles(service, item.frequency) },
  );
}

/**
 * A service stops while its end is set: said again, that end would give its items back to the pause, not to the
 * service, as if it had been set after.
 */
export async function endGivesBackToPause(
  tx: Tx,
  { id, end, stops }: { id: string; end: terms.EndToCome; stops: readonly Stop[] },
): Promise<void> {
  const withoutEnd = ({ id: itemId, endsOn }: SubscriptionItem) =>
    itemId in end.items ? (end.items[itemId] ?? null) : endsOn;
  await terms.putEndToCome(tx.db, {
    subscriptionId: id,
    items: recordOf(
      stops.flatMap(({ item, last }) => {
        const stopsOn = sooner(withoutEnd(item), last);
        return item.endsOn !== null && stopsOn !== null && stopsOn > item.endsOn ? [[item.id, stopsOn]] : [];
      }),
    ),
    pausedItems: recordOf(stops.map(({ item }) => [item.id, withoutEnd(item)])),
  });
}

/** An item that stops for a pause, and its last day because of that. */
export type Stop = Readonly<{ item: SubscriptionItem; last: string }>;

/** A service is back: what is set gives back the items that came, under the numbers they have now. */
export async function setKnowsReturn(
  tx: Tx,
  {
    id,
    pause,
    set: { end, move },
    came,
  }: Readonly<{ id: string; pause: terms.Paused; set: SetAhead; came: readonly Came[] }>,
): Promise<void> {
  if (end)
    await terms.putEndToCome(tx.db, {
      subscriptionId: id,
      items: recordOf(
        came
          .filter(({ withoutEnd }) => withoutEnd === null || withoutEnd > end.lastDay)
          .map(({ now, withoutEnd }) => [now, withoutEnd]),
      ),
      pausedItems: {},
    });
  if (!move) return;
  const others = Object.entries(move.items).filter(([itemId]) => !(itemId in pause.items));
  const back = came.filter(
    ({ item, withoutEnd, withoutMove }) => item.id in move.items || withoutMove !== withoutEnd,
  );
  await moves.putMoveItems(tx.db, {
    id: move.id,
    items: recordOf([...others, ...back.map(({ now, withoutMove }): Day => [now, withoutMove])]),
  });
}

/** An item that came back, and its number now: another one when it began anew. */
export type Came = Back & Readonly<{ now: string }>;

type Day = readonly [itemId: string, endsOn: string | null];
const recordOf = (days: readonly Day[]): terms.Ends => Object.fromEntries(days);

const sooner = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b < a) ? b : a;
