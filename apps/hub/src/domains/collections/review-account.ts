import { civilDateOf } from '@gigafibre/calendar';
import { collectionsEvents, type Rung } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { lockAccount } from '../ledger/index.ts';
import { weighAgreed } from './agreed/weigh-agreed.ts';
import * as agreed from './agreed-store.ts';
import * as store from './case-store.ts';
import { collectibleCents, collectibleDebts, decide, type Decision } from './ladder/next-rung.ts';
import { isCut, possiblePayments } from './debts-store.ts';
import { readSituation, type Found } from './ladder/situation.ts';
import { rungOf } from './ladder/terms.ts';
import { reconnectServices, takeRung } from './take-rung.ts';

/**
 * Looks at a customer and brings the ladder to where it must be: on it or off it, cut services given back, agreements
 * weighed, and, when `mayAct`, the rung of the moment taken or proposed. One at a time per customer; looking again
 * changes nothing.
 */
export async function reviewAccount(
  tx: Tx,
  { customerId, mayAct }: { customerId: string; mayAct: boolean },
): Promise<void> {
  await lockAccount(tx, customerId);
  await weighAgreed(tx, customerId);
  const found = await readSituation(tx, customerId);
  const decision = decide(found.situation);
  const row = found.row ?? (isForLadder(decision, civilDateOf(tx.now)) ? await open(tx, found) : undefined);
  // Without a case too: somebody may have cut by hand what is paid now.
  if (decision.lift) await reconnectServices(tx, found);
  if (!row) return;
  if (decision.clear) return close(tx, { row, found });
  const moved = await moveRound(tx, { row, decision });
  if (mayAct && decision.act) await act(tx, { found, row: moved, act: decision.act });
  await keepLook(tx, customerId);
}

/** Looks at a customer who is on the ladder, has agreed on something, or was cut for a debt; leaves all others alone. */
export async function reviewIfLate(tx: Tx, customerId: string): Promise<void> {
  const row = await store.openCase(tx.db, customerId);
  if (
    row ||
    (await agreed.openPromise(tx.db, customerId)) ||
    (await agreed.activeArrangement(tx.db, customerId)) ||
    (await isCut(tx.db, customerId))
  )
    await reviewAccount(tx, { customerId, mayAct: false });
}

/** Late, and the first rung has come or something holds it: who pays a day late is not on the ladder. */
const isForLadder = ({ clear, next }: Decision, today: string): boolean =>
  !clear && !(next?.why === 'due' && next.on !== null && next.on > today);

async function open(tx: Tx, { customer, situation }: Found): Promise<store.CaseRow> {
  const row = await store.insertCase(tx.db, {
    customer_id: customer.id,
    customer_name: customer.name,
    segment: customer.kind,
    opened_on: civilDateOf(tx.now),
    opened_at: tx.now,
    reviewed_at: tx.now,
  });
  await tellCase(tx, { row, state: 'opened', amountCents: situation.overdueCents });
  return row;
}

async function close(tx: Tx, { row, found }: { row: store.CaseRow; found: Found }): Promise<void> {
  await withdrawProposal(tx, row, 'paid');
  await store.updateCase(tx.db, { id: row.id, fields: { closed_at: tx.now, suspended_on: null } });
  await tellCase(tx, { row, state: 'closed', amountCents: found.situation.overdueCents });
}

const tellCase = (
  tx: Tx,
  { row, state, amountCents }: { row: store.CaseRow; state: 'opened' | 'closed'; amountCents: bigint },
): Promise<bigint> =>
  tx.tell(collectionsEvents.caseMoved, {
    subject: row.id,
    customerId: row.customer_id,
    data: { state, amountCents: Number(amountCents) },
  });

async function moveRound(
  tx: Tx,
  { row, decision }: { row: store.CaseRow; decision: Decision },
): Promise<store.CaseRow> {
  const { round, suspendedOn } = decision;
  if (round === row.round && suspendedOn === row.suspended_on) return row;
  await store.updateCase(tx.db, { id: row.id, fields: { round, suspended_on: suspendedOn } });
  return { ...row, round, suspended_on: suspendedOn };
}

