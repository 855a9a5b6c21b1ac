import { Refusal, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../../platform/db/cursor.ts';
import * as store from '../chargeback-store.ts';

export type Chargeback = OutputOf<typeof paymentsOperations.readChargeback>;
export type ChargebackState = Chargeback['state'];
type Db = Pick<Reading, 'db'>;

/** One chargeback; refused `not_found`. */
export async function readChargeback({ db }: Db, id: string): Promise<Chargeback> {
  const row = await store.chargebackById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return chargebackOf(row);
}

export type ChargebackQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  customerId?: string | undefined;
  state?: string | undefined;
}>;

/** Chargebacks newest first, a page at a time. */
export async function listChargebacks(
  { db }: Db,
  { after, ...filter }: ChargebackQuery,
): Promise<{ rows: Chargeback[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const rows = await store.chargebacksPage(db, { ...filter, before });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.opened_at, last.id));
  return { next: page.next, rows: page.rows.map(chargebackOf) };
}

const chargebackOf = (row: store.ChargebackRow): Chargeback => ({
  id: row.id,
  paymentId: row.payment_id,
  customerId: row.customer_id,
  customerName: row.customer_name,
  amountCents: row.amount_cents,
  reason: row.reason,
  state: row.state as ChargebackState, // held by a check constraint
  withdrawnCents: row.withdrawn_cents,
  provider: row.provider,
  providerRef: row.provider_ref,
  dueBy: row.due_by,
  openedAt: row.opened_at,
});
