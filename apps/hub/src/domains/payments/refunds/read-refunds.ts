import { Refusal } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../../platform/db/cursor.ts';
import * as store from '../refund-store.ts';
import { refundOf, type Refund } from './refund.ts';

type Db = Pick<Reading, 'db'>;

/** One refund; refused `not_found`. */
export async function readRefund({ db }: Db, id: string): Promise<Refund> {
  const row = await store.refundById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return refundOf(row);
}

export type RefundQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  customerId?: string | undefined;
  paymentId?: string | undefined;
  state?: string | undefined;
}>;

/** Refunds newest first, a page at a time. */
export async function listRefunds(
  { db }: Db,
  { after, ...filter }: RefundQuery,
): Promise<{ rows: Refund[]; next: string | null }> {
  const rows = await store.refundsPage(db, {
    ...filter,
    before: readCursor(after, z.tuple([keys.instant, keys.id])),
  });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.asked_at, last.id));
  return { next: page.next, rows: page.rows.map(refundOf) };
}
