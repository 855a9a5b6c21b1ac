import type { Reading } from '../../platform/acting.ts';
import { monthDifferences } from './month-store.ts';
import * as store from './store.ts';

/** Somewhere what is kept about payments is not what their rows make. */
export type PaymentDifference = Readonly<{
  /** `credit` of a payment, `customer credit` in the ledger, a missing `entry`, or the sum of a `month`. */
  what: string;
  key: string;
  keptCents: bigint;
  foundCents: bigint;
}>;

const DIFFERENCES_MAX = 100;

/** Recomputes payments from their settlements and compares them with the ledger. Reads everything. */
export async function verifyPayments({ db }: Pick<Reading, 'db'>): Promise<PaymentDifference[]> {
  const rows = [
    ...(await store.differencesFromZero(db, DIFFERENCES_MAX)),
    ...(await monthDifferences(db, DIFFERENCES_MAX)),
  ];
  return rows.map((row) => ({
    what: row.what,
    key: row.key,
    keptCents: row.kept_cents,
    foundCents: row.found_cents,
  }));
}
