import type { creditNoteOperations, OutputOf } from '@gigafibre/contract';
import type { ItemTaxTreatment } from '../catalog/index.ts';
import type { CreditedLineRow, CreditNoteRow } from './credit-note-store.ts';
import { billTo } from './invoice.ts';

/** A credit note in a list, in full, and before it is issued. */
export type CreditNoteSummary = OutputOf<typeof creditNoteOperations.listCreditNotes>['rows'][number];
export type CreditNote = OutputOf<typeof creditNoteOperations.readCreditNote>;
export type CreditNotePreview = OutputOf<typeof creditNoteOperations.previewCreditNote>;
export type CreditNoteLine = CreditNote['lines'][number];

/** A row as shown in lists; the union is held by a check constraint. */
export const creditNoteOf = (row: CreditNoteRow): CreditNoteSummary => ({
  id: row.id,
  invoiceId: row.invoice_id,
  customerId: row.customer_id,
  customerName: billTo.parse(row.bill_to).name,
  kind: row.kind as CreditNoteSummary['kind'],
  billAgain: row.bill_again,
  issuedOn: row.issued_on,
  reason: row.reason,
  subtotalCents: row.subtotal_cents,
  taxCents: row.tax_cents,
  totalCents: row.total_cents,
  appliedCents: row.applied_cents,
  creditCents: row.credit_cents,
});

export const creditedLineOf = (row: CreditedLineRow): CreditNoteLine => ({
  invoiceLine: row.invoice_line,
  descriptionFr: row.description_fr,
  descriptionEn: row.description_en,
  period:
    row.period_from === null || row.period_to === null ? null : { from: row.period_from, to: row.period_to },
  quantity: row.quantity,
  amountCents: row.amount_cents,
  taxTreatment: row.tax_treatment as ItemTaxTreatment,
});
