import { Refusal, type creditNoteOperations, type OutputOf } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import { leftOf, type Creditable } from './credit-draft.ts';
import * as notes from './credit-note-store.ts';
import * as store from './store.ts';

/** Everything of an issued invoice that a credit note may take back, and the invoice's own rows. */
export type CreditableInvoice = Readonly<{
  invoice: store.InvoiceRow;
  lines: ReadonlyMap<number, store.LineRow>;
  creditable: Creditable;
}>;

/** The invoice's own row of a line that was found on it. */
export function rowOf({ invoice, lines }: CreditableInvoice, line: number): store.LineRow {
  const row = lines.get(line);
  if (!row) throw new Error(`${invoice.id} has no line ${line}`);
  return row;
}

/** Reads an invoice with what was credited of each line and tax so far. */
export async function creditableInvoice(
  { db }: Pick<Reading, 'db'>,
  invoice: store.InvoiceRow,
): Promise<CreditableInvoice> {
  const rows = await store.linesOf(db, invoice.id);
  const lines = new Map((await notes.creditedLines(db, invoice.id)).map((row) => [row.line, row]));
  const taxes = new Map((await notes.creditedTaxes(db, invoice.id)).map((row) => [row.line, row]));
  return {
    invoice,
    lines: new Map(rows.map((row) => [row.line, row])),
    creditable: {
      invoiceId: invoice.id,
      totalCents: invoice.total_cents,
      creditedCents: invoice.credited_cents,
      lines: rows.map((row) => ({
        line: row.line,
        quantity: row.quantity,
        unitPriceCents: row.unit_price_cents,
        amountCents: row.amount_cents,
        netCents: row.net_cents,
        taxTreatment: row.tax_treatment,
        group: groupOf(row),
        creditedAmountCents: lines.get(row.line)?.amount_cents ?? 0n,
        creditedNetCents: lines.get(row.line)?.net_cents ?? 0n,
      })),
      taxes: (await store.taxesOf(db, invoice.id)).map((row) => ({
        line: row.line,
        tax: row.tax,
        group: groupOf(row),
        rate: { num: row.rate_num, den: row.rate_den },
        baseCents: row.base_cents,
        taxCents: row.tax_cents,
        creditedBaseCents: taxes.get(row.line)?.base_cents ?? 0n,
        creditedTaxCents: taxes.get(row.line)?.tax_cents ?? 0n,
      })),
    },
  };
}

const groupOf = (row: { province: string; tax_group: string }): string => `${row.province} ${row.tax_group}`;

/** What is left to credit of an invoice, line by line; refused `not_found`. */
export async function readCreditable(
  reading: Pick<Reading, 'db'>,
  id: string,
): Promise<OutputOf<typeof creditNoteOperations.readCreditable>> {
  const invoice = await store.invoiceById(reading.db, id);
  if (!invoice) throw new Refusal('not_found', { what: id });
  const { lines, creditable } = await creditableInvoice(reading, invoice);
  return {
    invoiceId: id,
    totalCents: creditable.totalCents,
    creditedCents: creditable.creditedCents,
    leftCents: creditable.totalCents - creditable.creditedCents,
    lines: creditable.lines.map((line) => ({
      line: line.line,
      descriptionFr: lines.get(line.line)?.description_fr ?? '',
      descriptionEn: lines.get(line.line)?.description_en ?? '',
      quantity: line.quantity,
      amountCents: line.amountCents,
      leftCents: leftOf(line),
    })),
  };
}
