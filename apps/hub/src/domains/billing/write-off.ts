import { civilDateOf } from '@gigafibre/calendar';
import { receivableEvents, Refusal, type OutputOf, type receivableOperations } from '@gigafibre/contract';
import { writeOffEntry, writeOffRecoveryEntry } from '@gigafibre/ledger';
import { multiply, sumCents, type Ratio } from '@gigafibre/money';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { requireApproval } from '../charges/index.ts';
import { accountOf, lockAccount, post } from '../ledger/index.ts';
import { applyNoteCredits } from './apply-note-credits.ts';
import { partOf } from './credit-draft.ts';
import * as notes from './credit-note-store.ts';
import * as store from './receivable-store.ts';
import { settleInvoices } from './settle-invoices.ts';
import * as invoices from './store.ts';
import { unsettleInvoices } from './unsettle-invoices.ts';

export type WriteOff = OutputOf<typeof receivableOperations.writeOffInvoice>;
const TAX_CODES = ['GST', 'QST', 'HST'] as const;
type Taxes = Readonly<Record<(typeof TAX_CODES)[number], bigint>>;

/**
 * Gives up what is left of an invoice, or a part of it. The taxes in it are claimed back in the proportion of what
 * is given up; the rest is a loss. Refused while the customer has a credit or contests the invoice, when more is
 * given up than is left, and above the limit for who may not approve.
 */
