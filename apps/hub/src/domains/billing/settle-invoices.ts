import { billingEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { lockAccount } from '../ledger/index.ts';
import type { Invoice } from './invoice.ts';
import * as store from './store.ts';

export type SettlementSource = Invoice['settlements'][number]['source'];
export type Settling = Readonly<{
  customerId: string;
  source: SettlementSource;
  /** What there is to put against invoices, in cents; more than zero. */
  amountCents: bigint;
  /** Civil day of the books. */
  on: string;
  /** Only this invoice; the one due first, then the next, when absent. */
  invoiceId?: string | null;
}>;
export type Settled = Readonly<{
  /** Number of the settlement, unique for ever. */
  id: bigint;
  invoiceId: string;
  amountCents: bigint;
}>;

/** One source of money never meets more open invoices than this; what is left over stays a credit. */
const INVOICES_MAX = 500;

/**
 * Puts money of a customer against their open invoices, never more than is left of each, and gives back what
 * remains. An invoice of somebody else, or one that is paid, takes nothing. The caller posts the entry.
 */
export async function settleInvoices(
  tx: Tx,
  settling: Settling,
): Promise<{ settled: Settled[]; leftCents: bigint }> {
  await lockAccount(tx, settling.customerId);
  let leftCents = settling.amountCents;
  const takes: { invoice: store.InvoiceRow; cents: bigint }[] = [];
  for (const invoice of await candidates(tx, settling)) {
    const cents = invoice.outstanding_cents < leftCents ? invoice.outstanding_cents : leftCents;
    if (cents <= 0n) continue;
    takes.push({ invoice, cents });
    leftCents -= cents;
  }
  if (takes.length === 0) return { settled: [], leftCents };
  const rows = await store.insertSettlements(
    tx.db,
    takes.map(({ invoice, cents }) => ({
      invoice_id: invoice.id,
      customer_id: settling.customerId,
      source_kind: settling.source.kind,
      source_id: settling.source.id,
      amount_cents: cents,
      on_date: settling.on,
      at: tx.now,
    })),
  );
  for (const { invoice, cents } of takes) await tell(tx, settling, { invoice, cents });
  const settled = rows.map((row) => ({
    id: row.id,
    invoiceId: row.invoice_id,
    amountCents: row.amount_cents,
  }));
  return { settled, leftCents };
}

async function candidates(tx: Tx, { customerId, invoiceId }: Settling): Promise<store.InvoiceRow[]> {
  if (!invoiceId) return store.openInvoicesForUpdate(tx.db, customerId, INVOICES_MAX);
  const chosen = await store.invoiceForUpdate(tx.db, invoiceId);
  return chosen?.customer_id === customerId ? [chosen] : [];
}

async function tell(
  tx: Tx,
  { customerId, source }: Settling,
  { invoice, cents }: { invoice: store.InvoiceRow; cents: bigint },
): Promise<void> {
  const outstandingCents = invoice.outstanding_cents - cents;
  await tx.tell(billingEvents.invoiceSettled, {
    subject: invoice.id,
    customerId,
    data: { source, amountCents: Number(cents), outstandingCents: Number(outstandingCents) },
  });
  if (outstandingCents === 0n)
    await tx.tell(billingEvents.invoicePaid, {
      subject: invoice.id,
      customerId,
      data: { source, totalCents: Number(invoice.total_cents) },
    });
}
