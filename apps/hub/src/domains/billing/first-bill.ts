import { daysInclusive, periodAfter, periodContaining, type Period } from '@gigafibre/calendar';
import { prorate } from '@gigafibre/money';
import type { Charge } from '../charges/index.ts';
import type { Subscription, SubscriptionItem } from '../subscriptions/index.ts';
import type { LineDraft } from './draft-invoice.ts';

/** Every cycle starts on the first: of the month, of the quarter, of the year. */
const FIRST_DAY = '2026-01-01';
/** A start handed in late can reach back into the month before, and no further. */
const CYCLES_MAX = 3;

/**
 * What a service owes the day it starts: each recurring price from the first day of service to the end of the
 * cycle that has begun by `today`, a part of a cycle by its days, both ends and the first day counted; and one
 * line for what is sold once. From the next cycle on, the billing run takes over.
 */
export function firstBillLines(
  subscription: Pick<Subscription, 'id' | 'locationId' | 'items'>,
  { on, today }: { on: string; today: string },
): LineDraft[] {
  return subscription.items.flatMap((item): LineDraft[] => {
    const common = {
      sku: item.sku,
      description: { fr: item.nameFr, en: item.nameEn },
      quantity: 1,
      unitPriceCents: item.priceCents,
      taxTreatment: item.taxTreatment,
      revenueAccount: item.revenueAccount,
      locationId: subscription.locationId,
      subscriptionId: subscription.id,
      subscriptionItemId: item.id,
    };
    const { frequency } = item;
    if (frequency === 'one_time') return [{ ...common, kind: 'one_time', amountCents: item.priceCents }];
    return cyclesFrom(on, today, frequency).map((cycle) => ({
      ...common,
      kind: 'recurring',
      ...partOf(cycle, on, item.priceCents),
    }));
  });
}

/** A charge as a line. */
export const chargeLine = (charge: Charge): LineDraft => ({
  kind: 'one_time',
  sku: charge.sku,
  description: { fr: charge.descriptionFr, en: charge.descriptionEn },
  quantity: charge.quantity,
  unitPriceCents: charge.unitPriceCents,
  amountCents: charge.amountCents,
  taxTreatment: charge.taxTreatment,
  revenueAccount: charge.revenueAccount,
  locationId: charge.locationId,
  subscriptionId: charge.subscriptionId,
  chargeId: charge.id,
});

function cyclesFrom(
  on: string,
  today: string,
  frequency: Exclude<SubscriptionItem['frequency'], 'one_time'>,
): Period[] {
  const cycle = { anchor: FIRST_DAY, frequency };
  const cycles: Period[] = [];
  let next = periodContaining(on, cycle);
  while (next.start <= today || cycles.length === 0) {
    if (cycles.push(next) > CYCLES_MAX)
      throw new RangeError(`a first bill from ${on} to ${today} is too long`);
    next = periodAfter(next, cycle);
  }
  return cycles;
}

/** The part of a cycle from a day on: its days, its price, and how it was computed when it is not the whole. */
function partOf(
  cycle: Period,
  on: string,
  priceCents: bigint,
): Pick<LineDraft, 'period' | 'amountCents' | 'detail'> {
  const from = on > cycle.start ? on : cycle.start;
  const period = { from, to: cycle.end };
  if (from === cycle.start) return { period, amountCents: priceCents, detail: null };
  const usedDays = daysInclusive({ start: from, end: cycle.end });
  const cycleDays = daysInclusive(cycle);
  const used =
    usedDays === 1 ? { fr: '1 jour', en: '1 day' } : { fr: `${usedDays} jours`, en: `${usedDays} days` };
  return {
    period,
    amountCents: prorate(priceCents, { usedDays, cycleDays }),
    detail: { fr: `Prorata : ${used.fr} sur ${cycleDays}`, en: `Prorated: ${used.en} of ${cycleDays}` },
  };
}
