import { addDays } from '@gigafibre/calendar';
import { billingEvents, Refusal } from '@gigafibre/contract';
import { CHART, invoiceEntry, type AccountNumber, type BilledTax } from '@gigafibre/ledger';
import { sumCents } from '@gigafibre/money';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readCompany } from '../../platform/company.ts';
import { json } from '../../platform/transact.ts';
import { indexTerms, readCustomer } from '../customers/index.ts';
import { balanceOf, lockAccount, movementsSinceInvoice, post } from '../ledger/index.ts';
import { addressLines, readLocation, type Location } from '../plant/index.ts';
import { dueDays } from './kept-company.ts';
import { priceInvoice, type LineDraft, type PricedInvoice, type PricedLine } from './draft-invoice.ts';
import type { Invoice } from './invoice.ts';
import { HOME_PROVINCE, provinceOf } from './province.ts';
import { assertFeesAllowed } from './fee.ts';
import { readInvoice } from './read-invoices.ts';
import * as store from './store.ts';
import { exemptionsOn, type PlacedExemption } from './tax-exemptions.ts';

export type Issuing = Readonly<{
  customerId: string;
  lines: readonly LineDraft[];
  /** Civil day of issue: of the books, of the taxes, and from which the due date counts. */
  on: string;
  /** Why it was issued, for those who read it later: `first bill of SUB-10001`. */
  reason: string;
}>;

/** As many digits as people are used to; more when there are more. */
const NUMBER_DIGITS = 5;
const LINES_MAX = 1_000;

/**
 * Issues an invoice: taxes, number, entry in the books, all final, in this transaction. Refused when there is
 * nothing to bill or the lines make less than nothing.
 */
export async function issueInvoice(tx: Tx, input: Issuing): Promise<Invoice> {
  if (input.lines.length === 0) throw new Refusal('nothing_to_bill');
  if (input.lines.length > LINES_MAX) throw new Error(`an invoice of ${input.lines.length} lines`);
  await lockAccount(tx, input.customerId);
  const places = await placesOf(tx, input.lines);
  await assertFeesAllowed(tx, input);
  const exemptions = await exemptionsOn(tx, input);
  const priced = priceInvoice(placed(input.lines, places, exemptions), input.on);
  if (priced.totalCents < 0n) throw new Refusal('invoice_below_zero');
  const dueOn = addDays(input.on, await dueDays(tx));
  const account = await accountBefore(tx, input.customerId);
  const row = await store.insertInvoice(tx.db, {
    ...rowsOf(priced, input.on),
    invoice: {
      ...(await asPrinted(tx, input.customerId, [...places.values()])),
      ...(await numbered(tx)),
      customer_id: input.customerId,
      reason: input.reason,
      issued_on: input.on,
      due_on: dueOn,
      issued_at: tx.now,
      issued_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
      subtotal_cents: priced.subtotalCents,
      tax_cents: priced.taxCents,
      total_cents: priced.totalCents,
      previous_balance_cents: account.previousCents,
      account_since: json(account.since),
      amount_due_cents: account.nowCents + priced.totalCents,
    },
  });
  await postInvoice(tx, row, priced);
  await indexTerms(tx, { kind: 'invoice', sourceId: row.id, customerId: row.customer_id }, [row.id]);
  await tx.tell(billingEvents.invoiceIssued, {
    subject: row.id,
    customerId: row.customer_id,
    data: {
      reason: input.reason,
      issuedOn: input.on,
      dueOn,
      totalCents: Number(row.total_cents),
      amountDueCents: Number(row.amount_due_cents),
    },
  });
  return readInvoice(tx, row.id);
}

/** What the lines would come to on a day, without issuing anything. */
export async function previewLines(
  reading: Pick<Reading, 'db'>,
  { customerId, lines, on }: { customerId: string; lines: readonly LineDraft[]; on: string },
): Promise<PricedInvoice> {
  const exemptions = await exemptionsOn(reading, { customerId, on });
  return priceInvoice(placed(lines, await placesOf(reading, lines), exemptions), on);
}

type Places = ReadonlyMap<string, Location>;

async function placesOf(reading: Pick<Reading, 'db'>, lines: readonly LineDraft[]): Promise<Places> {
  const ids = new Set(lines.flatMap(({ locationId }) => locationId ?? []));
  const places = new Map<string, Location>();
  for (const id of ids) places.set(id, await readLocation(reading, id));
  return places;
}

