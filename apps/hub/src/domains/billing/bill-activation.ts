import { civilDateOf } from '@gigafibre/calendar';
import type { Reading, Tx } from '../../platform/acting.ts';
import { chargesInvoiced, openChargesOf, takeOpenCharges, type Charge } from '../charges/index.ts';
import { lockAccount } from '../ledger/index.ts';
import { readSubscription, type Subscription } from '../subscriptions/index.ts';
import type { LineDraft, PricedInvoice } from './draft-invoice.ts';
import { chargeLine, firstBillLines } from './first-bill.ts';
import type { Invoice } from './invoice.ts';
import { issueInvoice, previewLines } from './issue-invoice.ts';
import * as store from './store.ts';

/**
 * The first invoice of a service that has started: its price from the first day on, with what waited for it.
 * Once per subscription, however often it is asked; null when there is nothing to bill.
 */
export async function billActivation(
  tx: Tx,
  { subscriptionId, on }: { subscriptionId: string; on: string },
): Promise<Invoice | null> {
  const subscription = await readSubscription(tx, subscriptionId);
  await lockAccount(tx, subscription.customerId);
  if (await store.firstBillOf(tx.db, subscriptionId)) return null;
  const today = civilDateOf(tx.now);
  const open = await takeOpenCharges(tx, subscription.customerId, { subscriptionId });
  const { lines, charges } = await billable(tx, { subscription, on, today, open });
  const invoice =
    lines.length === 0
      ? null
      : await issueInvoice(tx, {
          customerId: subscription.customerId,
          lines,
          on: today,
          reason: `première facture de ${subscriptionId}`,
        });
  if (invoice) await chargesInvoiced(tx, { ids: charges.map(({ id }) => id), invoiceId: invoice.id });
  await store.insertFirstBill(tx.db, {
    subscription_id: subscriptionId,
    invoice_id: invoice?.id ?? null,
    at: tx.now,
  });
  return invoice;
}

/** What the first invoice would be if the service started on a day; today when none is given. */
export async function previewFirstBill(
  reading: Pick<Reading, 'db' | 'now'>,
  { id, on }: { id: string; on?: string | undefined },
): Promise<PricedInvoice> {
  const subscription = await readSubscription(reading, id);
  const today = civilDateOf(reading.now);
  const starts = on ?? today;
  const open = await openChargesOf(reading, subscription.customerId, { subscriptionId: id });
  const issuedOn = starts > today ? starts : today;
  const { lines } = await billable(reading, { subscription, on: starts, today: issuedOn, open });
  return previewLines(reading, { lines, on: issuedOn });
}

type Billable = Readonly<{
  subscription: Subscription;
  on: string;
  today: string;
  open: readonly Charge[];
}>;

/** The service's own lines with the charges that wait; credits that would make it negative wait for the next. */
async function billable(
  reading: Pick<Reading, 'db'>,
  { subscription, on, today, open }: Billable,
): Promise<{ lines: readonly LineDraft[]; charges: readonly Charge[] }> {
  const own = firstBillLines(subscription, { on, today });
  const withCharges = (charges: readonly Charge[]) => ({
    charges,
    lines: [...own, ...charges.map(chargeLine)],
  });
  const all = withCharges(open);
  const { totalCents } = await previewLines(reading, { lines: all.lines, on: today });
  return totalCents >= 0n ? all : withCharges(open.filter(({ amountCents }) => amountCents > 0n));
}
