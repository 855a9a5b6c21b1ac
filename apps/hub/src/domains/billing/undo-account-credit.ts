import { civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import type { Province } from '@gigafibre/money';
import type { Tx } from '../../platform/acting.ts';
import type { ItemTaxTreatment } from '../catalog/index.ts';
import { chargeAgain } from '../charges/index.ts';
import { lockAccount } from '../ledger/index.ts';
import { readLocationsById } from '../plant/index.ts';
import { applyNoteTo } from './apply-note-credits.ts';
import { againSource } from './credited-lines.ts';
import * as notes from './credit-note-store.ts';
import type { PricedLine, PricedTax } from './draft-invoice.ts';
import type { Draft } from './invoice-rows.ts';
import { issueInvoices } from './issue-invoice.ts';

export type Undoing = Readonly<{ noteId: string; reason: string }>;

/**
 * Undoes a credit note of an account as a whole, for a note is never changed: an invoice charges again what it gave,
 * with the very taxes, the note's credit pays it, and what the note had settled waits for the next bill as it was.
 * Gives the number of that invoice. Refused when some of its credit was used or it is undone already.
 */
export async function undoAccountCredit(tx: Tx, { noteId, reason }: Undoing): Promise<string> {
  const note = await notes.creditNoteById(tx.db, noteId);
  if (!note || note.kind !== 'account') throw new Refusal('not_found', { what: noteId });
  await lockAccount(tx, note.customer_id);
  const locked = (await notes.creditNoteById(tx.db, noteId)) ?? note;
  if (isUsed(locked)) throw new Error(`${noteId} was used: ${locked.credit_cents} cents are left of it`);
  const lines = await notes.ownLines(tx.db, noteId);
  const on = civilDateOf(tx.now);
  const [invoice] = await issueInvoices(tx, { on, drafts: [await draftOf(tx, { note, lines, reason })] });
  if (!invoice || invoice.totalCents !== note.total_cents)
    throw new Error(`${noteId} gave ${note.total_cents} cents, not ${invoice?.totalCents}`);
  await applyNoteTo(tx, { note: locked, on, invoiceId: invoice.id });
  for (const line of lines) await waitAgain(tx, { note, line, invoiceId: invoice.id });
  await notes.insertUndoing(tx.db, {
    credit_note_id: noteId,
    invoice_id: invoice.id,
    reason,
    at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  return invoice.id;
}

/** Something of its credit pays an invoice, or was paid out. */
export const isUsed = (note: Pick<notes.CreditNoteRow, 'credit_cents' | 'total_cents'>): boolean =>
  note.credit_cents < note.total_cents;

type Noted = Readonly<{ note: notes.CreditNoteRow; lines: readonly notes.OwnLineRow[]; reason: string }>;

/** The note as an invoice: its lines and taxes as they are, of no service and no charge, which wait apart. */
async function draftOf(tx: Tx, { note, lines, reason }: Noted): Promise<Draft> {
  const taxes = await notes.ownTaxes(tx.db, note.id);
  const places = await readLocationsById(
    tx,
    lines.flatMap(({ location_id }) => location_id ?? []),
  );
  const priced = lines.map((line) => pricedLine(note, line));
  return {
    customerId: note.customer_id,
    reason,
    lines: priced,
    places: [...places.values()],
    priced: {
      lines: priced,
      subtotalCents: note.subtotal_cents,
      taxes: taxes.map(pricedTax),
      reliefs: [],
      taxCents: note.tax_cents,
      totalCents: note.total_cents,
    },
  };
}

const pricedLine = ({ id }: notes.CreditNoteRow, line: notes.OwnLineRow): PricedLine => ({
  kind: 'one_time',
  sku: line.sku,
  description: {
    fr: `Annulation de ${id} : ${line.description_fr}`,
    en: `${id} undone: ${line.description_en}`,
  },
  detail: detailOf(line),
  period: periodOf(line),
  quantity: line.quantity,
  unitPriceCents: line.unit_price_cents,
  amountCents: line.amount_cents,
  netCents: line.net_cents,
  taxTreatment: line.tax_treatment as ItemTaxTreatment, // held by a check constraint
  revenueAccount: line.revenue_account,
  locationId: line.location_id,
  province: line.province as Province, // as the note was issued with it
  taxGroup: line.tax_group,
});

const pricedTax = (row: notes.OwnTaxRow): PricedTax => ({
  tax: row.tax as PricedTax['tax'], // held by a check constraint
  rate: { num: row.rate_num, den: row.rate_den },
  baseCents: row.base_cents,
  taxCents: row.tax_cents,
  province: row.province as Province, // as the note was issued with it
  taxGroup: row.tax_group,
});

type Waiting = Readonly<{ note: notes.CreditNoteRow; line: notes.OwnLineRow; invoiceId: string }>;

/** What a line had settled, with the sign it would have on a bill. */
async function waitAgain(tx: Tx, { note, line, invoiceId }: Waiting): Promise<void> {
  const period = periodOf(line);
  const isOfDays = line.kind === 'recurring' && line.subscription_item_id !== null && period !== null;
  await chargeAgain(tx, {
    customerId: note.customer_id,
    locationId: line.location_id,
    subscriptionId: line.subscription_id,
    sku: line.sku ?? '',
    description: { fr: line.description_fr, en: line.description_en },
    amountCents: -line.amount_cents,
    ...(isOfDays ? {} : { quantity: line.quantity }),
    taxTreatment: line.tax_treatment as ItemTaxTreatment, // held by a check constraint
    revenueAccount: line.revenue_account,
    source: againSource({ noteId: note.id, invoiceId }),
    days: isOfDays ? { itemId: line.subscription_item_id ?? '', ...period } : null,
    detail: detailOf(line),
  });
}

const detailOf = ({ detail_fr: fr, detail_en: en }: notes.OwnLineRow) =>
  fr === null || en === null ? null : { fr, en };
const periodOf = ({ period_from: from, period_to: to }: notes.OwnLineRow) =>
  from === null || to === null ? null : { from, to };
