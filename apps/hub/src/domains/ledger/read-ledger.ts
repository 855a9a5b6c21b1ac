import type { ledgerOperations, OutputOf } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { closedTo } from './closed-books.ts';
import { lastCheck } from './check-store.ts';
import * as store from './store.ts';

type Accounts = OutputOf<typeof ledgerOperations.listAccounts>;
type Entries = OutputOf<typeof ledgerOperations.listEntries>;
type ShownEntry = Entries['rows'][number];

/** The chart of accounts with balances. */
export async function listAccounts({ db }: Pick<Reading, 'db'>): Promise<Accounts> {
  const rows = await store.accountsWithBalances(db);
  const checked = await lastCheck(db);
  return {
    closedTo: await closedTo({ db }),
    lastCheck: checked?.at
      ? {
          on: checked.on,
          at: checked.at,
          entries: Number(checked.entries),
          differences: checked.differences,
        }
      : null,
    accounts: rows.map((row) => ({
      number: row.number,
      nameFr: row.name_fr,
      nameEn: row.name_en,
      // Held to these words by check constraints.
      kind: row.kind as Accounts['accounts'][number]['kind'],
      normal: row.normal as Accounts['accounts'][number]['normal'],
      balanceCents: row.balance_cents,
    })),
  };
}

export type EntryQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  account?: string | undefined;
  customerId?: string | undefined;
  documentId?: string | undefined;
}>;

/** Journal entries with their postings, newest first, a page at a time. */
export async function listEntries({ db }: Pick<Reading, 'db'>, query: EntryQuery): Promise<Entries> {
  const [before] = readCursor(query.after, z.tuple([keys.number])) ?? [];
  const rows = await store.entriesPage(db, {
    ...query,
    before: before === undefined ? null : BigInt(before),
  });
  const page = pageOf(rows, query.limit, (last) => cursorOf(last.id));
  const postings = Map.groupBy(
    page.rows.length === 0
      ? []
      : await store.postingsOf(
          db,
          page.rows.map((row) => row.id),
        ),
    (posting) => posting.entry_id,
  );
  return { next: page.next, rows: page.rows.map((row) => shown(row, postings.get(row.id) ?? [])) };
}

const shown = (row: store.EntryRow, postings: readonly store.PostingRow[]): ShownEntry => ({
  id: row.id.toString(),
  date: row.on_date,
  // Held to the kinds of documents by a check constraint.
  document: { kind: row.document_kind as ShownEntry['document']['kind'], id: row.document_id },
  memo: row.memo,
  totalCents: row.total_cents,
  postedAt: row.posted_at,
  postings: postings.map((posting) => ({
    account: posting.account,
    customerId: posting.customer_id,
    debitCents: posting.debit_cents,
    creditCents: posting.credit_cents,
  })),
});
