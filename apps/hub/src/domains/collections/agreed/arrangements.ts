import { addMonths, civilDateOf } from '@gigafibre/calendar';
import { collectionsEvents, Refusal } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import { lockAccount } from '../../ledger/index.ts';
import * as store from '../agreed-store.ts';
import { readSituation } from '../ladder/situation.ts';
import { readAccount, type CollectionAccount } from '../read-account.ts';
import { reviewAccount } from '../review-account.ts';
import { moveArrangement } from './weigh-agreed.ts';

const MONTHS_MAX = 12;
type Instalment = Readonly<{ dueOn: string; amountCents: bigint }>;

/**
 * Agrees on instalments that add up, to the cent, to what is overdue and not contested; what was cut is given back.
 * Refused while another is under way, when nothing is overdue, and for days that are past, out of order or too far.
 */
export async function makeArrangement(
  tx: Tx,
  { customerId, instalments, note }: { customerId: string; instalments: readonly Instalment[]; note: string },
): Promise<CollectionAccount> {
  await lockAccount(tx, customerId);
  const { invoices, arrangement } = await readSituation(tx, customerId);
  if (arrangement) throw new Refusal('arrangement_open', { arrangement: arrangement.id });
  const covered = invoices
    .map((one) => ({ invoice_id: one.id, amount_cents: one.outstanding_cents - one.disputed_cents }))
    .filter(({ amount_cents }) => amount_cents > 0n);
  if (covered.length === 0) throw new Refusal('nothing_overdue');
  refuseDays(instalments, civilDateOf(tx.now));
  const debtCents = sumCents(covered.map(({ amount_cents }) => amount_cents));
  const sum = sumCents(instalments.map(({ amountCents }) => amountCents));
  if (sum !== debtCents)
    throw new Refusal('arrangement_sum', { sumCents: Number(sum), debtCents: Number(debtCents) });
  const id = await store.insertArrangement(tx.db, {
    arrangement: {
      customer_id: customerId,
      total_cents: debtCents,
      note,
      made_at: tx.now,
      moved_at: tx.now,
      by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    },
    invoices: covered,
    instalments: instalments.map(({ dueOn, amountCents }) => ({ due_on: dueOn, amount_cents: amountCents })),
  });
  await tx.tell(collectionsEvents.arrangementMoved, {
    subject: id,
    customerId,
    data: { state: 'active', totalCents: Number(debtCents) },
  });
  await reviewAccount(tx, { customerId, mayAct: false });
  return readAccount(tx, customerId);
}

function refuseDays(instalments: readonly Instalment[], today: string): void {
  const max = addMonths(today, MONTHS_MAX);
  let after = '';
  for (const { dueOn, amountCents } of instalments) {
    if (dueOn < today || dueOn > max || dueOn <= after || amountCents <= 0n)
      throw new Refusal('arrangement_days', { max });
    after = dueOn;
  }
}

/** Ends an arrangement under way; what is left is asked for again by the ladder. */
export async function cancelArrangement(
  tx: Tx,
  { id, reason }: { id: string; reason: string },
): Promise<CollectionAccount> {
  const known = await store.arrangementById(tx.db, id);
  if (!known) throw new Refusal('not_found', { what: id });
  await lockAccount(tx, known.customer_id);
  if ((await store.activeArrangement(tx.db, known.customer_id))?.id !== id)
    throw new Refusal('not_in_this_state', { what: id, state: known.state });
  await moveArrangement(tx, known, 'cancelled');
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
