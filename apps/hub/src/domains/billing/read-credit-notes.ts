import { Refusal } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { creditedLineOf, creditNoteOf, type CreditNote, type CreditNoteSummary } from './credit-note.ts';
import * as notes from './credit-note-store.ts';
import { taxOf } from './invoice.ts';
import { settlementsFrom } from './read-invoices.ts';

type Asked = Pick<Reading, 'db'>;

/** One credit note in full; refused `not_found`. */
export async function readCreditNote({ db }: Asked, id: string): Promise<CreditNote> {
  const row = await notes.creditNoteById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return {
    ...creditNoteOf(row),
    language: row.language === 'en' ? 'en' : 'fr',
    issuedAt: row.issued_at,
    issuedBy: row.issued_by,
    lines: (await notes.creditNoteLines(db, row)).map(creditedLineOf),
    taxes: (await notes.creditNoteTaxes(db, row)).map(taxOf),
    settled: (await settlementsFrom({ db }, { kind: 'credit_note', ids: [id] })).map(
      ({ invoiceId, amountCents, on }) => ({ invoiceId, amountCents, on }),
    ),
  };
}

/** One credit note of a customer; one of anybody else is `not_found`, like one that never was. */
export async function readCreditNoteOf(
  reading: Asked,
  { id, customerId }: { id: string; customerId: string },
): Promise<CreditNote> {
  const row = await notes.creditNoteById(reading.db, id);
  if (row?.customer_id !== customerId) throw new Refusal('not_found', { what: id });
  return readCreditNote(reading, id);
}

export type CreditNoteQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  customerId?: string | undefined;
  invoiceId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}>;

/** Credit notes newest first, a page at a time. */
export async function listCreditNotes(
  { db }: Asked,
  { after, ...filter }: CreditNoteQuery,
): Promise<{ rows: CreditNoteSummary[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.date, keys.number]));
  const rows = await notes.creditNotesPage(db, { ...filter, before });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.issued_on, last.number));
  return { next: page.next, rows: page.rows.map(creditNoteOf) };
}
