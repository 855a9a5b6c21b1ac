import { addDays } from '@gigafibre/calendar';
import { billingEvents, paymentsEvents } from '@gigafibre/contract';
import {
  allocationEntry,
  CHART,
  invoiceEntry,
  type AccountNumber,
  type BilledTax,
  type Entry,
} from '@gigafibre/ledger';
import {
  daysLine,
  onceLines,
  priceInvoice,
  provinceOf,
  type LineDraft,
  type PricedInvoice,
} from '../../../domains/billing/index.ts';
import { json } from '../../../platform/transact.ts';
import { settle, type Open, type Taken } from './account.ts';
import type { Household, Service } from './household.ts';
import { writeTerms } from './household-rows.ts';
import { asCharged, soldItems } from './service-rows.ts';
import { lonePlanOf, newDays, type ServiceDays } from '../../../domains/charges/index.ts';
import { PRODUCT, type By, type Writing } from './writing.ts';

/** Days from issue to due date, as billing has them until somebody sets others. */
export const DUE_DAYS = 20;
const NUMBER_DIGITS = 5;

export type Issuing = Readonly<{
  household: Household;
  services: readonly Service[];
  /** Civil day of issue, and the instant. */
  on: string;
  at: string;
  reason: string;
  /** The services begin with this invoice: what is sold once is on it, the month is prorated. */
  first: boolean;
}>;

/** An invoice of this month, whose row is written once it is known what was put against it by the end of it. */
export type Issued = Readonly<{ open: Open; write: () => void }>;

/** Issues an invoice exactly as billing does: lines, taxes, number, entry, what it is found by, event. */
export function issue(writing: Writing, issuing: Issuing): Issued | null {
  const { household, on, at } = issuing;
  const { account, id: customerId } = household;
  const priced = priceInvoice(linesOf(writing, issuing), on);
  if (priced.lines.length === 0) return null;
  const number = writing.numbers.nextInvoice();
  const id = `INV-${String(number).padStart(NUMBER_DIGITS, '0')}`;
  const open: Open = { id, issuedOn: on, totalCents: priced.totalCents, settledCents: 0n };
  const before = { cents: account.balanceCents, since: account.since };
  account.since = [];
  account.balanceCents += priced.totalCents;
  if (priced.totalCents > 0n) account.open.push(open);
  account.invoices += 1;
  writeLines(writing, { invoiceId: id, priced, on });
  if (issuing.first)
    for (const service of issuing.services)
      writing.sheets.add('billing.first_bills', { subscription_id: service.id, invoice_id: id, at });
  const entry = invoiceEntry({ customerId, id, date: on, memo: `Facture ${id}`, ...booked(priced, on) });
  if (entry) writeEntry(writing, { entry, at, by: PRODUCT });
  writeTerms(writing, { kind: 'invoice', sourceId: id, customerId }, [id]);
  writing.tell(billingEvents.invoiceIssued, {
    at,
    by: PRODUCT,
    subject: id,
    customerId,
    data: {
      reason: issuing.reason,
      issuedOn: on,
      dueOn: addDays(on, DUE_DAYS),
      totalCents: Number(priced.totalCents),
      amountDueCents: Number(account.balanceCents),
    },
  });
  const dueCents = account.balanceCents;
  applyCredits(writing, { household, on, at });
  return { open, write: () => writeInvoice(writing, { issuing, open, number, priced, before, dueCents }) };
}

type Priced = Readonly<{ invoiceId: string; priced: PricedInvoice; on: string }>;

/** The cycles of two months can still be adjusted by a change written down late; older ones are history. */
const CYCLES_KEPT_DAYS = 62;

function linesOf(writing: Writing, { services, on, first }: Issuing) {
  return services.flatMap((service) => {
    const charged = newDays(asCharged(writing, service), {
      after: first ? undefined : addDays(on, -1),
      through: on,
    });
    for (const days of charged) writeCycle(writing, days);
    const { dwelling, id } = service;
    const once = first
      ? onceLines({ id, locationId: dwelling.locationId, items: soldItems(writing, service) })
      : [];
    return [...charged.map(daysLine), ...once].map((line) => ({
      ...line,
      province: provinceOf(dwelling.site),
    }));
  });
}

function writeCycle({ sheets, endsOn }: Writing, days: ServiceDays): void {
  const { service, item, charged } = days;
  const { after } = charged;
  if (after.cycle.end < addDays(endsOn, -CYCLES_KEPT_DAYS)) return;
  sheets.add('charges.cycles', {
    item_id: after.itemId,
    cycle_from: after.cycle.start,
    cycle_to: after.cycle.end,
    subscription_id: service.subscriptionId,
    from_on: after.days?.from ?? null,
    to_on: after.days?.to ?? null,
    cents: after.cents,
    plan: lonePlanOf(item),
  });
}

const isInAdvance = ({ period }: LineDraft, on: string): boolean => period != null && period.to >= on;

function booked(priced: PricedInvoice, on: string) {
  return {
    lines: priced.lines.map((line) => ({
      account: accountOf(line.revenueAccount),
      netCents: line.netCents,
      inAdvance: isInAdvance(line, on),
    })),
    taxes: priced.taxes.map(({ tax, taxCents }): BilledTax => ({ tax, taxCents })),
  };
}

function accountOf(number: string): AccountNumber {
  if (!Object.hasOwn(CHART, number)) throw new Error(`no account ${number} in the chart`);
  return number as AccountNumber; // a key of the chart, checked just above
}

