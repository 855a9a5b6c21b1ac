export {
  ACCOUNTS,
  CHART,
  TAX_ACCOUNTS,
  type Account,
  type AccountKind,
  type AccountNumber,
  type Chart,
  type NormalSide,
} from './chart.ts';
export {
  entry,
  entryRefusal,
  POSTINGS_LIMIT,
  reverse,
  type DocumentKind,
  type DocumentRef,
  type Entry,
  type EntryDraft,
  type EntryRefusal,
  type Posting,
  type Reversal,
} from './entry.ts';
export {
  creditNoteEntry,
  invoiceEntry,
  writeOffEntry,
  writeOffRecoveryEntry,
  type Billed,
  type BilledLine,
  type BilledTax,
  type Credited,
  type WrittenOff,
} from './invoice-entry.ts';
export {
  allocationEntry,
  paymentEntry,
  payoutEntry,
  recognitionEntry,
  refundEntry,
  type CustomerAmount,
  type MoneyAccount,
  type PaidOut,
  type Received,
  type Recognised,
  type Refunded,
} from './payment-entry.ts';
export { balancesByAccount, balancesByCustomer } from './balances.ts';
