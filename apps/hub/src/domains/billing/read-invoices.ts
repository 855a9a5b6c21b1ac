import { civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import type { PricedInvoice } from './draft-invoice.ts';
import {
  billTo,
  lineOf,
  percentText,
  reliefOf,
  settlementOf,
  summaryOf,
  taxOf,
  type Invoice,
  type InvoiceSummary,
} from './invoice.ts';
import * as store from './store.ts';

type Asked = Pick<Reading, 'db' | 'now'>;

/** One invoice in full; refused `not_found`. */
export async function readInvoice({ db, now }: Asked, id: string): Promise<Invoice> {
  const row = await store.invoiceById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return {
    ...summaryOf(row, civilDateOf(now)),
    language: row.language === 'en' ? 'en' : 'fr',
    issuedAt: row.issued_at,
    reason: row.reason,
    billTo: billTo.parse(row.bill_to),
    serviceAddressLines: row.service_address,
    lines: (await store.linesOf(db, id)).map(lineOf),
    taxes: (await store.taxesOf(db, id)).map(taxOf),
    reliefs: (await store.reliefsOf(db, id)).map(reliefOf),
    settlements: (await store.settlementsOf(db, id)).map(settlementOf),
    previousBalanceCents: row.previous_balance_cents,
    amountDueCents: row.amount_due_cents,
  };
}

/** One invoice of a customer; an invoice of anybody else is `not_found`, like one that never was. */
export async function readInvoiceOf(
  reading: Asked,
  { id, customerId }: { id: string; customerId: string | null },
): Promise<Invoice> {
  const row = await store.invoiceById(reading.db, id);
  if (!row || row.customer_id !== customerId) throw new Refusal('not_found', { what: id });
  return readInvoice(reading, id);
}

export type InvoiceQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  customerId?: string | undefined;
  show: 'all' | 'open' | 'overdue' | 'paid';
  from?: string | undefined;
  to?: string | undefined;
  /** A number, with or without `INV-`, or a part of the customer's name. */
  search?: string | undefined;
}>;

/** Invoices newest first, a page at a time. */
export async function listInvoices(
  { db, now }: Asked,
  { search, after, ...filter }: InvoiceQuery,
): Promise<{ rows: InvoiceSummary[]; next: string | null }> {
  const today = civilDateOf(now);
  const digits = /^(?:INV-?)?(\d{1,18})$/i.exec(search?.trim() ?? '')?.[1];
  const rows = await store.invoicesPage(db, {
    ...filter,
    today,
    number: digits === undefined ? undefined : BigInt(digits),
    name: digits === undefined ? search : undefined,
    before: readCursor(after, z.tuple([keys.date, keys.number])),
  });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.issued_on, last.number));
  return { next: page.next, rows: page.rows.map((row) => summaryOf(row, today)) };
}

const OPEN_MAX = 500;

/** Invoices of a customer with something left to pay, the one due first before the others. */
export async function openInvoicesOf({ db, now }: Asked, customerId: string): Promise<InvoiceSummary[]> {
  const today = civilDateOf(now);
  return (await store.openInvoices(db, customerId, OPEN_MAX)).map((row) => summaryOf(row, today));
}

/** What was put against invoices from some sources, oldest first. */
export async function settlementsFrom(
  { db }: Pick<Reading, 'db'>,
  source: { kind: 'payment' | 'credit_note' | 'write_off'; ids: readonly string[] },
): Promise<{ sourceId: string; invoiceId: string; amountCents: bigint; on: string; at: string }[]> {
  if (source.ids.length === 0) return [];
  return (await store.settlementsBySource(db, source)).map((row) => ({
    sourceId: row.source_id,
    invoiceId: row.invoice_id,
    amountCents: row.amount_cents,
    on: row.on_date,
    at: row.at,
  }));
}

/** Prices as the contract shows a preview. */
export const shownPreview = (priced: PricedInvoice) => ({
  lines: priced.lines.map((line) => ({
    kind: line.kind,
    sku: line.sku,
    descriptionFr: line.description.fr,
    descriptionEn: line.description.en,
    detailFr: line.detail?.fr ?? null,
    detailEn: line.detail?.en ?? null,
    period: line.period ?? null,
    quantity: line.quantity,
    unitPriceCents: line.unitPriceCents,
    amountCents: line.amountCents,
    taxTreatment: line.taxTreatment,
    subscriptionId: line.subscriptionId ?? null,
  })),
  subtotalCents: priced.subtotalCents,
  taxes: priced.taxes.map(({ tax, rate, baseCents, taxCents }) => ({
    tax,
    ratePercent: percentText(rate.num, rate.den),
    baseCents,
    taxCents,
  })),
  totalCents: priced.totalCents,
});
