import type { CardRefusal } from './cards.ts';

/** What a bank makes of a debit of an account, days after it was asked. */
export type DebitAnswer =
  | { readonly is: 'paid' }
  /** Paid, then contested by the account's holder. */
  | { readonly is: 'contested' }
  | { readonly is: 'returned'; readonly refusal: CardRefusal };

const returned = (code: string): DebitAnswer => ({ is: 'returned', refusal: { code } });

/** Test accounts by number (institution 000, transit 11000), as Stripe documents them, and some by name. */
export const TEST_ACCOUNTS: ReadonlyMap<string, DebitAnswer> = new Map([
  ['000123456789', { is: 'paid' }],
  ['900123456789', { is: 'paid' }],
  ['000222222227', returned('insufficient_funds')],
  ['900222222227', returned('insufficient_funds')],
  ['000000000001', returned('account_closed')],
  ['000000000002', returned('no_account')],
  ['000000000003', returned('debit_not_authorized')],
  ['000000000004', { is: 'contested' }],
]);

/** Test bank accounts by token, and the number each stands for. */
export const BANK_TOKENS: ReadonlyMap<string, string> = new Map([
  ['pm_acssDebit_success', '000123456789'],
  ['pm_acssDebit_insufficientFunds', '000222222227'],
  ['pm_acssDebit_accountClosed', '000000000001'],
  ['pm_acssDebit_noAccount', '000000000002'],
  ['pm_acssDebit_debitNotAuthorized', '000000000003'],
  ['pm_acssDebit_dispute', '000000000004'],
]);

/** What the bank answers for an account; one nobody has is not found. */
export const debitAnswer = (number: string): DebitAnswer =>
  TEST_ACCOUNTS.get(number) ?? returned('no_account');
