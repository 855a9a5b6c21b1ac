import { addDays } from '@gigafibre/calendar';
import type { Tx } from '../../../platform/acting.ts';
import * as moves from '../moves-store.ts';
import type { Subscription, SubscriptionItem } from '../subscription.ts';
import * as terms from '../terms-store.ts';
import { serviceCycles } from './change-items.ts';
import { endAfterPause } from './promised-cycles.ts';

/** What is set for a day to come, an end and a move, each with what it would give back. */
export type SetAhead = Readonly<{ end: terms.EndToCome | undefined; move: moves.Move | undefined }>;

export const whatIsSet = async (tx: Tx, id: string): Promise<SetAhead> => ({
  end: await terms.endToCome(tx.db, id),
  move: await moves.moveSet(tx.db, id),
});

/** An item that comes back after a pause: to which day, and to which without the end or the move that is set. */
export type Back = Readonly<{
  item: SubscriptionItem;
  until: string | null;
  withoutEnd: string | null;
  withoutMove: string | null;
}>;

/** The items that come back on a day of those that stopped for a pause, none beyond an end or a move that is set. */
export function comingBack(
  service: Subscription,
  { pause, on, set: { end, move } }: { pause: terms.Paused; on: string; set: SetAhead },
): Back[] {
  const stopped: terms.Ends = { ...pause.items, ...end?.pausedItems };
  return service.timeline.flatMap((item) => {
    const { id } = item;
    if (!(id in pause.items)) return [];
    const whole = (until: string | null = null) => wholeUntil(service, { item, until, on });
    const leaves = move && id in move.items ? addDays(move.on, -1) : null;
    const withoutEnd = sooner(whole(stopped[id]), leaves);
    const withoutMove = move && id in move.items ? whole(move.items[id]) : withoutEnd;
    const until = sooner(withoutEnd, end?.lastDay ?? null);
    return until !== null && until < on ? [] : [{ item, until, withoutEnd, withoutMove }];
  });
}

/** Until when an item that stopped comes back; only a discount was promised for a number of cycles. */
function wholeUntil(
  service: Subscription,
  { item, until, on }: { item: SubscriptionItem; until: string | null; on: string },
): string | null {
  const { priceCents, startsOn, endsOn, frequency } = item;
  if (until === null || priceCents >= 0n || startsOn === null || endsOn === null || frequency === 'one_time')
    return until;
  return endAfterPause({ startsOn, endsOn, until }, { on, cycleOn: serviceCycles(service, frequency) });
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
  const back = came.filter(({ item }) => item.id in move.items);
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
