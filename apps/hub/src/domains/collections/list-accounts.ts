import { addDays, civilDateOf } from '@gigafibre/calendar';
import type { collectionsOperations, OutputOf, ParsedOf } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import * as store from './list-store.ts';

type Op = typeof collectionsOperations.listAccounts;
type Page = OutputOf<Op>;
type Row = Page['rows'][number];

/** What the rows of each order end with, in a cursor. */
const KEYS = {
  next: keys.date,
  age: keys.date,
  amount: keys.number,
  name: z.string().max(200),
} as const;

/** Customers on the ladder as the last look found them, in the order asked for, a page at a time. */
export async function listAccounts(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  { after, minDays, ...asked }: ParsedOf<Op>,
): Promise<Page> {
  const before = readCursor(after, z.tuple([KEYS[asked.sort], keys.id]));
  const dueBy = minDays === undefined ? undefined : addDays(civilDateOf(now), -minDays);
  const rows = await store.casesPage(db, { ...asked, dueBy, before });
  const page = pageOf(rows, asked.limit, (last) => cursorOf(last.sort_key, last.id));
  return { next: page.next, rows: page.rows.map(rowOf) };
}

/** A case as the list shows it; states, rungs and holds were written from their types. */
const rowOf = (row: store.ListedCase): Row => ({
  customerId: row.customer_id,
  customerName: row.customer_name,
  segment: row.segment as Row['segment'],
  overdueCents: row.overdue_cents,
  collectibleCents: row.collectible_cents,
  oldestDueOn: row.oldest_due_on,
  rung: row.rung as Row['rung'],
  rungOn: row.rung_on,
  next:
    row.next_rung === null
      ? null
      : ({ rung: row.next_rung, on: row.next_on, why: row.next_why } as NonNullable<Row['next']>),
  holds: row.holds as Row['holds'],
  promise:
    row.promise_state === null || row.promise_cents === null || row.promise_on === null
      ? null
      : {
          amountCents: row.promise_cents,
          on: row.promise_on,
          state: row.promise_state as NonNullable<Row['promise']>['state'],
        },
  arrangement: row.arrangement_state as Row['arrangement'],
  returnedDebit: row.returned_debit,
  proposed: row.proposed as Row['proposed'],
  suspendedOn: row.suspended_on,
});
