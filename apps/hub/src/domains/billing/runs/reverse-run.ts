import { billingRunsEvents, type runReversal } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Tx } from '../../../platform/acting.ts';
import { lockAccounts } from '../../ledger/index.ts';
import { creditNoteById } from '../credit-note-store.ts';
import { issueCreditNote } from '../issue-credit-note.ts';
import * as reversals from '../run-reversal-store.ts';
import * as store from '../run-store.ts';
import * as invoices from '../store.ts';
import { isUsed, undoAccountCredit } from '../undo-account-credit.ts';
import { apart } from './apart.ts';

export const REVERSE_JOB = 'billing.reverse-run';

/** Customers dealt with in one transaction: the series of credit notes is held until it ends. */
const PAGE = 25;

type Reversal = z.output<typeof runReversal>;
type TakenBack = Readonly<{ reversal: Reversal; noteId: string | null; problem: string | null }>;

/**
 * Takes back the invoices of the next customers of a run that is being reversed, and asks for those after them. An
 * invoice that nothing was put against is credited whole, a note whose credit was not used is undone, and what they
 * billed waits again, in this transaction; any other is left, with why. A crash loses one page, whole, and its job comes again.
 */
export async function reversePage(
  tx: Tx,
  { runId, after = '' }: { runId: string; after?: string | undefined },
): Promise<void> {
  const run = await store.runForUpdate(tx.db, runId);
  if (run?.state !== 'reversing') return;
  const rows = await reversals.customersToReverse(tx.db, { runId, after, limit: PAGE });
  const last = rows.at(-1);
  if (!last) return finish(tx, runId);
  await lockAccounts(
    tx,
    rows.map((row) => row.customer_id),
  );
  for (const row of rows) {
    const taken = await apart(tx, () => takeBack(tx, row, run.reversal_reason ?? ''));
    const { customer_id: customerId } = row;
    await reversals.putReversal(tx.db, {
      runId,
      customerId,
      ...('reversal' in taken ? taken : { reversal: 'failed', noteId: null, problem: taken.problem }),
    });
  }
  const { reversed } = await store.addReversed(tx.db, runId, rows.length);
  await tx.tell(billingRunsEvents.runProgressed, { subject: runId, data: { done: reversed } });
  await tx.enqueue(REVERSE_JOB, { runId, after: last.customer_id });
}

const left = (reversal: Reversal): TakenBack => ({ reversal, noteId: null, problem: null });

async function takeBack(tx: Tx, row: store.RunCustomerRow, reason: string): Promise<TakenBack> {
  if (row.invoice_id === null) return undoNote(tx, row, reason);
  const invoice = await invoices.invoiceForUpdate(tx.db, row.invoice_id);
  if (!invoice) throw new Error(`${row.run_id} issued ${row.invoice_id}, which is not there`);
  const why = whyLeft(invoice);
  if (why) return left(why);
  const note = await issueCreditNote(tx, { invoiceId: invoice.id, chosen: 'all', reason, billAgain: true });
  return { reversal: 'credited', noteId: note.id, problem: null };
}

/** The note that a bill below zero became is undone by an invoice, unless some of its credit was used. */
async function undoNote(tx: Tx, row: store.RunCustomerRow, reason: string): Promise<TakenBack> {
  const { credit_note_id: noteId } = row;
  const note = noteId === null ? undefined : await creditNoteById(tx.db, noteId);
  if (!note) throw new Error(`${row.run_id} credited ${row.customer_id} by ${noteId}, which is not there`);
  if (isUsed(note)) return left('credit_used');
  await undoAccountCredit(tx, { noteId: note.id, reason });
  return left('undone');
}

/** Why an invoice is not taken back by a reversal; a person can still credit it. */
function whyLeft(invoice: invoices.InvoiceRow): Reversal | undefined {
  if (invoice.total_cents === 0n) return 'nothing';
  if (invoice.written_off_cents > 0n) return 'written_off';
  if (invoice.credited_cents > 0n) return 'credited_before';
  if (invoice.disputed_cents > 0n) return 'disputed';
  return invoice.settled_cents > 0n ? 'paid' : undefined;
}

async function finish(tx: Tx, runId: string): Promise<void> {
  await store.updateRun(tx.db, runId, { state: 'reversed', finished_at: tx.now });
  const { reversed, kept } = await reversals.reversalSums(tx.db, runId);
  await tx.tell(billingRunsEvents.runReversed, { subject: runId, data: { credited: reversed - kept, kept } });
}