export async function writeOffInvoice(
  tx: Tx,
  { id, amountCents, reason }: { id: string; amountCents?: bigint | undefined; reason: string },
): Promise<WriteOff> {
  const known = await invoices.invoiceById(tx.db, id);
  if (!known) throw new Refusal('not_found', { what: id });
  const customerId = known.customer_id;
  await lockAccount(tx, customerId);
  await applyNoteCredits(tx, { customerId });
  const invoice = (await invoices.invoiceForUpdate(tx.db, id)) ?? known;
  const cents = amountCents ?? invoice.outstanding_cents;
  await requireWritable(tx, { invoice, cents });
  const taxes = await taxesClaimed(tx, { invoice, cents });
  const on = civilDateOf(tx.now);
  const { id: writeOffId } = await store.insertWriteOff(tx.db, {
    invoice_id: id,
    customer_id: customerId,
    ...amountsOf(cents, taxes),
    reason,
    on_date: on,
    at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  const source = { kind: 'write_off', id: writeOffId } as const;
  await settleInvoices(tx, { customerId, source, amountCents: cents, on, invoiceId: id });
  const document = { customerId, id: writeOffId, date: on, memo: `Radiation de ${id} : ${reason}` };
  await post(tx, writeOffEntry({ ...document, ...entryAmounts(cents, taxes) }));
  await tx.tell(receivableEvents.invoiceWrittenOff, {
    subject: id,
    customerId,
    data: { writeOffId, amountCents: Number(cents), reason },
  });
  return readWriteOff(tx, writeOffId);
}

/**
 * Makes a debt that was given up owed again, with the taxes that had been claimed back for it, because the customer
 * pays after all or it was a mistake; credits of theirs are put against it. Refused beyond what was given up.
 */
export async function recoverWriteOff(
  tx: Tx,
  { id, amountCents, reason }: { id: string; amountCents?: bigint | undefined; reason: string },
): Promise<WriteOff> {
  const known = await store.writeOffById(tx.db, id);
  if (!known) throw new Refusal('not_found', { what: id });
  const customerId = known.customer_id;
  await lockAccount(tx, customerId);
  const row = (await store.writeOffById(tx.db, id)) ?? known;
  const leftCents = row.amount_cents - row.recovered_cents;
  if (leftCents === 0n) throw new Refusal('write_off_recovered', { writeOff: id });
  const cents = amountCents ?? leftCents;
  requireAmount(cents, leftCents);
  const taxes = taxesReturned(row, cents);
  const on = civilDateOf(tx.now);
  const { id: recoveryId } = await store.insertRecovery(tx.db, {
    write_off_id: id,
    ...amountsOf(cents, taxes),
    reason,
    on_date: on,
    at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  await unsettleInvoices(tx, { customerId, source: { kind: 'write_off', id }, amountCents: cents, on });
  const document = { customerId, id: recoveryId, date: on, memo: `Recouvrement de ${id} : ${reason}` };
  await post(tx, writeOffRecoveryEntry({ ...document, ...entryAmounts(cents, taxes) }));
  await tx.tell(receivableEvents.writeOffRecovered, {
    subject: id,
    customerId,
    data: { invoiceId: row.invoice_id, amountCents: Number(cents), reason },
  });
  await applyNoteCredits(tx, { customerId });
  return readWriteOff(tx, id);
}

const WRITE_OFFS_MAX = 100;

/** Money came of a customer whose debts were given up: they are owed again, the oldest first, up to an amount. */
export async function recoverWriteOffs(
  tx: Tx,
  { customerId, amountCents, reason }: { customerId: string; amountCents: bigint; reason: string },
): Promise<{ recoveredCents: bigint }> {
  await lockAccount(tx, customerId);
  let leftCents = amountCents;
  for (const row of await store.unrecoveredOf(tx.db, { customerId, limit: WRITE_OFFS_MAX })) {
    if (leftCents <= 0n) break;
    const lostCents = row.amount_cents - row.recovered_cents;
    const cents = lostCents < leftCents ? lostCents : leftCents;
    await recoverWriteOff(tx, { id: row.id, amountCents: cents, reason });
    leftCents -= cents;
  }
  return { recoveredCents: amountCents - leftCents };
}

/** One write-off; refused `not_found`. */
export async function readWriteOff({ db }: Pick<Reading, 'db'>, id: string): Promise<WriteOff> {
  const row = await store.writeOffById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return writeOffOf(row);
}

export type ReceivableQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  customerId?: string | undefined;
  invoiceId?: string | undefined;
}>;

/** Write-offs newest first, a page at a time. */
export async function listWriteOffs(
  { db }: Pick<Reading, 'db'>,
  { after, ...filter }: ReceivableQuery,
): Promise<{ rows: WriteOff[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const rows = await store.writeOffsPage(db, { ...filter, before });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.at, last.id));
  return { next: page.next, rows: page.rows.map(writeOffOf) };
}

type Giving = Readonly<{ invoice: invoices.InvoiceRow; cents: bigint }>;

async function requireWritable(tx: Tx, { invoice, cents }: Giving): Promise<void> {
  const dispute = await store.openDisputeOf(tx.db, invoice.id);
  if (dispute) throw new Refusal('dispute_open', { invoice: invoice.id, dispute: dispute.id });
  if (invoice.outstanding_cents === 0n) throw new Refusal('nothing_outstanding', { invoice: invoice.id });
  requireAmount(cents, invoice.outstanding_cents);
  const { creditCents } = await accountOf(tx, invoice.customer_id);
  if (creditCents > 0n) throw new Refusal('customer_has_credit', { creditCents: Number(creditCents) });
  await requireApproval(tx, { what: 'writeOffCents', amountCents: cents });
}

function requireAmount(cents: bigint, leftCents: bigint): void {
  if (cents <= 0n) throw new Refusal('amount_not_positive');
  if (cents > leftCents) throw new Refusal('amount_above_outstanding', { leftCents: Number(leftCents) });
}

/**
 * The taxes in what is given up: those of the invoice that no credit note took back, in the proportion of what is
 * given up (with what was before) to what the invoice asks for; never more than the invoice holds of them.
 */
async function taxesClaimed(tx: Tx, { invoice, cents }: Giving): Promise<Taxes> {
  const credited = new Map(
    (await notes.creditedTaxes(tx.db, invoice.id)).map((row) => [row.line, row.tax_cents]),
  );
  const charged = await invoices.taxesOf(tx.db, invoice.id);
  const earlier = await store.writeOffsOfInvoice(tx.db, invoice.id);
  const askedCents = invoice.total_cents - invoice.credited_cents;
  const givenUpCents = invoice.written_off_cents + cents;
  const share = { num: givenUpCents < askedCents ? givenUpCents : askedCents, den: askedCents };
  return eachTax((code) => {
    const held = sumCents(
      charged.filter(({ tax }) => tax === code).map((row) => row.tax_cents - (credited.get(row.line) ?? 0n)),
    );
    const claimed = sumCents(earlier.map((row) => columns(row)[code] - recoveredColumns(row)[code]));
    return askedCents > 0n ? partOf(multiply(held, share) - claimed, held) : 0n;
  });
}

/** The taxes owed again: what is left claimed less what stays claimed for the part still given up. */
function taxesReturned(row: store.WriteOffRow, cents: bigint): Taxes {
  const stays: Ratio = { num: row.amount_cents - row.recovered_cents - cents, den: row.amount_cents };
  const [claimed, returned] = [columns(row), recoveredColumns(row)];
  return eachTax((code) => claimed[code] - returned[code] - multiply(claimed[code], stays));
}

const eachTax = (of: (code: keyof Taxes) => bigint): Taxes => ({
  GST: of('GST'),
  QST: of('QST'),
  HST: of('HST'),
});
const columns = (row: store.WriteOffRow): Taxes => ({
  GST: row.gst_cents,
  QST: row.qst_cents,
  HST: row.hst_cents,
});
const recoveredColumns = (row: store.WriteOffRow): Taxes => ({
  GST: row.recovered_gst_cents,
  QST: row.recovered_qst_cents,
  HST: row.recovered_hst_cents,
});

const netOf = (cents: bigint, taxes: Taxes): bigint => cents - taxes.GST - taxes.QST - taxes.HST;
const amountsOf = (cents: bigint, taxes: Taxes) => ({
  amount_cents: cents,
  net_cents: netOf(cents, taxes),
  gst_cents: taxes.GST,
  qst_cents: taxes.QST,
  hst_cents: taxes.HST,
});
const entryAmounts = (cents: bigint, taxes: Taxes) => ({
  netCents: netOf(cents, taxes),
  taxes: TAX_CODES.map((tax) => ({ tax, taxCents: taxes[tax] })),
});

const writeOffOf = (row: store.WriteOffRow): WriteOff => ({
  id: row.id,
  invoiceId: row.invoice_id,
  customerId: row.customer_id,
  amountCents: row.amount_cents,
  netCents: row.net_cents,
  gstCents: row.gst_cents,
  qstCents: row.qst_cents,
  hstCents: row.hst_cents,
  recoveredCents: row.recovered_cents,
  on: row.on_date,
  reason: row.reason,
  by: row.by,
});
