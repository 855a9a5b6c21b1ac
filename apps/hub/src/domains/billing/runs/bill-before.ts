import { addDays, addMonths } from '@gigafibre/calendar';
import { sumCents } from '@gigafibre/money';
import type { Reading } from '../../../platform/acting.ts';
import type { ItemTaxTreatment } from '../../catalog/index.ts';
import { newestBilled, type BilledBefore, type BilledLine } from '../bill-before-store.ts';
import type { LineDraft } from '../draft-invoice.ts';
import { previewLines } from '../price-drafts.ts';
import type { RunBill } from './run-bill.ts';

/** What a customer was billed the time before for what is billed now. */
export type BillBefore = Readonly<{ totalCents: bigint; rates: string; lines: readonly BilledLine[] }>;

/** The longest cycle is a year, and an invoice may be late. */
const SINCE_DAYS = 400;

/**
 * With what each bill is compared: for each service and frequency the newest invoice that billed a cycle of it, so
 * that a first invoice out of the cycle, or a yearly one, hides no other service. Customers without one are absent.
 */
export async function billsBefore(
  reading: Pick<Reading, 'db'>,
  { bills, through }: { bills: readonly RunBill[]; through: string },
): Promise<Map<string, BillBefore>> {
  const customerIds = bills.map(({ customerId }) => customerId);
  const since = addDays(through, -SINCE_DAYS);
  const invoices = Map.groupBy(
    await newestBilled(reading.db, { customerIds, since }),
    ({ customerId }) => customerId,
  );
  const found = new Map<string, BillBefore>();
  for (const bill of bills) {
    const before = await composed(reading, { bill, through, invoices: invoices.get(bill.customerId) ?? [] });
    if (before) found.set(bill.customerId, before);
  }
  return found;
}

type Composing = Readonly<{ bill: RunBill; through: string; invoices: readonly BilledBefore[] }>;

async function composed(
  reading: Pick<Reading, 'db'>,
  { bill, through, invoices }: Composing,
): Promise<BillBefore | undefined> {
  const isCompared = comparedPairs(bill, through);
  const taken = new Set<string>();
  const parts: Part[] = [];
  for (const invoice of invoices) {
    // Newest first: what a newer invoice billed of a service, an older one is not asked for.
    const own = invoice.lines.filter(
      (line) => isOfCycle(line) && !taken.has(pairOf(line)) && isCompared(line),
    );
    for (const line of own) taken.add(pairOf(line));
    if (own.length > 0) parts.push({ invoice, own });
  }
  const [newest] = parts;
  if (!newest) return undefined;
  const bills = [];
  for (const part of parts) bills.push(await partOf(reading, part));
  return {
    rates: newest.invoice.rates,
    totalCents: sumCents(bills.map(({ totalCents }) => totalCents)),
    lines: bills.flatMap(({ lines }) => lines),
  };
}

/**
 * Which services and frequencies of a bill are compared: those it bills; and of those it does not, what was billed
 * for the month before, which has ended or is missing. What is billed in other months is not.
 */
function comparedPairs(bill: RunBill, through: string): (line: BilledLine) => boolean {
  const billed = new Set(
    bill.days.map(({ service, item }) => pairText(service.subscriptionId, item.frequency)),
  );
  const items = new Set(bill.charges.flatMap(({ subscriptionItemId }) => subscriptionItemId ?? []));
  const expected = new Set(
    [...bill.services, ...bill.neverBilled].map(({ subscriptionId }) => subscriptionId),
  );
  const monthBefore = addMonths(`${through.slice(0, 7)}-01`, -1);
  return (line) =>
    billed.has(pairOf(line)) ||
    items.has(line.subscription_item_id ?? '') ||
    (line.frequency === 'monthly' &&
      expected.has(line.subscription_id ?? '') &&
      (line.period_to ?? '') >= monthBefore);
}

/** It pays for a cycle of an item: billed by a run, or billed again as it was. */
const isOfCycle = ({ kind, subscription_item_id, charge_id, detail_fr }: BilledLine): boolean =>
  kind === 'recurring' && subscription_item_id !== null && (charge_id === null || detail_fr === null);

const pairText = (subscriptionId: string, frequency: string): string => `${subscriptionId} ${frequency}`;
const pairOf = ({ subscription_id, frequency }: BilledLine): string =>
  pairText(subscription_id ?? '', frequency ?? '');

type Part = Readonly<{ invoice: BilledBefore; own: readonly BilledLine[] }>;

/** An invoice with all its lines when all its cycles are compared; else those that are, with their taxes of then. */
async function partOf(
  reading: Pick<Reading, 'db'>,
  { invoice, own }: Part,
): Promise<{ totalCents: bigint; lines: readonly BilledLine[] }> {
  const { customerId, issuedOn, lines } = invoice;
  if (own.length === lines.filter(isOfCycle).length) return { totalCents: invoice.totalCents, lines };
  const { totalCents } = await previewLines(reading, { customerId, on: issuedOn, lines: own.map(draftOf) });
  return { totalCents, lines: own };
}

const draftOf = (row: BilledLine): LineDraft => ({
  kind: 'recurring',
  sku: row.sku,
  description: { fr: row.description_fr, en: row.description_en },
  quantity: row.quantity,
  unitPriceCents: row.unit_price_cents,
  amountCents: row.amount_cents,
  taxTreatment: row.tax_treatment as ItemTaxTreatment, // held by a check constraint
  revenueAccount: row.revenue_account,
  locationId: row.location_id,
});
