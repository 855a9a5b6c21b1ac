import { addDays } from '@gigafibre/calendar';
import type { Reading } from '../../../platform/acting.ts';
import { hashOf } from '../../../platform/chance.ts';
import { json } from '../../../platform/transact.ts';
import {
  chargedThrough,
  newDays,
  openChargesOfMany,
  turnsBetween,
  type Charge,
  type ChargedSubscription,
  type ServiceDays,
} from '../../charges/index.ts';
import { chargedSubscriptionsOf, pendingIdsOf } from '../../subscriptions/index.ts';
import type { LineDraft, PricedInvoice } from '../draft-invoice.ts';
import { chargeLine, daysLine } from '../first-bill.ts';
import { priceDrafts, type PricedDraft } from '../price-drafts.ts';

/** What a run bills one customer: the days of their services, and what waited for an invoice. */
export type RunBill = PricedDraft &
  Readonly<{
    /** Services charged up to the run's day with it, also those without a new line. */
    services: readonly ChargedSubscription[];
    /** Services that never had a first bill: not billed here, and so missing where they are compared. */
    neverBilled: readonly ChargedSubscription[];
    days: readonly ServiceDays[];
    charges: readonly Charge[];
    /** Credits are above the rest: nothing is billed now, and all of it waits. */
    creditWaits: boolean;
    /** Changes when any line does. */
    fingerprint: string;
  }>;

/** A service that ended longer ago and was charged to its end has had its last bill. */
const ENDED_DAYS_MAX = 62;
export const endedSince = (through: string): string => addDays(through, -ENDED_DAYS_MAX);

/**
 * What some customers are billed for the cycles that start by `through`, taxed as of `on`. With `lock`, what it
 * rests on stays as it is until the transaction ends. Services without a first bill are left to it.
 */
export async function runBills(
  reading: Pick<Reading, 'db' | 'now'>,
  {
    customerIds,
    through,
    on,
    lock,
  }: { customerIds: readonly string[]; through: string; on: string; lock: boolean },
): Promise<RunBill[]> {
  const services = await chargedSubscriptionsOf(reading, { customerIds, endedSince: endedSince(through) });
  const after = await chargedThrough(
    reading.db,
    services.map(({ subscriptionId }) => subscriptionId),
  );
  const pending = await pendingIdsOf(reading, customerIds);
  const open = await openChargesOfMany(reading, customerIds, { lock });
  const charges = Map.groupBy(
    open.filter(({ subscriptionId }) => subscriptionId === null || !pending.has(subscriptionId)),
    (one) => one.customerId,
  );
  const owned = Map.groupBy(services, (service) => service.customerId);
  const drafts = customerIds.map((customerId) => {
    const mine = owned.get(customerId) ?? [];
    // Another billing day is another run's: a service is billed when one of its cycles starts by the run's day.
    const billed = mine.filter((service) => {
      const charged = after.get(service.subscriptionId) ?? through;
      return charged < through && turnsBetween(service, { after: charged, through });
    });
    const days = billed.flatMap((service) =>
      newDays(service, { after: after.get(service.subscriptionId), through }),
    );
    const waiting = waitsForItsDay(mine, { after, through }) ? [] : (charges.get(customerId) ?? []);
    return {
      customerId,
      services: billed,
      neverBilled: mine.filter(({ subscriptionId }) => !after.has(subscriptionId)),
      days,
      charges: waiting,
      lines: [...days.map(daysLine), ...waiting.map(chargeLine)],
    };
  });
  return (await priceDrafts(reading, { drafts, on })).map((draft) => ({
    ...draft,
    // A bill below zero is none: all of it waits together, so that no charge is asked without its credits.
    creditWaits: draft.priced.totalCents < 0n,
    fingerprint: printOf(draft.lines),
  }));
}

/** What waits for who has running services, none of which turns by the run's day, waits for their billing day. */
function waitsForItsDay(
  services: readonly ChargedSubscription[],
  { after, through }: { after: ReadonlyMap<string, string>; through: string },
): boolean {
  const running = services.filter(({ items }) =>
    items.some(({ endsOn }) => endsOn === null || endsOn >= through),
  );
  const dayBefore = addDays(through, -1);
  const hasTurned = (service: ChargedSubscription) => {
    const charged = after.get(service.subscriptionId) ?? dayBefore;
    return turnsBetween(service, { after: charged < dayBefore ? charged : dayBefore, through });
  };
  return running.length > 0 && !running.some(hasTurned);
}

const printOf = (lines: readonly LineDraft[]): string =>
  hashOf(
    json(
      lines.map(({ sku, period, amountCents, subscriptionItemId, chargeId, taxTreatment }) => [
        sku,
        period ?? null,
        amountCents,
        subscriptionItemId ?? null,
        chargeId ?? null,
        taxTreatment,
      ]),
    ),
  );

/** Rates of a priced bill as comparing writes them. */
export const ratesOf = ({ taxes }: PricedInvoice): string =>
  taxes.map(({ province, tax, rate }) => `${province} ${tax} ${rate.num}/${rate.den}`).join(', ');
