import { addDays } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { pricesSold, type PricedItem } from '../../catalog/index.ts';
import { cyclesOf } from '../../charges/index.ts';
import * as store from '../store.ts';
import { isInForce, type Subscription, type SubscriptionItem } from '../subscription.ts';

/** The discount of a bundle that is no longer whole, and its last day. */
export type BundleEnding = Readonly<{ sku: string; nameFr: string; nameEn: string; lastDay: string }>;

type Parts = readonly (readonly string[])[];

/** What may be a bundle: an option below zero. The catalog tells, by the price it was taken at, whether it has parts. */
const isDiscount = ({ kind, priceCents }: SubscriptionItem): boolean => kind === 'option' && priceCents < 0n;

/** The parts of the bundles among some items, by price version; other items are absent. */
export async function partsTaken(
  tx: Pick<Tx, 'db'>,
  items: readonly SubscriptionItem[],
): Promise<ReadonlyMap<string, Parts>> {
  const ids = [...new Set(items.filter(isDiscount).map(({ priceVersionId }) => priceVersionId))];
  if (ids.length === 0) return new Map();
  const sold = [...(await pricesSold(tx, ids)).values()];
  return new Map(
    sold.flatMap(({ priceVersionId, parts = [] }) =>
      parts.length === 0 ? [] : [[priceVersionId, parts] as const],
    ),
  );
}

/**
 * Ends the discount of every bundle that is no longer whole: with the billing cycle in which a part is first
 * missing, or before it when that is its first day. What has ended so comes back only when the bundle is taken again.
 */
export async function settleBundles(tx: Tx, service: Subscription, from: string): Promise<BundleEnding[]> {
  const standing = service.timeline.filter(
    (item) => isDiscount(item) && item.startsOn !== null && (item.endsOn === null || item.endsOn >= from),
  );
  const parts = await partsTaken(tx, standing);
  const ended: BundleEnding[] = [];
  for (const item of standing) {
    const lastDay = lastDayWhole(service, { item, parts: parts.get(item.priceVersionId) ?? [], from });
    if (lastDay === null || (item.endsOn !== null && item.endsOn <= lastDay)) continue;
    await store.endItem(tx.db, { id: item.id, on: lastDay });
    ended.push({ sku: item.sku, nameFr: item.nameFr, nameEn: item.nameEn, lastDay });
  }
  return ended;
}

type Held = Readonly<{ item: SubscriptionItem; parts: Parts; from: string }>;

function lastDayWhole(service: Subscription, { item, parts, from }: Held): string | null {
  const { startsOn, endsOn } = item;
  if (startsOn === null || parts.length === 0) return null;
  const first = startsOn > from ? startsOn : from;
  const missing = parts.flatMap((skus) => firstDayWithout(service.timeline, { skus, first }) ?? []);
  const gap = missing.toSorted()[0];
  if (gap === undefined || (endsOn !== null && gap > endsOn)) return null;
  const turning = { anchor: service.billingAnchor ?? gap, anchors: service.anchors };
  const cycle = cyclesOf(turning, 'monthly')(gap);
  const last = cycle.start === gap ? addDays(gap, -1) : cycle.end;
  return last < startsOn ? addDays(startsOn, -1) : last;
}

/** The first day, from one on, on which none of some items is in force; null when one stands for good. */
function firstDayWithout(
  timeline: readonly SubscriptionItem[],
  { skus, first }: { skus: readonly string[]; first: string },
): string | null {
  const ofPart = timeline.filter(({ sku }) => skus.includes(sku));
  let day = first;
  // Each round goes past the end of one item: no more rounds than items.
  for (const _ of ofPart) {
    const covering = ofPart.filter((item) => isInForce(item, day));
    if (covering.some(({ endsOn }) => endsOn === null)) return null;
    const last = covering
      .map(({ endsOn }) => endsOn ?? '')
      .toSorted()
      .at(-1);
    if (last === undefined) return day;
    day = addDays(last, 1);
  }
  return day;
}

/** Which items to begin so that a bundle is whole on a day; refused `bundle_incomplete` where nobody chose. */
export function partsToBegin(
  standing: readonly SubscriptionItem[],
  { parts, chosen, isPlan }: { parts: Parts; chosen: readonly string[]; isPlan: (sku: string) => boolean },
): string[] {
  const has = new Set(standing.map(({ sku }) => sku));
  return parts.flatMap((skus) => {
    if (skus.some((sku) => has.has(sku))) return [];
    const [one] = skus.length === 1 ? skus : skus.filter((sku) => chosen.includes(sku));
    if (one === undefined || isPlan(one))
      throw new Refusal('bundle_incomplete', { skus: skus.join(', ').slice(0, SKUS_CHARS_MAX) });
    return [one];
  });
}

const SKUS_CHARS_MAX = 200;

/** Whether a bundle and those a service has share an item: nobody gets two discounts for one. */
export const overlaps = (taken: Iterable<Parts>, { parts = [] }: Pick<PricedItem, 'parts'>): boolean => {
  const skus = new Set(parts.flat());
  return [...taken].flat(2).some((sku) => skus.has(sku));
};
