import { Refusal } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { settlementsFrom } from '../billing/index.ts';
import { paymentOf, type Allocation, type Payment, type PaymentMethod } from './payment.ts';
import * as store from './store.ts';

type Db = Pick<Reading, 'db'>;

/** One payment with what it was put against; refused `not_found`. */
export async function readPayment({ db }: Db, id: string): Promise<Payment> {
  const row = await store.paymentById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return paymentOf(row, (await allocationsOf({ db }, [id])).get(id) ?? []);
}

/** One payment of a customer; a payment of anybody else is `not_found`, like one that never was. */
export async function readPaymentOf(
  reading: Db,
  { id, customerId }: { id: string; customerId: string | null },
): Promise<Payment> {
  const payment = await readPayment(reading, id);
  if (payment.customerId !== customerId) throw new Refusal('not_found', { what: id });
  return payment;
}

export type PaymentQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  customerId?: string | undefined;
  method?: PaymentMethod | undefined;
  from?: string | undefined;
  to?: string | undefined;
}>;

/** Payments newest first, a page at a time. */
export async function listPayments(
  { db }: Db,
  { after, ...filter }: PaymentQuery,
): Promise<{ rows: Payment[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.date, keys.id]));
  const rows = await store.paymentsPage(db, { ...filter, before });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.received_on, last.id));
  const allocations = await allocationsOf(
    { db },
    page.rows.map((row) => row.id),
  );
  return { next: page.next, rows: page.rows.map((row) => paymentOf(row, allocations.get(row.id) ?? [])) };
}

async function allocationsOf(reading: Db, ids: readonly string[]): Promise<Map<string, Allocation[]>> {
  const settlements = await settlementsFrom(reading, { kind: 'payment', ids });
  return Map.groupBy(settlements, ({ sourceId }) => sourceId);
}