function writeLines({ sheets }: Writing, { invoiceId, priced, on }: Priced): void {
  for (const [index, line] of priced.lines.entries())
    sheets.add('billing.invoice_lines', {
      invoice_id: invoiceId,
      line: index + 1,
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
      location_id: line.locationId,
      subscription_id: line.subscriptionId ?? null,
      subscription_item_id: line.subscriptionItemId ?? null,
    });
  for (const [index, tax] of priced.taxes.entries())
    sheets.add('billing.invoice_taxes', {
      invoice_id: invoiceId,
      line: index + 1,
      tax: tax.tax,
      province: tax.province,
      rate_num: tax.rate.num,
      rate_den: tax.rate.den,
      base_cents: tax.baseCents,
      tax_cents: tax.taxCents,
    });
}

type Row = Readonly<{
  issuing: Issuing;
  open: Open;
  number: number;
  priced: PricedInvoice;
  before: Readonly<{ cents: bigint; since: Household['account']['since'] }>;
  dueCents: bigint;
}>;

function writeInvoice({ sheets, company }: Writing, row: Row): void {
  const { open, number, priced, before, dueCents } = row;
  const { household, services, on, at, reason } = row.issuing;
  const places = [...new Set(services.map(({ dwelling }) => dwelling))];
  sheets.add('billing.invoices', {
    id: open.id,
    number,
    customer_id: household.id,
    reason,
    issued_on: on,
    due_on: addDays(on, DUE_DAYS),
    issued_at: at,
    issued_by: PRODUCT.name,
    subtotal_cents: priced.subtotalCents,
    tax_cents: priced.taxCents,
    total_cents: priced.totalCents,
    settled_cents: open.settledCents,
    language: household.person.language,
    bill_to: json({ name: household.person.name, addressLines: places[0]?.site.lines ?? [] }),
    service_address: places.flatMap(({ site }) => site.lines),
    company: json(company),
    previous_balance_cents: before.cents - before.since.reduce((sum, { cents }) => sum + cents, 0n),
    account_since: json(before.since),
    amount_due_cents: dueCents,
  });
}

/** Writes an entry with its postings. */
export function writeEntry(
  { sheets, numbers }: Writing,
  { entry, at, by }: { entry: Entry; at: string; by: By },
): void {
  const id = numbers.next('entry');
  sheets.add('ledger.entries', {
    id,
    on_date: entry.date,
    document_kind: entry.document.kind,
    document_id: entry.document.id,
    memo: entry.memo,
    currency: entry.currency,
    total_cents: entry.totalCents,
    posted_at: at,
    actor_kind: by.kind,
    actor_id: by.id,
  });
  for (const [index, posting] of entry.postings.entries())
    sheets.add('ledger.postings', {
      entry_id: id,
      line: index + 1,
      account: posting.account,
      customer_id: posting.customerId ?? null,
      debit_cents: posting.debitCents,
      credit_cents: posting.creditCents,
    });
}

export type Settling = Readonly<{
  household: Household;
  paymentId: string;
  taken: readonly Taken[];
  on: string;
  at: string;
  by: By;
}>;

/** Writes what a payment put against invoices; gives the numbers of the settlements. */
export function writeSettlements(writing: Writing, settling: Settling): string[] {
  const { household, paymentId, taken, on, at, by } = settling;
  const source = { kind: 'payment', id: paymentId } as const;
  return taken.map(({ invoice, cents }) => {
    const id = writing.numbers.next('settlement');
    const common = { at, by, subject: invoice.id, customerId: household.id };
    const outstandingCents = invoice.totalCents - invoice.settledCents;
    writing.sheets.add('billing.settlements', {
      id,
      invoice_id: invoice.id,
      customer_id: household.id,
      source_kind: source.kind,
      source_id: paymentId,
      amount_cents: cents,
      on_date: on,
      at,
    });
    writing.tell(billingEvents.invoiceSettled, {
      ...common,
      data: { source, amountCents: Number(cents), outstandingCents: Number(outstandingCents) },
    });
    if (outstandingCents === 0n)
      writing.tell(billingEvents.invoicePaid, {
        ...common,
        data: { source, totalCents: Number(invoice.totalCents) },
      });
    return id;
  });
}

/** Money held is put against a new invoice at once, each use with an entry of its own. */
function applyCredits(
  writing: Writing,
  { household, on, at }: { household: Household; on: string; at: string },
): void {
  const { account, id: customerId } = household;
  for (const credit of account.credits) {
    const { taken, leftCents } = settle(account, credit.leftCents);
    const { paymentId } = credit;
    credit.leftCents = leftCents;
    const ids = writeSettlements(writing, { household, paymentId, taken, on, at, by: PRODUCT });
    for (const [index, { invoice, cents: amountCents }] of taken.entries()) {
      const memo = `Crédit de ${paymentId} affecté à ${invoice.id}`;
      const id = `${paymentId}/${ids[index] ?? ''}`;
      writeEntry(writing, {
        entry: allocationEntry({ customerId, id, date: on, memo, amountCents }),
        at,
        by: PRODUCT,
      });
      writing.tell(paymentsEvents.creditApplied, {
        at,
        by: PRODUCT,
        subject: paymentId,
        customerId,
        data: { invoiceId: invoice.id, amountCents: Number(amountCents) },
      });
    }
  }
  account.credits = account.credits.filter(({ leftCents }) => leftCents > 0n);
}
