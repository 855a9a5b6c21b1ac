import type { Reading } from '../../platform/acting.ts';
import * as store from './store.ts';

/** Somewhere the books disagree with themselves: what is kept beside what its postings make. */
export type Difference = Readonly<{
  /** An entry that does not balance, a kept balance, or a control account that is not its customers' sum. */
  what: 'entry' | 'account' | 'customer' | 'control';
  key: string;
  keptCents: bigint;
  foundCents: bigint;
}>;

export type Verification = Readonly<{
  entries: bigint;
  postings: bigint;
  /** Empty when the books are right; the first ones when they are not. */
  differences: readonly Difference[];
}>;

const DIFFERENCES_MAX = 100;

/** Recomputes every balance from its postings, from zero, and compares. Reads everything: not for a user's path. */
export async function verifyLedger({ db }: Pick<Reading, 'db'>): Promise<Verification> {
  const rows = await store.differencesFromZero(db, DIFFERENCES_MAX);
  return {
    ...(await store.countsOfBooks(db)),
    differences: rows.map((row) => ({
      what: row.what,
      key: row.key,
      keptCents: row.kept_cents,
      foundCents: row.found_cents,
    })),
  };
}
