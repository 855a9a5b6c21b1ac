import type { Cents } from '@gigafibre/money';
import { ACCOUNTS } from './chart.ts';
import type { Entry } from './entry.ts';

/** Debits less credits of each account that has moved; all of them together are zero. */
export function balancesByAccount(entries: Iterable<Entry>): Map<string, Cents> {
  const balances = new Map<string, Cents>();
  for (const { postings } of entries) {
    for (const { account, debitCents, creditCents } of postings) {
      balances.set(account, (balances.get(account) ?? 0n) + debitCents - creditCents);
    }
  }
  return balances;
}

/**
 * What each customer owes: receivables less their unapplied credits; negative when the company owes them.
 * Deposits are not in it: they are held, not owed. Equals the two control accounts together, every day.
 */
export function balancesByCustomer(entries: Iterable<Entry>): Map<string, Cents> {
  const balances = new Map<string, Cents>();
  for (const { postings } of entries) {
    for (const { account, customerId, debitCents, creditCents } of postings) {
      if (account !== ACCOUNTS.receivables && account !== ACCOUNTS.unappliedCredits) continue;
      if (customerId === undefined) throw new Error(`posting to ${account} without a customer`);
      balances.set(customerId, (balances.get(customerId) ?? 0n) + debitCents - creditCents);
    }
  }
  return balances;
}
