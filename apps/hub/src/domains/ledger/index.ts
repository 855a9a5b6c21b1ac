export {
  accountBetween,
  accountOf,
  accountsOf,
  balanceOf,
  movementsSinceInvoices,
  type AccountMovement,
  type CustomerAccount,
} from './balances.ts';
export { checkBooksTick } from './check-books.ts';
export type { CheckDifference } from './check-store.ts';
export { lockAccount, lockAccounts, post, postAll } from './post.ts';
export { ledgerRoutes } from './routes.ts';
export { refreshStatistics as refreshLedgerStatistics } from './store.ts';
export { verifyLedger, type Difference, type Verification } from './verify-ledger.ts';
