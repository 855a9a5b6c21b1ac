export type { Language } from './language.ts';
export type { Company, Party } from './parties.ts';
export type { Totals } from './charges.ts';
export type { ChargeLine } from './charge-section.ts';
export { quotePdf } from './quote-pdf.ts';
export type { QuoteLine, QuoteSection, QuoteValues } from './quote-values.ts';
export { invoicePdf } from './invoice-pdf.ts';
export type { AccountCredit, InvoiceLine, InvoiceValues } from './invoice-values.ts';
export { creditNotePdf, type CreditedLine, type CreditNoteValues } from './credit-note-pdf.ts';
export {
  reportPdf,
  type ReportColumn,
  type ReportFigure,
  type ReportRow,
  type ReportValues,
} from './report-pdf.ts';
export { agreementPdf, type AgreementValues } from './agreement-pdf.ts';
export { refundReceiptPdf, type RefundReceiptValues } from './refund-receipt-pdf.ts';
export { statementPdf, type StatementMovement, type StatementValues } from './statement-pdf.ts';
export { receiptPdf, type ReceiptAllocation, type ReceiptValues } from './receipt-pdf.ts';
export { workOrderPdf } from './work-order-pdf.ts';
export type {
  ChecklistItem,
  Measurement,
  WorkOrderEquipment,
  WorkOrderMaterial,
  WorkOrderValues,
} from './work-order-values.ts';
export { contractPdf } from './contract/contract-pdf.ts';
export { contractText, type ContractText } from './contract/contract-text.ts';
export type { Clause, ClauseBlock, SummaryRow } from './contract/clause.ts';
export {
  CONTRACT_TERMS,
  type CancellationRule,
  type ContractEquipment,
  type ContractTerms,
  type ContractValues,
  type Promotion,
} from './contract/contract-values.ts';
export type { Evidence, EvidenceEvent } from './contract/evidence.ts';
export type { Signature, SignatureMark, StrokePoint } from './signature.ts';
export { formatDate, formatInstant, formatMonth, formatPeriod } from './format-date.ts';
export {
  createSealingIdentity,
  SEALING_YEARS,
  type SealingIdentity,
  type SealingIdentityOptions,
} from './seal/create-sealing-identity.ts';
export { sealPdf, type SealOptions } from './seal/seal-pdf.ts';
export { verifySeal, type SealDefect, type SealVerdict } from './seal/verify-seal.ts';
