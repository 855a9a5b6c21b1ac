import type { Reading, Tx } from '../../platform/acting.ts';
import { chargeOf, type Charge } from './charge.ts';
import * as store from './store.ts';

/**
 * What waits for the customer's next invoice, oldest first, locked until the transaction ends. With a
 * subscription: what belongs to it or to none; what another subscription waits for stays.
 */
export async function takeOpenCharges(
  tx: Pick<Tx, 'db'>,
  customerId: string,
  which: { subscriptionId?: string } = {},
): Promise<Charge[]> {
  return (await store.openChargesForUpdate(tx.db, { customerId, ...which })).map(chargeOf);
}

/** The same only to look at, for previews. */
export async function openChargesOf(
  { db }: Pick<Reading, 'db'>,
  customerId: string,
  which: { subscriptionId?: string } = {},
): Promise<Charge[]> {
  return (await store.openCharges(db, { customerId, ...which })).map(chargeOf);
}

/** What waits for the next invoices of some customers, oldest first; locked until the transaction ends when asked. */
export async function openChargesOfMany(
  { db }: Pick<Reading, 'db'>,
  customerIds: readonly string[],
  { lock }: { lock: boolean },
): Promise<Charge[]> {
  if (customerIds.length === 0) return [];
  return (await store.openChargesOfMany(db, { customerIds, lock })).map(chargeOf);
}

/** Customers for whom something waits, by number, after one: a run walks through them. */
export const customersCharged = (
  { db }: Pick<Reading, 'db'>,
  asked: { after: string; limit: number },
): Promise<string[]> => store.customersCharged(db, asked);

/** Says which invoice carries which charges, taken just before in this transaction. */
export async function chargesInvoiced(
  tx: Pick<Tx, 'db'>,
  invoiced: readonly Readonly<{ id: string; invoiceId: string }>[],
): Promise<void> {
  if (invoiced.length === 0) return;
  const marked = await store.markInvoiced(tx.db, invoiced);
  if (marked !== invoiced.length)
    throw new Error(`${invoiced.length} charges taken, ${marked} still open: ${invoiced[0]?.invoiceId}`);
}

/** The same of a note of an account, which carries what would have made an invoice below zero. */
export async function chargesCredited(
  tx: Pick<Tx, 'db'>,
  credited: Readonly<{ ids: readonly string[]; creditNoteId: string }>,
): Promise<void> {
  if (credited.ids.length === 0) return;
  const marked = await store.markCredited(tx.db, credited);
  if (marked !== credited.ids.length)
    throw new Error(`${credited.ids.length} charges taken, ${marked} still open: ${credited.creditNoteId}`);
}
