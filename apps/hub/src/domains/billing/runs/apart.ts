import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { databaseCode } from '../../../platform/transact.ts';
import * as store from '../run-store.ts';

/** A refusal, what a constraint or a check of the schema says, or a bug that this customer's data meets. */
const isOfTheCustomer = (error: unknown): boolean => {
  if (error instanceof Refusal) return true;
  const code = databaseCode(error) || (error instanceof Error ? databaseCode(error.cause) : '');
  // Everything else the server says (a lock or a statement that took too long, a lost connection, a full disk) will
  // be over when the job runs again: said of a customer it would keep them from their bill for a month.
  return code === '' || /^(22|23|P0)/.test(code);
};

/** Undoes what `act` wrote when it fails, and says why: one customer keeps nobody else of a run waiting. */
export async function apart<T>(tx: Tx, act: () => Promise<T>): Promise<T | { problem: string }> {
  await store.markPlace(tx.db);
  try {
    const result = await act();
    // What is checked when the transaction commits is checked now: then it would take everybody else's with it.
    await store.checkNow(tx.db);
    await store.leavePlace(tx.db);
    return result;
  } catch (error) {
    if (!isOfTheCustomer(error)) throw error;
    await store.backToPlace(tx.db);
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
