import { civilDateOf } from '@gigafibre/calendar';
import { creditNoteEvents, Refusal } from '@gigafibre/contract';
import { creditNoteEntry, type BilledTax } from '@gigafibre/ledger';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../platform/acting.ts';
import { companyForTaxes } from '../../platform/company.ts';
import { json } from '../../platform/transact.ts';
import { requireApproval } from '../charges/index.ts';
import { indexTerms } from '../customers/index.ts';
import { lockAccount, post } from '../ledger/index.ts';
import { applyNoteCredits } from './apply-note-credits.ts';
import { draftCredit, type ChosenLine, type CreditDraft } from './credit-draft.ts';
import type { CreditNote, CreditNotePreview } from './credit-note.ts';
import * as notes from './credit-note-store.ts';
import { creditableInvoice, rowOf, type CreditableInvoice } from './creditable.ts';
import { assertCanBeBilledAgain, followLines } from './credited-lines.ts';
import { accountOf, numberText } from './invoice-rows.ts';
import { readCreditNote } from './read-credit-notes.ts';
import { settleInvoices } from './settle-invoices.ts';
import * as store from './store.ts';

export type Crediting = Readonly<{
  invoiceId: string;
  /** All that is left, or these lines. */
  chosen: 'all' | readonly ChosenLine[];
  reason: string;
  /** The lines wait for the next invoice again, as they were; else they are given up. */
  billAgain?: boolean;
}>;

/**
 * Takes back an invoice, all that is left of it or some lines: numbered, posted, final. What it takes back lowers
 * the invoice first; the rest becomes a credit of the customer, put at once against what else is open. Refused
 * when the invoice is unknown, credited in full or written off, when more is asked than is left, when a part of a line
 * is to be billed again, and above the limit for who may not approve.
 */
export async function issueCreditNote(tx: Tx, crediting: Crediting): Promise<CreditNote> {
  const { invoiceId, chosen, billAgain = false } = crediting;
  const known = await store.invoiceById(tx.db, invoiceId);
  if (!known) throw new Refusal('not_found', { what: invoiceId });
  await lockAccount(tx, known.customer_id);
  const found = await creditableInvoice(tx, await lockedInvoice(tx, invoiceId));
  const draft = drafted(found, chosen);
  if (billAgain) assertCanBeBilledAgain(found, draft);
  await requireApproval(tx, { what: 'creditCents', amountCents: draft.totalCents });
  const note = await insertNote(tx, { found, draft, reason: crediting.reason, billAgain });
  await followLines(tx, { note, found, draft });
  await settle(tx, note);
  await postNote(tx, { note, found, draft });
  await indexTerms(tx, { kind: 'credit_note', sourceId: note.id, customerId: note.customer_id }, [note.id]);
  await tx.tell(creditNoteEvents.creditNoteIssued, {
    subject: note.id,
    customerId: note.customer_id,
    data: {
      invoiceId,
      kind: draft.kind,
      reason: note.reason,
      issuedOn: note.issued_on,
      totalCents: Number(note.total_cents),
      appliedCents: Number(note.applied_cents),
      creditCents: Number(note.credit_cents),
    },
  });
  if (note.credit_cents > 0n) await applyNoteCredits(tx, { customerId: note.customer_id });
  return readCreditNote(tx, note.id);
}

/**
 * What a credit note would say: it is issued, in a transaction of which nothing remains (ADR 7), so that whatever
 * would refuse it refuses this. What became of the rest of it elsewhere is not said: only that it is a credit.
 */
export async function previewCreditNote(
  tx: Tx,
  crediting: Omit<Crediting, 'reason'>,
): Promise<CreditNotePreview> {
  const { kind, lines, taxes, subtotalCents, taxCents, totalCents, appliedCents } = await issueCreditNote(
    tx,
    {
      ...crediting,
      reason: 'aperçu',
    },
  );
  const creditCents = totalCents - appliedCents;
  return { kind, lines, taxes, subtotalCents, taxCents, totalCents, appliedCents, creditCents };
}

