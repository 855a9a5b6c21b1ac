import {
  oneTimeAuthorization,
  paymentsEvents,
  type OutputOf,
  type paymentsOperations,
} from '@gigafibre/contract';
import { Refusal } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../../platform/db/cursor.ts';
import * as store from '../debit-store.ts';
import { methodById } from '../method-store.ts';

export type Debit = OutputOf<typeof paymentsOperations.chargeMethod>;
export type DebitState = Debit['state'];
type Db = Pick<Reading, 'db'>;

/** A row as the noun; states, causes and rails are held by check constraints. */
export const debitOf = (row: store.DebitRow): Debit => ({
  id: row.id,
  customerId: row.customer_id,
  customerName: row.customer_name,
  methodId: row.method_id,
  invoiceId: row.invoice_id,
  runId: row.run_id,
  amountCents: row.amount_cents,
  cause: row.cause as Debit['cause'],
  rail: row.rail as Debit['rail'],
  attempt: row.attempt,
  scheduledOn: row.scheduled_on,
  state: row.state as DebitState,
  code: row.code,
  returnCode: row.return_code,
  retryOn: row.retry_on,
  windowUntil: row.window_until,
  paymentId: row.payment_id,
  madeAt: row.made_at,
  authorization: row.authorized === null ? null : oneTimeAuthorization.parse(row.authorized),
});

/** Writes where a debit stands now, and tells it. */
export async function moveDebit(
  tx: Tx,
  id: string,
  { state, ...fields }: { state: DebitState } & Parameters<typeof store.updateDebit>[1]['fields'],
): Promise<void> {
  await store.updateDebit(tx.db, { id, fields: { ...fields, state, moved_at: tx.now } });
  const row = await store.debitById(tx.db, id);
  if (!row) throw new Error(`no debit ${id}`);
  const { amountCents, invoiceId, code, returnCode, retryOn } = debitOf(row);
  await tx.tell(paymentsEvents.debitMoved, {
    subject: id,
    customerId: row.customer_id,
    data: { state, amountCents: Number(amountCents), invoiceId, code, returnCode, retryOn },
  });
}

/** One debit; refused `not_found`. */
export async function readDebit({ db }: Db, id: string): Promise<Debit> {
  const row = await store.debitById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return debitOf(row);
}

/** A debit with the method it is of, for whoever confirms what its payer authorised. */
export async function readAuthorized(
  { db }: Db,
  id: string,
): Promise<Pick<Debit, 'authorization' | 'scheduledOn'> & { method: { last4: string | null } }> {
  const { methodId, authorization, scheduledOn } = await readDebit({ db }, id);
  const method = await methodById(db, methodId);
  return { authorization, scheduledOn, method: { last4: method?.last4 ?? null } };
}

export type DebitQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  customerId?: string | undefined;
  runId?: string | undefined;
  state?: string | undefined;
  fileId?: string | undefined;
}>;

/** Debits newest first, a page at a time. */
export async function listDebits(
  { db }: Db,
  { after, ...filter }: DebitQuery,
): Promise<{ rows: Debit[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const rows = await store.debitsPage(db, { ...filter, before });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.made_at, last.id));
  return { next: page.next, rows: page.rows.map(debitOf) };
}

/**
 * Cents of a customer that banks have and have not answered for. While it is not zero nothing may be suspended,
 * charged or claimed for what it pays.
 */
export const processingCents = ({ db }: Db, customerId: string): Promise<bigint> =>
  store.processingCents(db, customerId);
