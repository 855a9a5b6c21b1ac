import type { Entry } from '@gigafibre/ledger';
import type { Tx } from '../../platform/acting.ts';
import { lockFor, lockForAll } from '../../platform/transact.ts';
import { requireOpen } from './closed-books.ts';
import * as store from './store.ts';

/**
 * Posts an entry in the transaction of the document that makes it; the database checks that it balances and
 * moves the balances. A document that has its entry already is a bug of the caller, and throws.
 */
export async function post(tx: Tx, entry: Entry): Promise<{ id: bigint }> {
  const [id] = await postAll(tx, [entry]);
  if (id === undefined) throw new Error(`${entry.document.kind} ${entry.document.id}: no entry was written`);
  return { id };
}

/** The same for the documents of a batch, in as many statements as for one. A day in closed books is refused to people. */
export async function postAll(tx: Tx, entries: readonly Entry[]): Promise<bigint[]> {
  await requireOpen(
    tx,
    entries.map(({ date }) => date),
  );
  return store.insertEntries(tx.db, {
    entries,
    posted: { posted_at: tx.now, actor_kind: tx.by.kind, actor_id: tx.by.id },
  });
}

/**
 * Makes the verbs that move one customer's money wait for each other until the transaction ends. Taken first,
 * before any row, so that two of them never hold what the other wants.
 */
export const lockAccount = (tx: Pick<Tx, 'db'>, customerId: string): Promise<unknown> =>
  lockFor(tx, nameOf(customerId));

/** The same for several customers, always in the same order. */
export const lockAccounts = (tx: Pick<Tx, 'db'>, customerIds: readonly string[]): Promise<unknown> =>
  lockForAll(tx, customerIds.map(nameOf));

const nameOf = (customerId: string): string => `account:${customerId}`;