async function lockedInvoice(tx: Tx, id: string): Promise<store.InvoiceRow> {
  const invoice = await store.invoiceForUpdate(tx.db, id);
  if (!invoice) throw new Refusal('not_found', { what: id });
  return invoice;
}

/** An invoice that was given up has had its taxes claimed back already: they are not taken back twice. */
function drafted({ invoice, creditable }: CreditableInvoice, chosen: Crediting['chosen']): CreditDraft {
  if (invoice.written_off_cents > 0n) throw new Refusal('invoice_written_off', { invoice: invoice.id });
  return draftCredit(creditable, chosen);
}

const appliedOf = ({ outstanding_cents: leftCents }: store.InvoiceRow, totalCents: bigint): bigint =>
  leftCents < totalCents ? leftCents : totalCents;

type Issuing = Readonly<{
  found: CreditableInvoice;
  draft: CreditDraft;
  reason: string;
  billAgain: boolean;
}>;

async function insertNote(
  tx: Tx,
  { found, draft, reason, billAgain }: Issuing,
): Promise<notes.CreditNoteRow> {
  const { invoice } = found;
  const appliedCents = appliedOf(invoice, draft.totalCents);
  const number = await store.nextNumbers(tx.db, 'CN', 1);
  return notes.insertCreditNote(tx.db, {
    note: {
      id: numberText('CN', number),
      number,
      invoice_id: invoice.id,
      customer_id: invoice.customer_id,
      kind: draft.kind,
      reason,
      bill_again: billAgain,
      issued_on: civilDateOf(tx.now),
      issued_at: tx.now,
      issued_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
      subtotal_cents: draft.subtotalCents,
      tax_cents: draft.taxCents,
      total_cents: draft.totalCents,
      applied_cents: appliedCents,
      credit_cents: draft.totalCents - appliedCents,
      // Addressed as the invoice was, and from the company as it is today.
      language: invoice.language,
      bill_to: json(invoice.bill_to),
      service_address: invoice.service_address,
      company: json(await companyForTaxes(tx.db)),
    },
    lines: draft.lines.map(({ of, quantity, amountCents, netCents }) => ({
      invoice_line: of.line,
      quantity,
      amount_cents: amountCents,
      net_cents: netCents,
    })),
    taxes: draft.taxes.map(({ of, baseCents, taxCents }) => ({
      invoice_tax_line: of.line,
      base_cents: baseCents,
      tax_cents: taxCents,
    })),
  });
}

type Noted = Pick<Issuing, 'found' | 'draft'> & Readonly<{ note: notes.CreditNoteRow }>;

async function settle(tx: Tx, note: notes.CreditNoteRow): Promise<void> {
  if (note.applied_cents === 0n) return;
  const { settled } = await settleInvoices(tx, {
    customerId: note.customer_id,
    source: { kind: 'credit_note', id: note.id },
    amountCents: note.applied_cents,
    on: note.issued_on,
    invoiceId: note.invoice_id,
  });
  const settledCents = sumCents(settled.map(({ amountCents }) => amountCents));
  if (settledCents !== note.applied_cents)
    throw new Error(`${note.id} settled ${settledCents} cents, not ${note.applied_cents}`);
}

/**
 * The mirror of the invoice's entry: what was billed in advance leaves deferred revenue, whatever part of it has
 * been recognised meanwhile; recognition takes that part back (recognitionEntry of ledger).
 */
async function postNote(tx: Tx, { note, found, draft }: Noted): Promise<void> {
  const made = creditNoteEntry({
    customerId: note.customer_id,
    id: note.id,
    date: note.issued_on,
    memo: `Note de crédit ${note.id} sur ${found.invoice.id}`,
    appliedCents: note.applied_cents,
    lines: draft.lines.map(({ of, netCents }) => {
      const row = rowOf(found, of.line);
      return { account: accountOf(row.revenue_account), netCents, inAdvance: row.in_advance };
    }),
    taxes: draft.taxes.map(({ of, taxCents }): BilledTax => ({ tax: of.tax as BilledTax['tax'], taxCents })), // held by a check constraint
  });
  if (made) await post(tx, made);
}
