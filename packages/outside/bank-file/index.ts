export { readReturnsFile, ReturnsFault, type ReturnsFile } from './returns-file.ts';
export {
  RECORD_BYTES,
  readReturns,
  writeDebitFile,
  type DebitFile,
  type DebitItem,
  type ReturnedItem,
} from './standard-005.ts';
export { MOVEMENTS_MAX, readStatement, StatementFault, type StatementMovement } from './statement-csv.ts';