/** A line without a place is taxed where the invoice's first place is, or else at home. */
function placed(lines: readonly LineDraft[], places: Places, exemptions: readonly PlacedExemption[]) {
  const [first] = places.values();
  return lines.map((line) => {
    const place = line.locationId === null ? first : places.get(line.locationId);
    return {
      ...line,
      province: place ? provinceOf(place) : HOME_PROVINCE,
      exemptions: exemptions.filter(({ locationId }) => locationId === null || locationId === place?.id),
    };
  });
}

/** The account before this invoice: what it said after the invoice before, and what moved it since. */
async function accountBefore(tx: Tx, customerId: string) {
  const nowCents = await balanceOf(tx, customerId);
  const since = await movementsSinceInvoice(tx, customerId);
  return { nowCents, since, previousCents: nowCents - sumCents(since.map(({ cents }) => cents)) };
}

async function asPrinted(tx: Tx, customerId: string, places: readonly Location[]) {
  const customer = await readCustomer(tx, customerId);
  const addresses = places.map(addressLines);
  return {
    language: customer.language,
    bill_to: json({ name: customer.name, addressLines: addresses[0] ?? [] }),
    service_address: addresses.flat(),
    company: json(await readCompany(tx.db)),
  };
}

/** `INV-00042`: a number of a series as people read it. */
export const numberText = (series: 'INV' | 'CN', number: bigint): string =>
  `${series}-${number.toString().padStart(NUMBER_DIGITS, '0')}`;

async function numbered(tx: Tx): Promise<{ id: string; number: bigint }> {
  const number = await store.nextNumber(tx.db, 'INV');
  return { number, id: numberText('INV', number) };
}

function rowsOf(priced: PricedInvoice, on: string): Omit<store.NewInvoice, 'invoice'> {
  return {
    lines: priced.lines.map((line) => ({
      kind: line.kind,
      sku: line.sku,
      description_fr: line.description.fr,
      description_en: line.description.en,
      detail_fr: line.detail?.fr ?? null,
      detail_en: line.detail?.en ?? null,
      period_from: line.period?.from ?? null,
      period_to: line.period?.to ?? null,
      quantity: line.quantity,
      unit_price_cents: line.unitPriceCents,
      amount_cents: line.amountCents,
      net_cents: line.netCents,
      tax_treatment: line.taxTreatment,
      revenue_account: line.revenueAccount,
      in_advance: isInAdvance(line, on),
      province: line.province,
      tax_group: line.taxGroup,
      location_id: line.locationId,
      subscription_id: line.subscriptionId ?? null,
      subscription_item_id: line.subscriptionItemId ?? null,
      charge_id: line.chargeId ?? null,
    })),
    taxes: priced.taxes.map((tax) => ({
      tax: tax.tax,
      province: tax.province,
      tax_group: tax.taxGroup,
      rate_num: tax.rate.num,
      rate_den: tax.rate.den,
      base_cents: tax.baseCents,
      tax_cents: tax.taxCents,
    })),
    reliefs: priced.reliefs.map((relief) => ({
      exemption_id: relief.exemptionId,
      certificate: relief.certificate,
      tax: relief.tax,
      province: relief.province,
      base_cents: relief.baseCents,
    })),
  };
}

/** Billed for days that are not over: it waits in deferred revenue until they are. */
const isInAdvance = ({ period }: PricedLine, on: string): boolean => period != null && period.to >= on;

async function postInvoice(tx: Tx, row: store.InvoiceRow, priced: PricedInvoice): Promise<void> {
  const made = invoiceEntry({
    customerId: row.customer_id,
    id: row.id,
    date: row.issued_on,
    memo: `Facture ${row.id}`,
    lines: priced.lines.map((line) => ({
      account: accountOf(line.revenueAccount),
      netCents: line.netCents,
      inAdvance: isInAdvance(line, row.issued_on),
    })),
    taxes: priced.taxes.map(({ tax, taxCents }): BilledTax => ({ tax, taxCents })),
  });
  if (made) await post(tx, made);
}

/** An account of the chart; throws when there is none of this number. */
export function accountOf(revenueAccount: string): AccountNumber {
  if (!Object.hasOwn(CHART, revenueAccount)) throw new Error(`no account ${revenueAccount} in the chart`);
  return revenueAccount as AccountNumber; // a key of the chart, checked just above
}
