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

/** Says that an invoice carries these charges, taken just before in this transaction. */
export async function chargesInvoiced(
  tx: Pick<Tx, 'db'>,
  invoiced: { ids: readonly string[]; invoiceId: string },
): Promise<void> {
  if (invoiced.ids.length === 0) return;
  const marked = await store.markInvoiced(tx.db, invoiced);
  if (marked.length !== invoiced.ids.length)
    throw new Error(
      `${invoiced.invoiceId}: ${invoiced.ids.length} charges taken, ${marked.length} still open`,
    );
}
