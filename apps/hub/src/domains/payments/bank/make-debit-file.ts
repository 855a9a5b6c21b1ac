import { addBusinessDays, BANKING, civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import { lockFor } from '../../../platform/transact.ts';
import * as store from '../bank-store.ts';
import { bankRail, debitDayOf, type KeptRail } from './bank-rail.ts';
import { moveDebitFile, tellMoved, type DebitFile } from './debit-file.ts';

/** Debits of one file; what is left goes into the next. */
const DEBITS_MAX = 20_000;

/** Makers and releasers of files come one after the other. */
export const lockFiles = (tx: Tx): Promise<unknown> => lockFor(tx, 'payments.debit-files');

/** When a file of today debits the accounts, and by when the bank has brought back what it returns. */
export function daysOfFile(tx: Tx, { returnDays }: KeptRail): { debit_on: string; answer_by: string } {
  const debit_on = debitDayOf(civilDateOf(tx.now));
  return { debit_on, answer_by: addBusinessDays(debit_on, returnDays, BANKING) };
}

/**
 * Collects the debits that wait for the bank into a file. From here on their money is under way: nothing is suspended
 * or claimed for what they pay. Refused when nothing waits, and before the rail is set up.
 */
export async function makeDebitFile(tx: Tx): Promise<DebitFile> {
  const rail = await bankRail(tx);
  await lockFiles(tx);
  const { id } = await store.insertDebitFile(tx.db, {
    ...daysOfFile(tx, rail),
    made_at: tx.now,
    made_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    made_by_id: tx.by.id,
  });
  const today = civilDateOf(tx.now);
  const collected = await store.collect(tx.db, { fileId: id, today, now: tx.now, limit: DEBITS_MAX });
  if (collected.length === 0) throw new Refusal('nothing_to_collect');
  await tellMoved(
    tx,
    collected.map((row) => ({ ...row, invoice_id: null, state: 'sending' })),
  );
  return moveDebitFile(tx, id, {
    debits: collected.length,
    amount_cents: sumCents(collected.map(({ amount_cents }) => amount_cents)),
  });
}
