import type { Reading } from '../../platform/acting.ts';
import { monthDifferences } from './month-store.ts';
import { recognitionDifferences } from './recognition-store.ts';
import * as store from './verification-store.ts';

/** Somewhere what is kept about invoices is not what their rows make. */
export type BillingDifference = Readonly<{
  /**
   * `settled`, `credited`, `written off` or `disputed` of an invoice, `tax credited` beyond or short of one of its
   * taxes, `note credit` left of a credit note, a `cycle` whose lines and charges are not its cents, or
   * of which something else was `given up`, `receivable` of a customer in the ledger, a missing `entry`, a number
   * `gap`, the sum of a `month`, `deferred` revenue in the ledger, a `recognition` beside its rows, what is
   * `recognised` of a line, or the sums of `revenue days`.
   */
  what: string;
  key: string;
  keptCents: bigint;
  foundCents: bigint;
}>;

const DIFFERENCES_MAX = 100;

/** Recomputes invoices from their settlements and compares them with the ledger. Reads everything. */
export async function verifyBilling({ db }: Pick<Reading, 'db'>): Promise<BillingDifference[]> {
  const rows = [
    ...(await store.differencesFromZero(db, DIFFERENCES_MAX)),
    ...(await monthDifferences(db, DIFFERENCES_MAX)),
    ...(await recognitionDifferences(db, DIFFERENCES_MAX)),
  ];
  return rows.map((row) => ({
    what: row.what,
    key: row.key,
    keptCents: row.kept_cents,
    foundCents: row.found_cents,
  }));
}
