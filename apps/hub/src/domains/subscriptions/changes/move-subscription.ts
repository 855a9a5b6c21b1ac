import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, subscriptionsEvents } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import { json } from '../../../platform/transact.ts';
import {
  locationFor,
  readLocation,
  reserveSplitterPort,
  type Location,
  type TypedAddress,
} from '../../plant/index.ts';
import * as moves from '../moves-store.ts';
import { byWhom } from '../open-subscription.ts';
import { readSubscription, subscriptionsOf } from '../read-subscription.ts';
import * as store from '../store.ts';
import type { Subscription, SubscriptionItem } from '../subscription.ts';
import * as terms from '../terms-store.ts';
import { arrive } from './arrive.ts';
import {
  asItWas,
  changeDay,
  changeItems,
  serviceToChange,
  standing,
  tellChange,
  type Effect,
  type NewItem,
} from './change-items.ts';
import { PLANS, pricedOn } from './change-plan.ts';

/** Where a service goes: exactly one of a place, an address of the base and one typed by hand. */
export type Destination = Readonly<{
  locationId: string | null;
  addressId: string | null;
  address: TypedAddress | null;
  unit: string | null;
}>;

export type Moving = Destination &
  Readonly<{
    id: string;
    /** First day at the new address; today when absent. */
    on?: string | undefined;
    /** Another plan from that day on. */
    sku: string | null;
    equipment: moves.Move['equipment'];
    /** The customer's other running services at the old address go too, as they are. */
    withOthers?: boolean;
  }>;

/**
 * Takes a service to another address: what stands is charged there to the day before, and here from that day on, at
 * the same prices and terms, with the taxes of each place. A port is reserved at once; the service goes over on its
 * day. A move that was set is replaced. Refused for the address it has, and for one that cannot be served.
 */
export async function moveSubscription(tx: Tx, { withOthers = false, ...moving }: Moving): Promise<Effect> {
  const { locationId, customerId } = await readSubscription(tx, moving.id);
  const own = await moveOne(tx, moving);
  if (!withOthers) return own;
  const others = (await subscriptionsOf(tx, customerId)).filter(
    (one) => one.id !== moving.id && one.status === 'active' && one.locationId === locationId,
  );
  const effects = [own];
  for (const { id } of others) effects.push(await moveOne(tx, { ...moving, id, on: own.on, sku: null }));
  const summed = (name: 'chargesCents' | 'monthlyBeforeCents' | 'monthlyAfterCents') =>
    sumCents(effects.map((effect) => effect[name]));
  return {
    ...own,
    charges: effects.flatMap(({ charges }) => charges),
    chargesCents: summed('chargesCents'),
    monthlyBeforeCents: summed('monthlyBeforeCents'),
    monthlyAfterCents: summed('monthlyAfterCents'),
    bundlesEnding: effects.flatMap(({ bundlesEnding }) => bundlesEnding),
  };
}

async function moveOne(tx: Tx, { id, ...input }: Omit<Moving, 'withOthers'>): Promise<Effect> {
  const asked = await serviceToChange(tx, id, 'move');
  const takenBack = await undone(tx, asked, 'déménagement redit');
  const before = takenBack?.subscription ?? asked;
  const on = changeDay(tx, before, input.on);
  const ends = standing(before, on);
  const to = await placeAsked(tx, input);
  if (to.id === before.locationId) throw new Refusal('same_address', { address: to.text });
  if (ends.some(({ kind }) => PLANS.has(kind))) await requireServed(tx, to, id);
  await store.placeItems(tx.db, { subscriptionId: id, locationId: before.locationId });
  const begin = await itemsThere(tx, { ends, on, sku: input.sku, locationId: to.id });
  const changed = await changeItems(tx, await readSubscription(tx, id), {
    command: 'moveSubscription',
    on,
    end: ends,
    begin,
  });
  // What the move that was set had asked is taken back with it.
  const charges = [...(takenBack?.charges ?? []), ...changed.charges];
  const effect = {
    ...changed,
    charges,
    chargesCents: sumCents(charges.map(({ amountCents }) => amountCents)),
  };
  const move = await moves.insertMove(tx.db, {
    subscription_id: id,
    from_location_id: before.locationId,
    to_location_id: to.id,
    on_date: on,
    equipment: input.equipment,
    items: json(Object.fromEntries(ends.map((item) => [item.id, item.endsOn]))),
    asked_at: tx.now,
    asked_by: byWhom(tx),
  });
  await tx.tell(subscriptionsEvents.moveSet, {
    subject: id,
    customerId: before.customerId,
    data: {
      moveId: Number(move.id),
      on,
      fromLocationId: before.locationId,
      toLocationId: to.id,
      address: to.text,
      equipment: input.equipment,
    },
  });
  await tellChange(tx, effect, { command: 'moveSubscription', reason: to.text });
  await onItsDay(tx, { id, on, reason: to.text });
  return { ...effect, subscription: await readSubscription(tx, id) };
}

