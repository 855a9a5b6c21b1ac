export {
  accountBetween,
  accountOf,
  accountsOf,
  balanceOf,
  movementsSinceInvoice,
  type AccountMovement,
  type CustomerAccount,
} from './balances.ts';
export { lockAccount, post } from './post.ts';
export { ledgerRoutes } from './routes.ts';
export { verifyLedger, type Difference, type Verification } from './verify-ledger.ts';
