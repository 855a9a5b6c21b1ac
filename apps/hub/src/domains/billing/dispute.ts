import { receivableEvents, Refusal, type OutputOf, type receivableOperations } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { lockAccount } from '../ledger/index.ts';
import * as notes from './credit-note-store.ts';
import * as store from './receivable-store.ts';
import * as invoices from './store.ts';
import type { ReceivableQuery } from './write-off.ts';

export type Dispute = OutputOf<typeof receivableOperations.openDispute>;

/**
 * Writes down that a customer contests what is left of an invoice, or a part of it: until it is decided, nobody
 * collects it. Refused when nothing is left, for more than is left, and while another dispute of it is open.
 */
export async function openDispute(
  tx: Tx,
  { id, amountCents, reason }: { id: string; amountCents?: bigint | undefined; reason: string },
): Promise<Dispute> {
  const known = await invoices.invoiceById(tx.db, id);
  if (!known) throw new Refusal('not_found', { what: id });
  await lockAccount(tx, known.customer_id);
  const open = await store.openDisputeOf(tx.db, id);
  if (open) throw new Refusal('dispute_open', { invoice: id, dispute: open.id });
  const leftCents = ((await invoices.invoiceForUpdate(tx.db, id)) ?? known).outstanding_cents;
  if (leftCents === 0n) throw new Refusal('nothing_outstanding', { invoice: id });
  const cents = amountCents ?? leftCents;
  if (cents <= 0n) throw new Refusal('amount_not_positive');
  if (cents > leftCents) throw new Refusal('amount_above_outstanding', { leftCents: Number(leftCents) });
  const dispute = await store.insertDispute(tx.db, {
    invoice_id: id,
    customer_id: known.customer_id,
    amount_cents: cents,
    reason,
    opened_at: tx.now,
    opened_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  await tx.tell(receivableEvents.disputeOpened, {
    subject: dispute.id,
    customerId: known.customer_id,
    data: { invoiceId: id, amountCents: Number(cents), reason },
  });
  return readDispute(tx, dispute.id);
}

export type Deciding = Readonly<{
  id: string;
  outcome: 'credited' | 'upheld';
  note: string;
  creditNoteId?: string | undefined;
}>;

/** Decides a dispute: `credited` names the credit note of the invoice that grants it, `upheld` names none. */
export async function closeDispute(tx: Tx, { id, outcome, note, creditNoteId }: Deciding): Promise<Dispute> {
  const row = await store.disputeById(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  await lockAccount(tx, row.customer_id);
  const credit = creditNoteId === undefined ? undefined : await notes.creditNoteById(tx.db, creditNoteId);
  const granted = outcome === 'credited' && credit?.invoice_id === row.invoice_id;
  if (!granted && (outcome === 'credited' || creditNoteId !== undefined))
    throw new Refusal('dispute_credit_note', { invoice: row.invoice_id });
  const closed = await store.insertOutcome(tx.db, {
    dispute_id: id,
    outcome,
    note,
    credit_note_id: creditNoteId ?? null,
    closed_at: tx.now,
    closed_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  if (!closed) throw new Refusal('dispute_closed', { dispute: id });
  await tx.tell(receivableEvents.disputeClosed, {
    subject: id,
    customerId: row.customer_id,
    data: { invoiceId: row.invoice_id, outcome, amountCents: Number(row.amount_cents) },
  });
  return readDispute(tx, id);
}

/** Disputes newest first, a page at a time. */
export async function listDisputes(
  { db }: Pick<Reading, 'db'>,
  { after, ...filter }: ReceivableQuery & { show: 'all' | 'open' },
): Promise<{ rows: Dispute[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const rows = await store.disputesPage(db, { ...filter, before });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.opened_at, last.id));
  return { next: page.next, rows: page.rows.map(disputeOf) };
}

async function readDispute({ db }: Pick<Reading, 'db'>, id: string): Promise<Dispute> {
  const row = await store.disputeById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return disputeOf(row);
}

const disputeOf = (row: store.DisputeRow): Dispute => ({
  id: row.id,
  invoiceId: row.invoice_id,
  customerId: row.customer_id,
  amountCents: row.amount_cents,
  reason: row.reason,
  openedAt: row.opened_at,
  openedBy: row.opened_by,
  outcome: row.outcome as Dispute['outcome'], // held by a check constraint
  note: row.note,
  creditNoteId: row.credit_note_id,
  closedAt: row.closed_at,
  closedBy: row.closed_by,
});
