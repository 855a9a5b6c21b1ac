import { addDays, civilDateOf } from '@gigafibre/calendar';
import { collectionsEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { lockAccount } from '../../ledger/index.ts';
import * as store from '../agreed-store.ts';
import { collectibleCents } from '../ladder/next-rung.ts';
import { readSituation } from '../ladder/situation.ts';
import { readAccount, type CollectionAccount } from '../read-account.ts';
import { reviewAccount } from '../review-account.ts';
import { movePromise } from './weigh-agreed.ts';

/** A promise further away than this is an arrangement. */
const DAYS_MAX = 30;

/**
 * Writes down a promise to pay; until its day the ladder waits. Refused while another is open, when nothing is
 * overdue, for a day that is past or further than 30 days, for nothing and for more than is overdue.
 */
export async function recordPromise(
  tx: Tx,
  {
    customerId,
    amountCents,
    on,
    note,
  }: { customerId: string; amountCents: bigint; on: string; note: string },
): Promise<CollectionAccount> {
  await lockAccount(tx, customerId);
  const { situation, promise } = await readSituation(tx, customerId);
  if (promise) throw new Refusal('promise_open', { on: promise.on_date });
  const maxCents = collectibleCents(situation);
  if (maxCents === 0n) throw new Refusal('nothing_overdue');
  const today = civilDateOf(tx.now);
  const max = addDays(today, DAYS_MAX);
  if (on < today || on > max) throw new Refusal('promise_day', { max });
  if (amountCents <= 0n || amountCents > maxCents)
    throw new Refusal('promise_amount', { maxCents: Number(maxCents) });
  const made = await store.insertPromise(tx.db, {
    customer_id: customerId,
    amount_cents: amountCents,
    on_date: on,
    note,
    made_at: tx.now,
    moved_at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  if (!made) throw new Refusal('promise_open', { on });
  await tx.tell(collectionsEvents.promiseMoved, {
    subject: made.id,
    customerId,
    data: { state: 'open', amountCents: Number(amountCents), on },
  });
  await reviewAccount(tx, { customerId, mayAct: false });
  return readAccount(tx, customerId);
}

/** Takes an open promise back; the ladder goes on. Refused once it is kept, broken or taken back. */
export async function cancelPromise(
  tx: Tx,
  { id, reason }: { id: string; reason: string },
): Promise<CollectionAccount> {
  const known = await store.promiseById(tx.db, id);
  if (!known) throw new Refusal('not_found', { what: id });
  await lockAccount(tx, known.customer_id);
  const promise = await store.openPromise(tx.db, known.customer_id);
  if (promise?.id !== id) throw new Refusal('not_in_this_state', { what: id, state: known.state });
  await movePromise(tx, promise, 'cancelled');
  await store.insertNote(tx.db, {
    customer_id: known.customer_id,
    kind: 'note',
    note: `${id} : ${reason}`,
    at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  await reviewAccount(tx, { customerId: known.customer_id, mayAct: false });
  return readAccount(tx, known.customer_id);
}
