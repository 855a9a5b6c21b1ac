import type { billingOperations, OutputOf } from '@gigafibre/contract';
import { z } from 'zod';
import type { ItemTaxTreatment } from '../catalog/index.ts';
import type { LineRow, ReliefRow, SettlementRow, SummaryRow, TaxRow } from './store.ts';

/** An invoice in a list, and in full. */
export type InvoiceSummary = OutputOf<typeof billingOperations.listInvoices>['rows'][number];
export type Invoice = OutputOf<typeof billingOperations.readInvoice>;
export type InvoiceLine = Invoice['lines'][number];
export type InvoiceTax = Invoice['taxes'][number];
export type InvoiceStatus = Invoice['status'];

/** To whom an invoice was addressed, as printed. */
export const billTo = z.object({ name: z.string(), addressLines: z.array(z.string()) });
/** What moved the account since the invoice before, as printed: positive when the customer owed more. */
export const accountSince = z.array(
  z.object({
    kind: z.string(),
    id: z.string(),
    on: z.string(),
    cents: z.number().transform((n) => BigInt(n)),
  }),
);

/**
 * Derived from what was put against it and what credit notes took back. An invoice of nothing is paid when it is
 * issued; one that is credited in full was paid by nobody, even where the money that had come is held as a credit.
 */
export function statusOf({
  totalCents,
  settledCents,
  creditedCents,
  writtenOffCents,
}: Pick<InvoiceSummary, 'totalCents' | 'settledCents' | 'creditedCents' | 'writtenOffCents'>): InvoiceStatus {
  if (settledCents < totalCents) return settledCents > 0n ? 'partly_paid' : 'issued';
  if (totalCents > 0n && creditedCents === totalCents) return 'credited';
  return writtenOffCents > 0n ? 'written_off' : 'paid';
}

/** A row as shown in lists on a civil day. */
export function summaryOf(row: SummaryRow, today: string): InvoiceSummary {
  const figures = {
    totalCents: row.total_cents,
    settledCents: row.settled_cents,
    creditedCents: row.credited_cents,
    writtenOffCents: row.written_off_cents,
  };
  return {
    id: row.id,
    customerId: row.customer_id,
    customerName: billTo.parse(row.bill_to).name,
    status: statusOf(figures),
    overdue: row.outstanding_cents > 0n && row.due_on < today,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    subtotalCents: row.subtotal_cents,
    taxCents: row.tax_cents,
    ...figures,
    outstandingCents: row.outstanding_cents,
    disputedCents: row.disputed_cents,
  };
}

export const lineOf = (row: LineRow): InvoiceLine => ({
  // The unions are held by check constraints.
  kind: row.kind as InvoiceLine['kind'],
  sku: row.sku,
  descriptionFr: row.description_fr,
  descriptionEn: row.description_en,
  detailFr: row.detail_fr,
  detailEn: row.detail_en,
  period:
    row.period_from === null || row.period_to === null ? null : { from: row.period_from, to: row.period_to },
  quantity: row.quantity,
  unitPriceCents: row.unit_price_cents,
  amountCents: row.amount_cents,
  taxTreatment: row.tax_treatment as ItemTaxTreatment,
  subscriptionId: row.subscription_id,
});

export const taxOf = (
  row: Pick<TaxRow, 'tax' | 'rate_num' | 'rate_den' | 'base_cents' | 'tax_cents'>,
): InvoiceTax => ({
  tax: row.tax as InvoiceTax['tax'],
  ratePercent: percentText(row.rate_num, row.rate_den),
  baseCents: row.base_cents,
  taxCents: row.tax_cents,
});

export const reliefOf = (row: ReliefRow): Invoice['reliefs'][number] => ({
  exemptionId: row.exemption_id,
  certificate: row.certificate,
  tax: row.tax as InvoiceTax['tax'],
  baseCents: row.base_cents,
});

const RATE_DECIMALS = 6n;

/** `9.975` from 9975 / 100000: an exact decimal, no trailing zeros. */
export function percentText(num: bigint, den: bigint): string {
  const scaled = (num * 100n * 10n ** RATE_DECIMALS) / den;
  const whole = scaled / 10n ** RATE_DECIMALS;
  const rest = (scaled % 10n ** RATE_DECIMALS)
    .toString()
    .padStart(Number(RATE_DECIMALS), '0')
    .replace(/0+$/, '');
  return rest === '' ? `${whole}` : `${whole}.${rest}`;
}

export const settlementOf = (row: SettlementRow): Invoice['settlements'][number] => ({
  source: {
    kind: row.source_kind as Invoice['settlements'][number]['source']['kind'],
    id: row.source_id,
  },
  amountCents: row.amount_cents,
  on: row.on_date,
});
