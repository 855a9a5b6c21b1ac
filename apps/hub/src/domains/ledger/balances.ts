import { ACCOUNTS, type DocumentKind } from '@gigafibre/ledger';
import type { Reading } from '../../platform/acting.ts';
import * as store from './store.ts';

type Db = Pick<Reading, 'db'>;

/** A customer's account: what is due on invoices, and money held that no invoice has taken (both zero or more). */
export type CustomerAccount = Readonly<{
  receivableCents: bigint;
  creditCents: bigint;
  balanceCents: bigint;
}>;

const EMPTY: CustomerAccount = Object.freeze({ receivableCents: 0n, creditCents: 0n, balanceCents: 0n });

/** What a customer owes in cents; negative when the company owes them. An unknown customer owes nothing. */
export async function balanceOf(reading: Db, customerId: string): Promise<bigint> {
  return (await accountOf(reading, customerId)).balanceCents;
}

/** One customer's account. */
export async function accountOf(reading: Db, customerId: string): Promise<CustomerAccount> {
  return (await accountsOf(reading, [customerId])).get(customerId) ?? EMPTY;
}

/** The accounts of some customers; those without a movement are absent. */
export async function accountsOf(
  { db }: Db,
  customerIds: readonly string[],
): Promise<Map<string, CustomerAccount>> {
  const accounts = new Map<string, CustomerAccount>();
  if (customerIds.length === 0) return accounts;
  for (const row of await store.customerBalances(db, customerIds)) {
    const before = accounts.get(row.customer_id) ?? EMPTY;
    const receivableCents =
      before.receivableCents + (row.account === ACCOUNTS.receivables ? row.balance_cents : 0n);
    const creditCents =
      before.creditCents - (row.account === ACCOUNTS.unappliedCredits ? row.balance_cents : 0n);
    accounts.set(row.customer_id, {
      receivableCents,
      creditCents,
      balanceCents: receivableCents - creditCents,
    });
  }
  return accounts;
}

/** Something that moved a customer's balance: positive when they owe more. */
export type AccountMovement = Readonly<{ kind: DocumentKind; id: string; on: string; cents: bigint }>;

const MOVEMENTS_MAX = 40;

/**
 * What moved the balances of some customers since the newest invoice of each, oldest first; of very many, the newest.
 * Those whose balance did not move are absent.
 */
export async function movementsSinceInvoices(
  { db }: Db,
  customerIds: readonly string[],
): Promise<Map<string, AccountMovement[]>> {
  if (customerIds.length === 0) return new Map();
  const rows = await store.movementsSinceInvoice(db, { customerIds, limit: MOVEMENTS_MAX });
  const movements = new Map<string, AccountMovement[]>();
  for (const { customer_id, kind, id, on_date, cents } of rows) {
    const before = movements.get(customer_id) ?? [];
    movements.set(customer_id, [...before, { kind, id, on: on_date, cents }]);
  }
  return movements;
}

/** A customer's account between two days, both included; undefined when more than `limit` documents moved it. */
export async function accountBetween(
  { db }: Db,
  days: { customerId: string; from: string; to: string; limit: number },
): Promise<{ openingCents: bigint; movements: AccountMovement[] } | undefined> {
  const rows = await store.movementsBetween(db, days);
  if (rows.length > days.limit) return undefined;
  return {
    openingCents: await store.balanceBefore(db, { customerId: days.customerId, on: days.from }),
    movements: rows.map(({ kind, id, on_date, cents }) => ({ kind, id, on: on_date, cents })),
  };
}
