import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, type billingOperations, type OutputOf, type ParsedOf } from '@gigafibre/contract';
import { CHART, type Chart } from '@gigafibre/ledger';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../platform/acting.ts';
import { pricesOn, type PricedItem } from '../catalog/index.ts';
import { chargesInvoiced, requireApproval, takeOpenCharges } from '../charges/index.ts';
import { readCustomer } from '../customers/index.ts';
import { lockAccount } from '../ledger/index.ts';
import type { LineDraft } from './draft-invoice.ts';
import { chargeLine } from './first-bill.ts';
import type { Invoice } from './invoice.ts';
import { issueInvoice } from './issue-invoice.ts';
import { requireNotPaused } from './runs/pause.ts';

export type ManualInvoice = ParsedOf<typeof billingOperations.issueInvoice>;
export type InvoicePreview = OutputOf<typeof billingOperations.previewInvoice>;
type ManualLine = ManualInvoice['lines'][number];
const chart: Chart = CHART;

/**
 * Issues an invoice that staff made: lines of the catalog or of their own, and what waited, when asked. Credits among
 * the lines made are together for who may approve, above the limit; so is any other tax treatment than the item's, or
 * than taxable where there is no item. Indemnities and interest are not written by hand: the law bounds them, and the
 * ends of contracts and the rates agreed to compute them. Refused while billing is paused.
 */
export async function issueManualInvoice(tx: Tx, input: ManualInvoice): Promise<Invoice> {
  await requireNotPaused(tx);
  await readCustomer(tx, input.customerId);
  await lockAccount(tx, input.customerId);
  const waiting = input.withOpenCharges ? await takeOpenCharges(tx, input.customerId) : [];
  const on = civilDateOf(tx.now);
  const made = await linesOf(tx, input, on);
  const credits = made.filter(({ amountCents }) => amountCents < 0n);
  await requireApproval(tx, {
    what: 'creditCents',
    amountCents: -sumCents(credits.map(({ amountCents }) => amountCents)),
  });
  const lines = [...made, ...waiting.map(chargeLine)];
  const invoice = await issueInvoice(tx, { customerId: input.customerId, lines, on, reason: input.reason });
  await chargesInvoiced(
    tx,
    waiting.map(({ id }) => ({ id, invoiceId: invoice.id })),
  );
  return invoice;
}

/** What it would come to: it is issued, in a transaction of which nothing remains (ADR 7), and refused as it would be. */
export async function previewManualInvoice(tx: Tx, input: ManualInvoice): Promise<InvoicePreview> {
  const { lines, subtotalCents, taxes, totalCents } = await issueManualInvoice(tx, input);
  return { lines, subtotalCents, taxes, totalCents };
}

/** Indemnities of an early end, and interest. */
const COMPUTED_ACCOUNTS: ReadonlySet<string> = new Set(['4090', '4100']);

async function linesOf(
  tx: Pick<Tx, 'db' | 'by'>,
  { lines, locationId }: ManualInvoice,
  on: string,
): Promise<LineDraft[]> {
  const skus = lines.flatMap(({ sku }) => sku ?? []);
  const prices = await pricesOn(tx, { skus, on });
  const mayApprove = tx.by.capabilities.has('billing.approve');
  return lines.map((line, index) => {
    if (line.sku !== undefined && !prices.has(line.sku))
      throw new Refusal('item_not_priced', { sku: line.sku });
    const item = line.sku === undefined ? undefined : prices.get(line.sku);
    const treatment = item?.taxTreatment ?? 'taxable';
    if (!mayApprove && (line.taxTreatment ?? treatment) !== treatment)
      throw new Refusal('treatment_needs_approval', { line: index + 1 });
    return lineOf(line, { item, index, locationId });
  });
}

function lineOf(
  line: ManualLine,
  { item, index, locationId }: { item: PricedItem | undefined; index: number; locationId: string | null },
): LineDraft {
  const fr = line.descriptionFr ?? item?.nameFr ?? line.descriptionEn;
  const en = line.descriptionEn ?? item?.nameEn ?? line.descriptionFr;
  const unitPriceCents = line.unitPriceCents ?? item?.priceCents;
  const taxTreatment = line.taxTreatment ?? item?.taxTreatment;
  const revenueAccount = line.revenueAccount ?? item?.revenueAccount;
  if (
    fr === undefined ||
    en === undefined ||
    unitPriceCents === undefined ||
    taxTreatment === undefined ||
    revenueAccount === undefined ||
    chart[revenueAccount]?.kind !== 'revenue'
  )
    throw new Refusal('line_incomplete', { line: index + 1 });
  if (COMPUTED_ACCOUNTS.has(revenueAccount))
    throw new Refusal('account_not_by_hand', { account: revenueAccount });
  return {
    kind: 'one_time',
    sku: item?.sku ?? null,
    description: { fr, en },
    quantity: line.quantity,
    unitPriceCents,
    amountCents: unitPriceCents * BigInt(line.quantity),
    taxTreatment,
    revenueAccount,
    locationId,
  };
}
