import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import * as store from '../refund-store.ts';
import { carryOut } from './carry-out.ts';
import { readRefund } from './read-refunds.ts';
import { moveRefund, type Refund } from './refund.ts';

/** Approves a refund that waits, and carries it out. Refused to the one who asked, and when it was decided already. */
export async function approveRefund(tx: Tx, { id }: { id: string }): Promise<Refund> {
  const row = await waiting(tx, id);
  if (row.asked_by_id !== null && row.asked_by_id === tx.by.id) throw new Refusal('own_refund');
  await store.updateRefund(tx.db, { id, fields: decidedNow(tx) });
  await carryOut(tx, id);
  return readRefund(tx, id);
}

/** Turns down a refund that waits. Nothing had moved. */
export async function rejectRefund(tx: Tx, { id, note }: { id: string; note: string }): Promise<Refund> {
  await waiting(tx, id);
  await moveRefund(tx, id, { ...decidedNow(tx), state: 'rejected', failure: note });
  return readRefund(tx, id);
}

async function waiting(tx: Tx, id: string) {
  const row = await store.refundForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  if (row.state !== 'awaiting_approval') throw new Refusal('not_in_this_state', { state: row.state });
  return row;
}

const decidedNow = (tx: Tx) => ({
  decided_at: tx.now,
  decided_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
});
