export {
  RECORD_BYTES,
  readReturns,
  writeDebitFile,
  type DebitFile,
  type DebitItem,
  type ReturnedItem,
} from './standard-005.ts';
