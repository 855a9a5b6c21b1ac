import type { Tx } from '../../../platform/acting.ts';
import { balanceOf } from '../../ledger/index.ts';
import { contestedCents } from '../debit-store.ts';

/** Cents of a customer's whole balance that may be taken from them: without what they contest. Never negative. */
export async function chargeableOf(tx: Pick<Tx, 'db'>, customerId: string): Promise<bigint> {
  const cents = (await balanceOf(tx, customerId)) - (await contestedCents(tx.db, customerId));
  return cents > 0n ? cents : 0n;
}
