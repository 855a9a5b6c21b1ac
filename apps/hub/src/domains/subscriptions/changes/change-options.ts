import { addDays, addMonths, civilDateOf, type BillingFrequency } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import { pricesOn, type PricedItem } from '../../catalog/index.ts';
import { requireApproval } from '../../charges/index.ts';
import { readCustomer } from '../../customers/index.ts';
import { partsTaken } from './bundles.ts';
import { PLANS, pricedOn } from './change-plan.ts';
import {
  asItWas,
  changeDay,
  changeItems,
  dayToBegin,
  serviceCycles,
  serviceToChange,
  standing,
  tellChange,
  type Effect,
  type When,
} from './change-items.ts';
import * as notices from '../notices-store.ts';
import type { Subscription, SubscriptionItem } from '../subscription.ts';
import { termOn } from './terms.ts';

/** Adds an option or equipment from a day on. Refused for what the plan of that day does not allow. */
export async function addOption(
  tx: Tx,
  { id, sku, when }: { id: string; sku: string; when?: When },
): Promise<Effect> {
  const before = await serviceToChange(tx, id, 'change');
  const on = await dayToBegin(tx, before, { when, frequency: await frequencyOf(tx, sku) });
  const item = await pricedOn(tx, { sku, on });
  const allowed: string[] = [];
  for (const plan of standing(before, on).filter(({ kind }) => PLANS.has(kind)))
    allowed.push(...(await pricedOn(tx, { sku: plan.sku, on })).options);
  // A bundle is taken whole, with `addBundle`.
  const isRestricted = (item.kind === 'option' && !allowed.includes(sku)) || isBundle(item);
  if (item.kind === 'option' && standing(before, on).some((has) => has.sku === sku))
    throw new Refusal('option_taken', { sku });
  if (PLANS.has(item.kind) || !item.onSale || isRestricted) throw new Refusal('option_not_allowed', { sku });
  const effect = await changeItems(tx, before, {
    command: 'addOption',
    on,
    end: [],
    begin: [{ item, priceCents: item.priceCents }],
  });
  await tellChange(tx, effect, { command: 'addOption', reason: sku });
  return effect;
}

/** Ends an option from a day on. A plan is not an option. */
export async function removeOption(
  tx: Tx,
  { id, itemId, when }: { id: string; itemId: string; when?: When },
): Promise<Effect> {
  const before = await serviceToChange(tx, id, 'change');
  const on = changeDay(tx, before, { when, frequency: frequencyHeld(before, itemId) });
  const item = standingItem(before, { itemId, on });
  if (PLANS.has(item.kind)) throw new Refusal('plan_stays');
  const effect = await changeItems(tx, before, { command: 'removeOption', on, end: [item], begin: [] });
  await tellChange(tx, effect, { command: 'removeOption', reason: item.sku });
  return effect;
}

/**
 * Takes an amount off for some billing cycles; a cycle that has begun counts as one, by its days. Above the limit,
 * with what was given in the year before, it is for who may approve, as is a lower price.
 */
export async function addDiscount(
  tx: Tx,
  {
    id,
    sku,
    amountCents,
    cycles,
    when,
  }: Readonly<{
    id: string;
    sku: string;
    amountCents: bigint;
    cycles: number;
    when?: When;
  }>,
): Promise<Effect> {
  const before = await serviceToChange(tx, id, 'change');
  const on = await dayToBegin(tx, before, { when, frequency: await frequencyOf(tx, sku) });
  const item = await pricedOn(tx, { sku, on });
  requireFitting(before, { on, item, amountCents });
  await requireApproval(tx, {
    what: 'discountCents',
    amountCents:
      amountCents * smallest(BigInt(cycles), cyclesOfYear(item.frequency)) +
      (await givenInYear(tx, before, on)),
  });
  const effect = await changeItems(tx, before, {
    command: 'addDiscount',
    on,
    end: [],
    begin: [{ item, priceCents: -amountCents, endsOn: lastDayOfCycles(before, { on, cycles, item }) }],
  });
  await tellChange(tx, effect, { command: 'addDiscount', reason: sku });
  return effect;
}

/**
 * Another price for an item from a day on. For a consumer it goes up in 30 days at the soonest, which is the notice
 * the caller gives them, and in a fixed term not before its end (CPA s. 11.2).
 */
export async function repriceItem(
  tx: Tx,
  {
    id,
    itemId,
    priceCents,
    when,
    reason,
  }: Readonly<{
    id: string;
    itemId: string;
    priceCents: bigint;
    when?: When;
    reason: string;
  }>,
): Promise<Effect> {
  const before = await serviceToChange(tx, id, 'change');
  const asked = changeDay(tx, before, { when, frequency: frequencyHeld(before, itemId) });
  const old = standingItem(before, { itemId, on: asked });
  // Below zero it was promised as it is; above, it would be no discount.
  if (old.priceCents < 0n) throw new Refusal('discount_not_repriced');
  // What begins on a day to come is given its new price from that day, not from today.
  const on = old.startsOn !== null && old.startsOn > asked ? old.startsOn : asked;
  const until = (await termOn(tx, { id, on }))?.endsOn ?? null;
  if (until !== null && priceCents > old.priceCents) throw new Refusal('price_fixed', { until });
  if (priceCents > old.priceCents) await requireNotice(tx, before, on);
  const cutCents = (old.priceCents - priceCents) * cyclesOfYear(old.frequency);
  await requireApproval(tx, {
    what: 'discountCents',
    amountCents: cutCents <= 0n ? cutCents : cutCents + (await givenInYear(tx, before, on)),
  });
  // As it was sold, whatever the catalog says of it now: only the price is agreed anew.
  const effect = await changeItems(tx, before, {
    command: 'repriceItem',
    on,
    end: [old],
    begin: [{ ...asItWas(old), priceCents, promise: null }],
  });
  if (priceCents > old.priceCents)
    await notices.insertNotice(tx.db, {
      subscriptionId: id,
      kind: 'price_rise',
      about: itemId,
      on,
      at: tx.now,
    });
  await tellChange(tx, effect, { command: 'repriceItem', reason });
  return effect;
}

