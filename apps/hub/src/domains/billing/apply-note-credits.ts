import { civilDateOf } from '@gigafibre/calendar';
import { creditNoteEvents } from '@gigafibre/contract';
import { allocationEntry } from '@gigafibre/ledger';
import type { Reading, Tx } from '../../platform/acting.ts';
import { lockAccount, post } from '../ledger/index.ts';
import * as notes from './credit-note-store.ts';
import { settleInvoices } from './settle-invoices.ts';

/** One customer does not hold more unused notes than this; those beyond wait for the next time. */
const NOTES_MAX = 200;

/** Puts what is left of a customer's credit notes against their open invoices, oldest note and invoice due first. */
export async function applyNoteCredits(
  tx: Tx,
  { customerId }: { customerId: string },
): Promise<{ appliedCents: bigint }> {
  await lockAccount(tx, customerId);
  let appliedCents = 0n;
  const on = civilDateOf(tx.now);
  for (const note of await notes.noteCreditsForUpdate(tx.db, { customerId, limit: NOTES_MAX })) {
    const cents = await applyNoteTo(tx, { note: { ...note, customer_id: customerId }, on });
    if (cents === 0n) break;
    appliedCents += cents;
  }
  return { appliedCents };
}

type Applying = Readonly<{
  note: Pick<notes.CreditNoteRow, 'id' | 'customer_id' | 'credit_cents'>;
  /** Civil day of the books. */
  on: string;
  /** Only this invoice; the one due first, then the next, when absent. */
  invoiceId?: string;
}>;

/** Puts what is left of one note against open invoices; the caller has locked the account. Gives how much. */
export async function applyNoteTo(tx: Tx, { note, on, invoiceId: only }: Applying): Promise<bigint> {
  const customerId = note.customer_id;
  const { settled, leftCents } = await settleInvoices(tx, {
    customerId,
    source: { kind: 'credit_note', id: note.id },
    amountCents: note.credit_cents,
    on,
    invoiceId: only ?? null,
  });
  if (settled.length === 0) return 0n;
  for (const { id, invoiceId, amountCents } of settled) {
    const memo = `Crédit de ${note.id} affecté à ${invoiceId}`;
    await post(tx, allocationEntry({ customerId, id: `${note.id}/${id}`, date: on, memo, amountCents }));
    await tx.tell(creditNoteEvents.creditNoteApplied, {
      subject: note.id,
      customerId,
      data: { invoiceId, amountCents: Number(amountCents) },
    });
  }
  await notes.putNoteCredit(tx.db, { id: note.id, creditCents: leftCents });
  return note.credit_cents - leftCents;
}

/** What a customer has to their credit that came with no payment: what is left of their credit notes. */
export const noteCreditOf = ({ db }: Pick<Reading, 'db'>, customerId: string): Promise<bigint> =>
  notes.noteCreditSum(db, customerId);

/** What a document pays back out of the credit of notes; the caller posts its entry. */
export type CreditUse = Readonly<{
  customerId: string;
  /** The document that pays it back, `REF-10001`. */
  document: Readonly<{ kind: 'refund'; id: string }>;
  amountCents: bigint;
}>;

/** Takes credit of notes away to pay it back, oldest note first; gives how much could be taken. */
export async function takeNoteCredits(
  tx: Tx,
  { customerId, document, amountCents }: CreditUse,
): Promise<{ takenCents: bigint }> {
  await lockAccount(tx, customerId);
  let leftCents = amountCents;
  for (const note of await notes.noteCreditsForUpdate(tx.db, { customerId, limit: NOTES_MAX })) {
    if (leftCents <= 0n) break;
    const cents = note.credit_cents < leftCents ? note.credit_cents : leftCents;
    await notes.insertCreditUse(tx.db, {
      credit_note_id: note.id,
      document_kind: document.kind,
      document_id: document.id,
      amount_cents: cents,
      at: tx.now,
    });
    await notes.putNoteCredit(tx.db, { id: note.id, creditCents: note.credit_cents - cents });
    leftCents -= cents;
  }
  return { takenCents: amountCents - leftCents };
}
