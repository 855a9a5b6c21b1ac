import { Refusal, type billingDay } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import * as store from './store.ts';

/** On which day of the month a customer is billed: `common`, all services on one; `anniversary`, each on its first. */
export type BillingDay = z.output<typeof billingDay>;

/** On which day a customer is billed; refused `not_found`. */
export async function readBillingDay({ db }: Pick<Reading, 'db'>, id: string): Promise<BillingDay> {
  const row = await store.customerById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  // Held by a check constraint.
  return { basis: row.billing_cycle as BillingDay['basis'], day: row.billing_day };
}

/** Says on which day a customer is billed from now on; what has been charged is the business of subscriptions. */
export async function putBillingDay(tx: Tx, { id, basis, day }: BillingDay & { id: string }): Promise<void> {
  await store.updateCustomer(tx.db, { id, fields: { billing_cycle: basis, billing_day: day } });
}