type Acting = Readonly<{ found: Found; row: store.CaseRow; act: NonNullable<Decision['act']> }>;

async function act(tx: Tx, { found, row, act: { rung, announcedOn } }: Acting): Promise<void> {
  // An agency is always named by a person; and nobody is cut by itself who may have paid.
  const isProposed =
    rungOf(found.terms, rung).mode === 'proposed' ||
    rung === 'hand_off' ||
    ((rung === 'suspension' || rung === 'termination') && (await mayHavePaid(tx, found.customer.id)));
  if (!isProposed) return void (await takeRung(tx, { found, row, rung, announcedOn }));
  const known = await store.openProposal(tx.db, row.id);
  if (known?.rung === rung && known.round === row.round) return;
  await withdrawProposal(tx, row, 'overtaken');
  const amountCents = collectibleCents(found.situation);
  const made = await store.insertProposal(tx.db, {
    case_id: row.id,
    customer_id: row.customer_id,
    rung,
    round: row.round,
    amount_cents: amountCents,
    made_at: tx.now,
  });
  if (made)
    await tx.tell(collectionsEvents.stepProposed, {
      subject: made.id,
      customerId: row.customer_id,
      data: { rung, amountCents: Number(amountCents) },
    });
}

const mayHavePaid = async ({ db }: Tx, customerId: string): Promise<boolean> =>
  (await possiblePayments(db, customerId)).length > 0;

async function withdrawProposal(tx: Tx, row: store.CaseRow, reason: string): Promise<void> {
  const known = await store.openProposal(tx.db, row.id);
  if (!known) return;
  const by = tx.by.name ?? tx.by.id ?? tx.by.kind;
  await store.closeProposal(tx.db, {
    id: known.id,
    state: 'withdrawn',
    decided_at: tx.now,
    decided_by: by,
    reason,
  });
  await tx.tell(collectionsEvents.stepDecided, {
    subject: known.id,
    customerId: row.customer_id,
    data: { rung: known.rung as Rung, state: 'withdrawn', reason },
  });
}

/** Writes what the list of the workbench shows, as it stands after everything above. */
async function keepLook(tx: Tx, customerId: string): Promise<void> {
  const found = await readSituation(tx, customerId);
  const { row, situation, steps, debits } = found;
  if (!row) return;
  const { next } = decide(situation);
  const open = await store.openProposal(tx.db, row.id);
  // What was proposed and may not be done now is not proposed any more; it will be again.
  const isStale = open && (open.round !== row.round || next?.rung !== open.rung || next.why === 'held');
  if (isStale) await withdrawProposal(tx, row, 'held');
  const proposed = open && !isStale ? open.rung : null;
  const last = steps.at(-1);
  const [promise] = await agreed.promisesOf(tx.db, customerId);
  const [arrangement] = await agreed.arrangementsOf(tx.db, customerId);
  await store.updateCase(tx.db, {
    id: row.id,
    fields: {
      anchor_due_on: collectibleDebts(situation)[0]?.dueOn ?? null,
      customer_name: found.customer.name,
      segment: found.customer.kind,
      overdue_cents: situation.overdueCents,
      collectible_cents: collectibleCents(situation),
      oldest_due_on: found.invoices[0]?.due_on ?? null,
      rung: last?.rung ?? null,
      rung_on: last?.on_date ?? null,
      next_rung: next?.rung ?? null,
      next_on: next?.on ?? null,
      next_why: next === null ? null : proposed !== null ? 'proposed' : next.why,
      holds: situation.holds.map(({ kind }) => kind),
      proposed,
      promise_state: promise?.state ?? null,
      arrangement_state: arrangement?.state ?? null,
      returned_debit: debits.returned,
      reviewed_at: tx.now,
    },
  });
}
