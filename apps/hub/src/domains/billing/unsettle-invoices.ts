import { billingEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { lockAccount } from '../ledger/index.ts';
import type { Settled, SettlementSource } from './settle-invoices.ts';
import * as store from './store.ts';

export type Unsettling = Readonly<{
  customerId: string;
  source: SettlementSource;
  /** How much of what the source had settled is taken back, in cents; at most all of it. */
  amountCents: bigint;
  /** Civil day of the books. */
  on: string;
}>;

/**
 * Takes back what a source of money had settled, from the invoice it settled last to the first: they are owed
 * again. History stays: opposite rows are written. More than it had settled is a bug of the caller, and throws.
 * The caller posts the entry.
 */
export async function unsettleInvoices(tx: Tx, unsettling: Unsettling): Promise<Settled[]> {
  const { customerId, source, on } = unsettling;
  await lockAccount(tx, customerId);
  const takes = takesOf(
    await store.settlementsBySource(tx.db, { kind: source.kind, ids: [source.id] }),
    unsettling,
  );
  if (takes.length === 0) return [];
  const rows = await store.insertSettlements(
    tx.db,
    takes.map(({ invoiceId, cents }) => ({
      invoice_id: invoiceId,
      customer_id: customerId,
      source_kind: source.kind,
      source_id: source.id,
      amount_cents: -cents,
      on_date: on,
      at: tx.now,
    })),
  );
  for (const { invoiceId, cents } of takes) {
    const invoice = await store.invoiceById(tx.db, invoiceId);
    await tx.tell(billingEvents.invoiceSettled, {
      subject: invoiceId,
      customerId,
      data: {
        source,
        amountCents: Number(-cents),
        outstandingCents: Number(invoice?.outstanding_cents ?? 0n),
      },
    });
  }
  return rows.map((row) => ({ id: row.id, invoiceId: row.invoice_id, amountCents: row.amount_cents }));
}

function takesOf(
  settlements: readonly store.SettlementRow[],
  { source, amountCents }: Unsettling,
): { invoiceId: string; cents: bigint }[] {
  const heldBy = new Map<string, bigint>();
  for (const { invoice_id, amount_cents } of settlements)
    heldBy.set(invoice_id, (heldBy.get(invoice_id) ?? 0n) + amount_cents);
  let leftCents = amountCents;
  const takes: { invoiceId: string; cents: bigint }[] = [];
  for (const [invoiceId, heldCents] of [...heldBy].toReversed()) {
    const cents = heldCents < leftCents ? heldCents : leftCents;
    if (cents <= 0n) continue;
    takes.push({ invoiceId, cents });
    leftCents -= cents;
  }
  if (leftCents > 0n) throw new Error(`${source.kind} ${source.id} had not settled ${amountCents} cents`);
  return takes;
}
