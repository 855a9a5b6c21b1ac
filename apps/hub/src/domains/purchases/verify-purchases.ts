import type { Reading } from '../../platform/acting.ts';
import * as store from './verification-store.ts';

/** Somewhere what is kept about purchases is not what their rows, or the ledger, make. */
export type PurchaseDifference = Readonly<{
  /**
   * A `posting` of a bill or payment that is missing, too much or of another amount; the `lines` of a bill; a
   * `payment` or a `paid bill` beside what was settled; the `payable` account beside what is approved and unpaid.
   */
  what: string;
  key: string;
  keptCents: bigint;
  foundCents: bigint;
}>;

const DIFFERENCES_MAX = 100;

/** Recomputes bills and payments from their rows and compares them with the ledger. Reads everything. */
export async function verifyPurchases({ db }: Pick<Reading, 'db'>): Promise<PurchaseDifference[]> {
  const rows = await store.differencesFromZero(db, DIFFERENCES_MAX);
  return rows.map((row) => ({
    what: row.what,
    key: row.key,
    keptCents: row.kept_cents,
    foundCents: row.found_cents,
  }));
}
