import { chargesEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { chargeOf, type Charge } from './charge.ts';
import * as store from './store.ts';

/** Withdraws a charge that no invoice carries yet; refused in any other state. */
export async function cancelCharge(tx: Tx, { id, reason }: { id: string; reason: string }): Promise<Charge> {
  const row = await store.chargeForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  if (row.state !== 'open') throw new Refusal('not_in_this_state', { state: row.state });
  return cancel(tx, row, reason);
}

/** The same by hand. Days of a service are no charge to withdraw: the service is changed, or another charge added. */
export async function cancelChargeByHand(tx: Tx, asked: { id: string; reason: string }): Promise<Charge> {
  const row = await store.chargeForUpdate(tx.db, asked.id);
  if (row?.kind === 'recurring')
    throw new Refusal('charge_of_service', { subscription: row.subscription_id });
  return cancelCharge(tx, asked);
}

/** Withdraws the open charges of a subscription, all of them or those of one item of the catalog; which they were. */
export async function cancelChargesOf(
  tx: Tx,
  { subscriptionId, sku, reason }: { subscriptionId: string; sku?: string; reason: string },
): Promise<Charge[]> {
  const cancelled: Charge[] = [];
  for (const row of await store.openChargesOfSubscription(tx.db, subscriptionId))
    if (sku === undefined || row.sku === sku) cancelled.push(await cancel(tx, row, reason));
  return cancelled;
}

/** What a subscription was asked of one item of the catalog and still owes, or has paid. */
export const askedOf = (
  { db }: Pick<Tx, 'db'>,
  which: { subscriptionId: string; sku: string },
): Promise<bigint> => store.askedCents(db, which);

async function cancel(tx: Tx, row: store.ChargeRow, reason: string): Promise<Charge> {
  const by = tx.by.id ?? tx.by.kind;
  const cancelled = await store.markCancelled(tx.db, { id: row.id, reason, by, at: tx.now });
  await tx.tell(chargesEvents.chargeCancelled, {
    subject: row.id,
    customerId: row.customer_id,
    data: { reason },
    changes: { state: [row.state, cancelled.state] },
  });
  return chargeOf(cancelled);
}
