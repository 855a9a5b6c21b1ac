import { civilDateOf } from '@gigafibre/calendar';
import type { billingOperations, OutputOf } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import { accountOf } from '../ledger/index.ts';
import { noteCreditOf } from './apply-note-credits.ts';
import * as store from './store.ts';

export type AccountBalance = OutputOf<typeof billingOperations.readMyBalance>;

/** What a customer owes, is late with, and has to their credit today. */
export async function accountBalance(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  customerId: string,
): Promise<AccountBalance> {
  const account = await accountOf({ db }, customerId);
  const open = await store.openFigures(db, { customerId, today: civilDateOf(now) });
  return {
    customerId,
    balanceCents: account.balanceCents,
    creditCents: account.creditCents,
    noteCreditCents: await noteCreditOf({ db }, customerId),
    overdueCents: open.overdue_cents,
    disputedCents: open.disputed_cents,
    openInvoices: open.count,
    nextDueOn: open.next_due_on,
  };
}

/** What is contested of what a customer is late with: nobody collects it until it is decided. */
export async function disputedCents(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  customerId: string,
): Promise<bigint> {
  return (await store.openFigures(db, { customerId, today: civilDateOf(now) })).disputed_cents;
}

/** What may be collected of a customer today: overdue and not contested. */
export async function collectibleCents(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  customerId: string,
): Promise<bigint> {
  const open = await store.openFigures(db, { customerId, today: civilDateOf(now) });
  return open.overdue_cents - open.disputed_cents;
}
