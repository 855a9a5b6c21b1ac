import { addDays, civilDateOf } from '@gigafibre/calendar';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { hashOf } from '../../../platform/chance.ts';
import { json } from '../../../platform/transact.ts';
import {
  chargedThrough,
  cyclesOf,
  newDays,
  openChargesOfMany,
  turnsBetween,
  type PhoneMonth,
  type Charge,
  type ChargedSubscription,
  type ServiceDays,
} from '../../charges/index.ts';
import { chargedSubscriptionsOf, pendingIdsOf } from '../../subscriptions/index.ts';
import { isBilledAgain } from '../credited-lines.ts';
import type { LineDraft, PricedInvoice } from '../draft-invoice.ts';
import { chargeLine, daysLine } from '../first-bill.ts';
import { municipalTaxOf } from '../municipal-tax.ts';
import { priceDrafts, type PricedDraft } from '../price-drafts.ts';
import { apart } from './apart.ts';

/** What a run bills one customer: the days of their services, and what waited for an invoice. */
export type RunBill = PricedDraft &
  Readonly<{
    /** Services charged up to the run's day with it, also those without a new line. */
    services: readonly ChargedSubscription[];
    /** Services that never had a first bill: not billed here, and so missing where they are compared. */
    neverBilled: readonly ChargedSubscription[];
    days: readonly ServiceDays[];
    /** Months of telephone lines whose 9-1-1 tax it bears. */
    phoneMonths: readonly PhoneMonth[];
    charges: readonly Charge[];
    /** Credits are above the rest: nothing is billed now, and all of it waits. */
    creditWaits: boolean;
    /** Changes when any line does. */
    fingerprint: string;
  }>;

/** A service that ended longer ago and was charged to its end has had its last bill. */
const ENDED_DAYS_MAX = 62;
export const endedSince = (through: string): string => addDays(through, -ENDED_DAYS_MAX);

type AskedBills = Readonly<{ customerIds: readonly string[]; through: string; on: string; lock: boolean }>;

/**
 * What some customers are billed for the cycles that start by `through`, taxed as of `on`. With `lock`, what it
 * rests on stays as it is until the transaction ends. Services without a first bill are left to it.
 */
export async function runBills(
  reading: Pick<Reading, 'db' | 'now'>,
  { customerIds, through, on, lock }: AskedBills,
): Promise<RunBill[]> {
  const services = await chargedSubscriptionsOf(reading, { customerIds, endedSince: endedSince(through) });
  const after = await chargedThrough(
    reading.db,
    services.map(({ subscriptionId }) => subscriptionId),
    { lock },
  );
  const pending = await pendingIdsOf(reading, customerIds);
  const open = await openChargesOfMany(reading, customerIds, { lock });
  const charges = Map.groupBy(
    open.filter(({ subscriptionId }) => subscriptionId === null || !pending.has(subscriptionId)),
    (one) => one.customerId,
  );
  const municipal = await municipalTaxOf(reading, { services, after, through });
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
    const taxes = billed.flatMap(({ subscriptionId }) => municipal.get(subscriptionId) ?? []);
    const isDue = dueCharges(mine, { billed, after, through });
    const waiting = (charges.get(customerId) ?? []).filter(isDue);
    return {
      customerId,
      services: billed,
      neverBilled: mine.filter(({ subscriptionId }) => !after.has(subscriptionId)),
      days,
      phoneMonths: taxes.flatMap(({ months }) => months),
      charges: waiting,
      lines: [...days.map(daysLine), ...taxes.flatMap(({ lines }) => lines), ...waiting.map(chargeLine)],
    };
  });
  return (await priceDrafts(reading, { drafts, on })).map((draft) => ({
    ...draft,
    // A bill below zero is none: all of it waits together, so that no charge is asked without its credits.
    creditWaits: draft.priced.totalCents < 0n,
    fingerprint: printOf(draft.lines),
  }));
}

type Standing = Readonly<{
  billed: readonly ChargedSubscription[];
  after: ReadonlyMap<string, string>;
  through: string;
}>;

/**
 * Which charges of a customer a run takes. While a service runs they wait for the billing day of one: the day its
 * months turn, also where it is billed by the quarter or the year, for nothing waits a year for its invoice. What an
 * invoice had billed already, and a credit note took back to be billed again, waits for no day; nor do the days of a
 * service that ended, when none that stands is billed by the month.
 */
function dueCharges(
  services: readonly ChargedSubscription[],
  { billed, after, through }: Standing,
): (charge: Charge) => boolean {
  const running = services.filter(({ items }) =>
    items.some(({ endsOn }) => endsOn === null || endsOn >= through),
  );
  const dayBefore = addDays(through, -1);
  const turnsFor = (service: ChargedSubscription, addedOn: string) => {
    const charged = after.get(service.subscriptionId) ?? dayBefore;
    // Charged by the year, it says nothing of the months that have turned since: those before the charge are over.
    const since = charged > addedOn ? charged : addedOn;
    return cyclesOf(service, 'monthly')(through).start > (since < dayBefore ? since : dayBefore);
  };
  const hasInvoice = running.length === 0 || running.some((service) => billed.includes(service));
  const standing = new Set(running.map(({ subscriptionId }) => subscriptionId));
  const monthly = running.some(({ items }) => items.some((item) => item.frequency === 'monthly'));
  return (charge) =>
    hasInvoice ||
    isBilledAgain(charge) ||
    (!monthly && charge.subscriptionId !== null && !standing.has(charge.subscriptionId)) ||
    running.some((service) => turnsFor(service, civilDateOf(new Date(charge.addedAt))));
}

/** Bills, and the customers whose bill could not even be computed, with why. */
export type BillsApart = Readonly<{
  bills: readonly RunBill[];
  problems: readonly Readonly<{ customerId: string; problem: string }>[];
}>;

/** The same; when it fails for somebody, one by one, so that it keeps nobody else from theirs. */
export async function runBillsApart(tx: Tx, asked: AskedBills): Promise<BillsApart> {
  const all = await apart(tx, () => runBills(tx, asked));
  if (Array.isArray(all)) return { bills: all, problems: [] };
  const bills: RunBill[] = [];
  const problems = [];
  for (const customerId of asked.customerIds) {
    const own = await apart(tx, () => runBills(tx, { ...asked, customerIds: [customerId] }));
    if (Array.isArray(own)) bills.push(...own);
    else problems.push({ customerId, problem: own.problem });
  }
  return { bills, problems };
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
