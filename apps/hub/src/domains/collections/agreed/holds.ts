import { addMonths, civilDateOf } from '@gigafibre/calendar';
import { collectionsEvents, Refusal, type collectionsOperations, type ParsedOf } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { readCustomer } from '../../customers/index.ts';
import * as store from '../agreed-store.ts';
import { readAccount, type CollectionAccount } from '../read-account.ts';
import { reviewAccount } from '../review-account.ts';

type Op = typeof collectionsOperations;
type Kind = ParsedOf<Op['placeHold']>['kind'];

/** These last as long as what they are for; any other reason has a day. */
const MAY_BE_ENDLESS: readonly Kind[] = ['deceased', 'bankruptcy'];
const MONTHS_MAX = 12;

/**
 * Stops the whole ladder of a customer, for a reason and until a day. Refused without an end, but for a death and a
 * bankruptcy, and for an end that is past or more than a year away.
 */
export async function placeHold(tx: Tx, input: ParsedOf<Op['placeHold']>): Promise<CollectionAccount> {
  const { customerId, kind, reason, until } = input;
  await readCustomer(tx, customerId);
  await writeHold(tx, { customerId, kind, reason, until });
  await reviewAccount(tx, { customerId, mayAct: false });
  return readAccount(tx, customerId);
}

/** Writes a hold and tells it; refused as `placeHold` says. */
export async function writeHold(
  tx: Tx,
  { customerId, kind, reason, until }: Omit<ParsedOf<Op['placeHold']>, 'until'> & { until: string | null },
): Promise<void> {
  const today = civilDateOf(tx.now);
  const max = addMonths(today, MONTHS_MAX);
  const isEndless = until === null && MAY_BE_ENDLESS.includes(kind);
  if (!isEndless && (until === null || until < today || until > max)) throw new Refusal('hold_end', { max });
  const { id } = await store.insertHold(tx.db, {
    customer_id: customerId,
    kind,
    reason,
    until_date: until,
    placed_at: tx.now,
    placed_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  await tx.tell(collectionsEvents.holdMoved, {
    subject: id,
    customerId,
    data: { state: 'placed', kind, reason },
  });
}

/** A bank says that an account holder died: the ladder stops until somebody releases it, unless it did already. */
export async function holdForDeath(
  tx: Tx,
  { customerId, debitId }: { customerId: string; debitId: string },
): Promise<void> {
  if (await store.isHeldFor(tx.db, { customerId, kind: 'deceased' })) return;
  const reason = `Code de retour 910, ${debitId}`;
  await writeHold(tx, { customerId, kind: 'deceased', reason, until: null });
  await reviewAccount(tx, { customerId, mayAct: false });
}

/** Lets the ladder go on before the end of a hold; refused when it is released already. */
export async function releaseHold(tx: Tx, { id }: { id: string }): Promise<CollectionAccount> {
  const known = await store.holdById(tx.db, id);
  if (!known) throw new Refusal('not_found', { what: id });
  const released_by = tx.by.name ?? tx.by.id ?? tx.by.kind;
  if (!(await store.releaseHold(tx.db, { id, released_at: tx.now, released_by })))
    throw new Refusal('not_in_this_state', { what: id, state: 'released' });
  await tx.tell(collectionsEvents.holdMoved, {
    subject: id,
    customerId: known.customer_id,
    data: { state: 'released', kind: known.kind as Kind, reason: known.reason }, // held by a check constraint
  });
  await reviewAccount(tx, { customerId: known.customer_id, mayAct: false });
  return readAccount(tx, known.customer_id);
}

/** Keeps a note about a customer, or a call and how it went. */
export async function addNote(tx: Tx, input: ParsedOf<Op['addNote']>): Promise<CollectionAccount> {
  const { customerId, kind, outcome, text } = input;
  await readCustomer(tx, customerId);
  await store.insertNote(tx.db, {
    customer_id: customerId,
    kind,
    outcome: kind === 'call' ? outcome : null,
    note: text,
    at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  await tx.tell(collectionsEvents.noteAdded, { subject: customerId, customerId, data: { kind } });
  return readAccount(tx, customerId);
}
