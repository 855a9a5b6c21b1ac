import { civilDateOf } from '@gigafibre/calendar';
import { collectionsEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { lockAccount } from '../ledger/index.ts';
import * as store from './case-store.ts';
import { decide } from './ladder/next-rung.ts';
import { readSituation, takenOf } from './ladder/situation.ts';
import { notNow } from './not-now.ts';
import { readAccount, type CollectionAccount } from './read-account.ts';
import { reviewAccount } from './review-account.ts';
import { takeRung } from './take-rung.ts';

/** Says how a notice reached its customer otherwise; its delay runs from that day. Refused once it is proven. */
export async function proveNotice(
  tx: Tx,
  { id, how, on }: { id: string; how: string; on: string },
): Promise<CollectionAccount> {
  const step = await unproven(tx, id);
  const today = civilDateOf(tx.now);
  if (on < step.on_date || on > today) throw new Refusal('proof_day', { from: step.on_date });
  const by = tx.by.name ?? tx.by.id ?? tx.by.kind;
  const proven = await store.insertProof(tx.db, { step_id: id, how, on_date: on, at: tx.now, by });
  if (!proven) throw new Refusal('not_in_this_state', { what: id, state: 'proven' });
  await tx.tell(collectionsEvents.noticeProven, { subject: id, customerId: step.customer_id, data: { how } });
  await reviewAccount(tx, { customerId: step.customer_id, mayAct: false });
  return readAccount(tx, step.customer_id);
}

/**
 * Gives a notice that did not reach the customer anew: a round of its own, with a delay of its own. Refused for one
 * that is proven, that is not of this round, and at a moment at which nobody may be written to.
 */
export async function repeatNotice(tx: Tx, { id }: { id: string }): Promise<CollectionAccount> {
  const step = await unproven(tx, id);
  const { customer_id: customerId } = step;
  const before = await store.openCase(tx.db, customerId);
  if (before?.id !== step.case_id || before.round !== step.round)
    throw new Refusal('not_in_this_state', { what: id, state: 'past' });
  await store.updateCase(tx.db, { id: before.id, fields: { round: before.round + 1 } });
  const found = await readSituation(tx, customerId);
  const { act, next } = decide(found.situation);
  if (!found.row || !act) throw new Refusal('ladder_not_now', notNow(next));
  await takeRung(tx, { found, row: found.row, rung: act.rung, announcedOn: act.announcedOn });
  await reviewAccount(tx, { customerId, mayAct: false });
  return readAccount(tx, customerId);
}

async function unproven(tx: Tx, id: string): Promise<store.StepRow> {
  const known = await store.stepById(tx.db, id);
  if (!known) throw new Refusal('not_found', { what: id });
  await lockAccount(tx, known.customer_id);
  if (takenOf(known).provenAt !== null) throw new Refusal('not_in_this_state', { what: id, state: 'proven' });
  return known;
}
