import { creditNoteOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, rehearses, type Route } from '../../platform/http/route.ts';
import { customerSelf } from '../customers/index.ts';
import { creditNoteDocument } from './credit-note-document.ts';
import { readCreditable } from './creditable.ts';
import { issueCreditNote, previewCreditNote } from './issue-credit-note.ts';
import { listCreditNotes, readCreditNote, readCreditNoteOf } from './read-credit-notes.ts';

export const creditNoteRoutes = (): Route[] => [
  answers(op.listCreditNotes, (reading, input) => listCreditNotes(reading, input)),
  answers(op.readCreditNote, (reading, { id }) => readCreditNote(reading, id)),
  answers(op.readCreditNotePdf, (reading, input) => creditNoteDocument(reading, input)),
  answers(op.readCreditable, (reading, { id }) => readCreditable(reading, id)),
  rehearses(op.previewCreditNote, (tx, { id, lines, billAgain }) =>
    previewCreditNote(tx, { invoiceId: id, chosen: lines, billAgain }),
  ),
  carriesOut(op.issueCreditNote, (tx, { id, lines, ...said }) =>
    issueCreditNote(tx, { invoiceId: id, chosen: lines, ...said }),
  ),
  carriesOut(op.voidInvoice, (tx, { id, ...said }) =>
    issueCreditNote(tx, { invoiceId: id, chosen: 'all', ...said }),
  ),
  answers(op.listMyCreditNotes, async (reading, input) =>
    listCreditNotes(reading, { ...input, customerId: customerSelf(reading) }),
  ),
  answers(op.readMyCreditNote, async (reading, { id }) =>
    readCreditNoteOf(reading, { id, customerId: customerSelf(reading) }),
  ),
  answers(op.readMyCreditNotePdf, async (reading, input) => {
    await readCreditNoteOf(reading, { id: input.id, customerId: customerSelf(reading) });
    return creditNoteDocument(reading, input);
  }),
];
