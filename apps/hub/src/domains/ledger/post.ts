import type { Entry } from '@gigafibre/ledger';
import type { Tx } from '../../platform/acting.ts';
import { lockFor } from '../../platform/transact.ts';
import * as store from './store.ts';

/**
 * Posts an entry in the transaction of the document that makes it; the database checks that it balances and
 * moves the balances. A document that has its entry already is a bug of the caller, and throws.
 */
export async function post(tx: Tx, entry: Entry): Promise<{ id: bigint }> {
  const id = await store.insertEntry(tx.db, {
    entry,
    row: { posted_at: tx.now, actor_kind: tx.by.kind, actor_id: tx.by.id },
  });
  if (id === undefined) throw new Error(`${entry.document.kind} ${entry.document.id} is posted already`);
  return { id };
}

/**
 * Makes the verbs that move one customer's money wait for each other until the transaction ends. Taken first,
 * before any row, so that two of them never hold what the other wants.
 */
export const lockAccount = (tx: Pick<Tx, 'db'>, customerId: string): Promise<unknown> =>
  lockFor(tx, `account:${customerId}`);
