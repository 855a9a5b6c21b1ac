import { Refusal, type FileAnswer, type Language } from '@gigafibre/contract';
import { creditNotePdf, type CreditNoteValues } from '@gigafibre/documents';
import type { Reading } from '../../platform/acting.ts';
import * as notes from './credit-note-store.ts';
import { billTo } from './invoice.ts';
import { companyIn } from './kept-company.ts';
import * as store from './store.ts';

type Asked = Readonly<{ id: string; language?: Language | undefined }>;

/**
 * The credit note as PDF, in the language it was issued in unless another is asked. Made from what was kept at
 * issue alone: the same bytes today and in years. Refused `not_found`.
 */
export async function creditNoteDocument(
  { db }: Pick<Reading, 'db'>,
  { id, language }: Asked,
): Promise<FileAnswer> {
  const row = await notes.creditNoteById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  const invoice = row.invoice_id === null ? undefined : await store.invoiceById(db, row.invoice_id);
  const spoken = language ?? (row.language === 'en' ? 'en' : 'fr');
  const { name, addressLines } = billTo.parse(row.bill_to);
  const values: CreditNoteValues = {
    company: companyIn(row.company),
    number: row.id,
    issuedOn: row.issued_on,
    createdAt: new Date(row.issued_at),
    customer: { name, addressLines, accountNumber: row.customer_id },
    serviceAddressLines: row.service_address,
    invoice: invoice && { number: invoice.id, issuedOn: invoice.issued_on },
    reason: row.reason,
    lines: (await notes.creditNoteLines(db, row)).map((line) => lineValues(line, spoken)),
    subtotalCents: row.subtotal_cents,
    taxes: (await notes.creditNoteTaxes(db, row)).map((tax) => ({
      tax: tax.tax as CreditNoteValues['taxes'][number]['tax'], // held by a check constraint
      rate: { num: tax.rate_num, den: tax.rate_den },
      baseCents: tax.base_cents,
      taxCents: tax.tax_cents,
    })),
    totalCents: row.total_cents,
    appliedCents: row.applied_cents,
  };
  return {
    type: 'application/pdf',
    name: `${id}.pdf`,
    bytes: new Uint8Array(await creditNotePdf(values, spoken)),
  };
}

const lineValues = (line: notes.CreditedLineRow, language: Language): CreditNoteValues['lines'][number] => ({
  description: language === 'fr' ? line.description_fr : line.description_en,
  period:
    line.period_from === null || line.period_to === null
      ? undefined
      : { from: line.period_from, to: line.period_to },
  quantity: line.quantity ?? undefined,
  // What stands before taxes: of an indemnity, that contains its taxes, the net amount.
  amountCents: line.net_cents,
});
