import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { chargeOf, type Charge, type ChargeState } from './charge.ts';
import * as store from './store.ts';

/** Charges of a customer in one state, newest first, a page at a time. */
export async function listCharges(
  { db }: Pick<Reading, 'db'>,
  query: { customerId: string; state: ChargeState; limit: number; after?: string | undefined },
): Promise<{ rows: Charge[]; next: string | null }> {
  const before = readCursor(query.after, z.tuple([keys.instant, keys.id]));
  const rows = await store.chargesPage(db, { ...query, before });
  const page = pageOf(rows, query.limit, (last) => cursorOf(last.added_at, last.id));
  return { next: page.next, rows: page.rows.map(chargeOf) };
}
