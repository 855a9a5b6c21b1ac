import type { Tx } from '../../../platform/acting.ts';
import { isNobodysFault } from '../../../platform/transact.ts';
import * as store from '../run-store.ts';

/** Undoes what `act` wrote when it fails, and says why: one customer keeps nobody else of a run waiting. */
export async function apart<T>(tx: Tx, act: () => Promise<T>): Promise<T | { problem: string }> {
  await store.markPlace(tx.db);
  try {
    const result = await act();
    // What is checked when the transaction commits is checked now: then it would take everybody else's with it.
    await store.checkNow(tx.db);
    return result;
  } catch (error) {
    if (isNobodysFault(error)) throw error;
    await store.backToPlace(tx.db);
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
