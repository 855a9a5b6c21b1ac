import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import type { ItemTaxTreatment } from '../catalog/index.ts';
import { chargeAgain, giveUpDays, type CreditedDays } from '../charges/index.ts';
import type { CreditDraft, CreditedLine } from './credit-draft.ts';
import type { CreditNoteRow } from './credit-note-store.ts';
import { rowOf, type CreditableInvoice } from './creditable.ts';
import type { LineRow } from './store.ts';

type Credited = Readonly<{ found: CreditableInvoice; draft: CreditDraft }>;

/** Says of a charge that an invoice had billed it and a note took it back, to be billed again. */
export const againSource = ({ noteId, invoiceId }: { noteId: string; invoiceId: string }): string =>
  `${noteId} ${invoiceId}`;
export const isBilledAgain = ({ source }: Readonly<{ source: string }>): boolean =>
  /^CN-\d+ INV-\d+$/.test(source);

/** Refuses a part of a line, or a line that is of no item of the catalog: it could not be charged as it was. */
export function assertCanBeBilledAgain(found: CreditableInvoice, { lines }: CreditDraft): void {
  for (const { of, amountCents } of lines)
    if (amountCents !== of.amountCents || rowOf(found, of.line).sku === null)
      throw new Refusal('credit_again_whole', { line: of.line });
}

/**
 * What follows for what the lines had billed: it waits to be billed again, or it is given up. Refused when the days of
 * a line have been credited by another invoice, as far as they were.
 */
export async function followLines(
  tx: Tx,
  { found, draft, note }: Credited & Readonly<{ note: CreditNoteRow }>,
): Promise<void> {
  for (const line of draft.lines) {
    const row = rowOf(found, line.of.line);
    if (note.bill_again) await billAgain(tx, { note, row });
    else await giveUp(tx, { note, row, line });
  }
}

async function billAgain(tx: Tx, { note, row }: { note: CreditNoteRow; row: LineRow }): Promise<void> {
  const { detail_fr: fr, detail_en: en } = row;
  const isRecurring = row.kind === 'recurring';
  await chargeAgain(tx, {
    customerId: note.customer_id,
    locationId: row.location_id,
    subscriptionId: row.subscription_id,
    sku: row.sku ?? '',
    description: { fr: row.description_fr, en: row.description_en },
    amountCents: row.amount_cents,
    ...(isRecurring ? {} : { quantity: row.quantity }),
    taxTreatment: row.tax_treatment as ItemTaxTreatment, // held by a check constraint
    revenueAccount: row.revenue_account,
    source: againSource({ noteId: note.id, invoiceId: row.invoice_id }),
    days: isRecurring ? daysOf(row) : null,
    detail: fr === null || en === null ? null : { fr, en },
  });
}

async function giveUp(
  tx: Tx,
  { note, row, line }: { note: CreditNoteRow; row: LineRow; line: CreditedLine },
): Promise<void> {
  const days = row.kind === 'recurring' ? daysOf(row) : null;
  if (!days) return;
  const beyond = await giveUpDays(tx, { days, cents: line.amountCents, reason: note.id });
  if (beyond === 0n) return;
  const size = line.amountCents < 0n ? -line.amountCents : line.amountCents;
  // Another invoice has credited these days already: that one is taken back first, or this credit is smaller.
  throw new Refusal('credit_above_left', {
    line: row.line,
    leftCents: Number(size > beyond ? size - beyond : 0n),
  });
}

const daysOf = ({
  subscription_item_id: itemId,
  period_from: from,
  period_to: to,
}: LineRow): CreditedDays | null =>
  itemId === null || from === null || to === null ? null : { itemId, from, to };
