import {
  billingOperations,
  creditNoteOperations,
  paymentsOperations,
  salesOperations,
} from '@gigafibre/contract';
import { creditNoteDocument, invoiceDocument } from './domains/billing/index.ts';
import { agreementDocument, receipt } from './domains/payments/index.ts';
import { readContractPdf } from './domains/sales/index.ts';
import type { Env } from './env.ts';
import { gives, type DocumentSource } from './platform/documents.ts';

/** The documents a message may enclose, by the operation that gives each to the office. */
export const allDocuments = (env: Pick<Env, 'publicUrl'>): readonly DocumentSource[] => [
  gives(billingOperations.readInvoicePdf, (reading, input) => invoiceDocument(reading, env, input)),
  gives(creditNoteOperations.readCreditNotePdf, (reading, input) => creditNoteDocument(reading, input)),
  gives(paymentsOperations.readAgreementPdf, (reading, input) => agreementDocument(reading, input)),
  gives(paymentsOperations.readReceipt, (reading, input) => receipt(reading, input)),
  gives(salesOperations.readContractPdf, (reading, input) => readContractPdf(reading, input)),
];