/** How often something of the catalog is billed; by the month when it has no price today. */
const frequencyOf = async (tx: Tx, sku: string): Promise<SubscriptionItem['frequency']> =>
  (await pricesOn(tx, { skus: [sku], on: civilDateOf(tx.now) })).get(sku)?.frequency ?? 'monthly';

const frequencyHeld = ({ timeline }: Subscription, itemId: string): SubscriptionItem['frequency'] =>
  timeline.find(({ id }) => id === itemId)?.frequency ?? 'monthly';

/** A consumer has 30 days in which to read of a higher price, and to refuse it. */
async function requireNotice(tx: Tx, { customerId }: Subscription, on: string): Promise<void> {
  const from = addDays(civilDateOf(tx.now), NOTICE_DAYS);
  const { kind } = await readCustomer(tx, customerId);
  if (kind === 'residential' && on < from) throw new Refusal('price_notice', { from, daysMin: NOTICE_DAYS });
}
const NOTICE_DAYS = 30;

/** What discounts and lower prices that began in the year to a day take off over a year; those of bundles are for all. */
async function givenInYear(tx: Tx, { timeline, ...service }: Subscription, on: string): Promise<bigint> {
  const since = addMonths(on, -12);
  const bundles = await partsTaken(tx, timeline);
  const begun = timeline.filter(
    ({ startsOn, endsOn, promise = null, priceVersionId }) =>
      promise === null &&
      startsOn !== null &&
      startsOn > since &&
      (endsOn === null || endsOn >= startsOn) &&
      !bundles.has(priceVersionId),
  );
  return sumCents(
    begun.map((item) => {
      const { priceCents, frequency, startsOn } = item;
      const year = cyclesOfYear(frequency);
      if (priceCents < 0n) return -priceCents * smallest(cyclesBegun({ ...service, timeline }, item), year);
      const before = timeline.find(
        (one) => one.sku === item.sku && one.endsOn !== null && addDays(one.endsOn, 1) === startsOn,
      );
      return before && before.priceCents > priceCents ? (before.priceCents - priceCents) * year : 0n;
    }),
  );
}

/** Billing cycles a discount was given for; a year of them for one without end. */
function cyclesBegun(service: Subscription, { startsOn, endsOn, frequency }: SubscriptionItem): bigint {
  const most = cyclesOfYear(frequency);
  if (startsOn === null || endsOn === null || frequency === 'one_time') return most;
  const cycleOn = serviceCycles(service, frequency);
  let cycles = 1n;
  for (let { end } = cycleOn(startsOn); end < endsOn && cycles < most; cycles += 1n)
    ({ end } = cycleOn(addDays(end, 1)));
  return cycles;
}

const isBundle = ({ parts = [] }: PricedItem): boolean => parts.length > 0;

/** What is taken off is weighed over a year at most, however long it lasts. */
const YEAR = { monthly: 12n, quarterly: 4n, yearly: 1n, one_time: 1n } as const;
const cyclesOfYear = (frequency: keyof typeof YEAR): bigint => YEAR[frequency];
const smallest = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** A discount is an option of the catalog, and with those that stand not above what is billed in the same cycle. */
function requireFitting(
  before: Subscription,
  { on, item, amountCents }: { on: string; item: PricedItem; amountCents: bigint },
): void {
  if (item.kind !== 'option' || isBundle(item)) throw new Refusal('option_not_allowed', { sku: item.sku });
  const sameCycle = standing(before, on).filter(
    ({ frequency, startsOn }) => frequency === item.frequency && startsOn !== null && startsOn <= on,
  );
  const maxCents = sumCents(sameCycle.map(({ priceCents }) => priceCents));
  if (amountCents > maxCents) throw new Refusal('discount_too_large', { maxCents: Number(maxCents) });
}

function standingItem(
  before: Subscription,
  { itemId, on }: { itemId: string; on: string },
): SubscriptionItem {
  const item = standing(before, on).find(({ id }) => id === itemId);
  if (!item) throw new Refusal('not_found', { what: itemId });
  return item;
}

/** A cycle that has begun counts as one, and so does one that another billing day cuts short. */
function lastDayOfCycles(
  service: Subscription,
  { on, cycles, item }: { on: string; cycles: number; item: { frequency: string } },
): string {
  // pricedOn() lets nothing else through.
  const cycleOn = serviceCycles(service, item.frequency as BillingFrequency);
  let { end } = cycleOn(on);
  for (let counted = 1; counted < cycles; counted += 1) ({ end } = cycleOn(addDays(end, 1)));
  return end;
}
