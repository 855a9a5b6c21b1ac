import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import * as moves from '../moves-store.ts';

/**
 * Refuses that something begins before the day of the last move that was done: it would stay at the old address, and
 * be taxed there, on the days since. `to` is the last day that can be asked for.
 */
export async function refuseBeforeLastMove(
  tx: Pick<Tx, 'db'>,
  { id, on, to }: Readonly<{ id: string; on: string; to: string }>,
): Promise<void> {
  const from = await moves.lastMoveDone(tx.db, id);
  if (from !== undefined && on < from) throw new Refusal('change_day', { from, to });
}