/** Takes back a move that was set for a day to come: what it ended stands again where it was. */
export async function withdrawMove(tx: Tx, { id, reason }: { id: string; reason: string }): Promise<Effect> {
  const before = await serviceToChange(tx, id, 'move');
  const effect = await undone(tx, before, reason);
  if (!effect) throw new Refusal('no_move_set');
  await tellChange(tx, effect, { command: 'withdrawMove', reason });
  return effect;
}

/** A service that ends before it moves does not move. */
export async function forgetMove(tx: Tx, { id, customerId }: Subscription, reason: string): Promise<void> {
  const move = await moves.moveSet(tx.db, id);
  if (!move) return;
  await moves.closeMove(tx.db, { id: move.id, state: 'withdrawn' });
  await terms.removeDueChange(tx.db, { subscriptionId: id, what: 'move' });
  await tx.tell(subscriptionsEvents.moveWithdrawn, {
    subject: id,
    customerId,
    data: { moveId: Number(move.id), on: move.on, toLocationId: move.toLocationId, reason },
  });
}

async function undone(tx: Tx, before: Subscription, reason: string): Promise<Effect | undefined> {
  const move = await moves.moveSet(tx.db, before.id);
  if (!move) return undefined;
  await forgetMove(tx, before, reason);
  return changeItems(tx, before, {
    command: 'withdrawMove',
    on: move.on,
    end: standing(before, move.on).filter(({ locationId }) => locationId === move.toLocationId),
    begin: [],
    restore: Object.entries(move.items).map(([itemId, endsOn]) => ({ id: itemId, endsOn })),
  });
}

async function placeAsked(tx: Tx, { locationId, addressId, address, unit }: Destination): Promise<Location> {
  const given = [locationId, addressId, address].filter((one) => one !== null);
  if (given.length !== 1) throw new Refusal('address_needed');
  return locationId === null ? locationFor(tx, { addressId, address, unit }) : readLocation(tx, locationId);
}

/** A port is the service's from now on; an address with a living drop has one. */
async function requireServed(tx: Tx, to: Location, id: string): Promise<void> {
  const port = await reserveSplitterPort(tx, { locationId: to.id, reservedFor: id });
  const why = to.serviceability === 'serviceable' ? 'construction' : to.serviceability;
  if (!port) throw new Refusal('address_not_served', { address: to.text, why });
}

type There = Readonly<{
  ends: readonly SubscriptionItem[];
  on: string;
  sku: string | null;
  locationId: string;
}>;

/** What begins at the new address: the same at the same prices, or another plan with the options it allows. */
async function itemsThere(tx: Tx, { ends, on, sku, locationId }: There): Promise<NewItem[]> {
  const same = (item: SubscriptionItem): NewItem => ({
    ...asItWas(item),
    startsOn: item.startsOn,
    locationId,
  });
  if (sku === null) return ends.map(same);
  const plan = await pricedOn(tx, { sku, on });
  const replaced = ends.filter(({ kind }) => PLANS.has(kind) && kind === plan.kind);
  if (replaced.length === 0 || !plan.onSale) throw new Refusal('not_a_plan', { sku });
  const goesAlong = (item: SubscriptionItem) =>
    !replaced.includes(item) &&
    (item.kind !== 'option' || item.priceCents < 0n || plan.options.includes(item.sku));
  return [...ends.filter(goesAlong).map(same), { item: plan, priceCents: plan.priceCents, locationId }];
}

async function onItsDay(
  tx: Tx,
  { id, on, reason }: { id: string; on: string; reason: string },
): Promise<void> {
  if (on <= civilDateOf(tx.now)) return arrive(tx, id);
  await terms.putDueChange(tx.db, {
    subscription_id: id,
    on_date: on,
    what: 'move',
    reason,
    added_by: byWhom(tx),
  });
}
