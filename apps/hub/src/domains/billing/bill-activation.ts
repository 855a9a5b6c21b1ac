import { addDays, civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import {
  chargesInvoiced,
  keepNewDays,
  keepPhoneMonths,
  newDays,
  openChargesOf,
  takeNewCycles,
  takeOpenCharges,
  type Charge,
  type ChargedSubscription,
  type ServiceDays,
} from '../charges/index.ts';
import { readBillingDay, type BillingDay } from '../customers/index.ts';
import { lockAccount } from '../ledger/index.ts';
import {
  chargedElsewhere,
  chargedSubscription,
  firstAnchor,
  readSubscription,
  type Subscription,
} from '../subscriptions/index.ts';
import type { LineDraft, PricedInvoice } from './draft-invoice.ts';
import { chargeLine, daysLine, onceLines } from './first-bill.ts';
import type { Invoice } from './invoice.ts';
import { issueInvoice } from './issue-invoice.ts';
import { municipalTaxOf, type MunicipalTax } from './municipal-tax.ts';
import { previewLines } from './price-drafts.ts';
import { mustWait } from './runs/pause.ts';
import * as store from './store.ts';
import { insertWaiting, removeWaiting } from './waiting-store.ts';

/**
 * The first invoice of a service that has started: its price from the first day on, with what waited for it.
 * Once per subscription, however often it is asked; null when there is nothing to bill. While billing is paused, or
 * nobody has described the company, it waits for the end of that.
 */
export async function billActivation(
  tx: Tx,
  { subscriptionId }: { subscriptionId: string },
): Promise<Invoice | null> {
  const { customerId } = await readSubscription(tx, subscriptionId);
  await lockAccount(tx, customerId);
  // Read after the lock: a change made meanwhile counts.
  const subscription = await readSubscription(tx, subscriptionId);
  if (await store.firstBillOf(tx.db, subscriptionId)) return null;
  if (subscription.billedElsewhereTo !== null) return beginBilling(tx, subscription);
  if (await mustWait(tx)) {
    await insertWaiting(tx.db, subscriptionId);
    return null;
  }
  const today = civilDateOf(tx.now);
  const open = await takeOpenCharges(tx, subscription.customerId, { subscriptionId });
  const days = await takeNewCycles(tx, [chargedSubscription(subscription)], today);
  const municipal = await firstMunicipalTax(tx, chargedSubscription(subscription), today);
  await keepPhoneMonths(tx.db, municipal.months);
  const { lines, charges } = await billable(tx, {
    subscription,
    days,
    municipal: municipal.lines,
    today,
    open,
  });
  const invoice =
    lines.length === 0
      ? null
      : await issueInvoice(tx, {
          customerId: subscription.customerId,
          lines,
          on: today,
          reason: `première facture de ${subscriptionId}`,
        });
  if (invoice)
    await chargesInvoiced(
      tx,
      charges.map(({ id }) => ({ id, invoiceId: invoice.id })),
    );
  await removeWaiting(tx.db, subscriptionId);
  await store.insertFirstBill(tx.db, {
    subscription_id: subscriptionId,
    invoice_id: invoice?.id ?? null,
    at: tx.now,
  });
  return invoice;
}

/** Another system billed the service up to a day: it has no first bill, the next run charges what comes after. */
async function beginBilling(tx: Tx, subscription: Subscription): Promise<null> {
  const { id, billedElsewhereTo } = subscription;
  const through = chargedElsewhere(chargedSubscription(subscription), billedElsewhereTo ?? '');
  await keepNewDays(tx, { subscriptionIds: [id], days: [], through });
  await removeWaiting(tx.db, id);
  await store.insertFirstBill(tx.db, { subscription_id: id, invoice_id: null, at: tx.now });
  return null;
}

/** A service starts at most a month ago; a start to come is tried for the year that follows. */
const STARTS_DAYS = { back: 31, ahead: 400 } as const;

/** What the first invoice would be if the service started on a day; today when none is given. Refused out of reach. */
export async function previewFirstBill(
  reading: Pick<Reading, 'db' | 'now'>,
  { id, on }: { id: string; on?: string | undefined },
): Promise<PricedInvoice> {
  const subscription = await readSubscription(reading, id);
  const today = civilDateOf(reading.now);
  const reach = { from: addDays(today, -STARTS_DAYS.back), to: addDays(today, STARTS_DAYS.ahead) };
  if (on !== undefined && (on < reach.from || on > reach.to)) throw new Refusal('change_day', reach);
  const { customerId } = subscription;
  if (subscription.billedElsewhereTo !== null)
    return previewLines(reading, { customerId, lines: [], on: today });
  const starts = on ?? today;
  const open = await openChargesOf(reading, subscription.customerId, { subscriptionId: id });
  const issuedOn = starts > today ? starts : today;
  const service = startingOn(subscription, starts, await readBillingDay(reading, customerId));
  const days = newDays(service, { after: undefined, through: issuedOn });
  const { lines: municipal } = await firstMunicipalTax(reading, service, issuedOn);
  const { lines } = await billable(reading, { subscription, days, municipal, today: issuedOn, open });
  return previewLines(reading, { customerId: subscription.customerId, lines, on: issuedOn });
}

/** A pending service as it would be charged if it started on a day. */
const startingOn = (subscription: Subscription, on: string, billing: BillingDay): ChargedSubscription =>
  chargedSubscription({
    ...subscription,
    billingAnchor: subscription.billingAnchor ?? firstAnchor(on, billing),
    timeline: subscription.timeline.map((item) => ({ ...item, startsOn: item.startsOn ?? on })),
  });

/** The 9-1-1 tax that a service owes when it starts. */
async function firstMunicipalTax(
  reading: Pick<Reading, 'db'>,
  service: ChargedSubscription,
  through: string,
): Promise<MunicipalTax> {
  const taxes = await municipalTaxOf(reading, { services: [service], after: new Map(), through });
  return taxes.get(service.subscriptionId) ?? { months: [], lines: [] };
}

type Billable = Readonly<{
  subscription: Subscription;
  days: readonly ServiceDays[];
  municipal: readonly LineDraft[];
  today: string;
  open: readonly Charge[];
}>;

/** The service's own lines with the charges that wait; credits that would make it negative wait for the next. */
async function billable(
  reading: Pick<Reading, 'db'>,
  { subscription, days, municipal, today, open }: Billable,
): Promise<{ lines: readonly LineDraft[]; charges: readonly Charge[] }> {
  const own = [...days.map(daysLine), ...municipal, ...onceLines(subscription)];
  const withCharges = (charges: readonly Charge[]) => ({
    charges,
    lines: [...own, ...charges.map(chargeLine)],
  });
  const all = withCharges(open);
  const { totalCents } = await previewLines(reading, {
    customerId: subscription.customerId,
    lines: all.lines,
    on: today,
  });
  return totalCents >= 0n ? all : withCharges(open.filter(({ amountCents }) => amountCents > 0n));
}
