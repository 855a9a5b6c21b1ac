import { addBusinessDays, BANKING, civilDateOf } from '@gigafibre/calendar';
import { Refusal, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import type { Tx } from '../../../platform/acting.ts';
import { lockFor } from '../../../platform/transact.ts';
import * as store from '../bank-store.ts';
import { bankRail, debitDayOf, type KeptRail } from './bank-rail.ts';
import { moveDebitFile, tellMoved } from './debit-file.ts';

type MadeFile = OutputOf<typeof paymentsOperations.makeDebitFile>;

/** Debits of one file, whose accounts are all locked to release it; what is left goes into the next. */
const DEBITS_MAX = 4_000;

/** Makers and releasers of files come one after the other. */
export const lockFiles = (tx: Tx): Promise<unknown> => lockFor(tx, 'payments.debit-files');

/** When a file of today debits the accounts, and by when the bank has brought back what it returns. */
export function daysOfFile(tx: Tx, rail: KeptRail): { debit_on: string; answer_by: string } {
  const sentOn = civilDateOf(tx.now);
  const debit_on = debitDayOf(sentOn);
  return { debit_on, answer_by: answerBy({ debitOn: debit_on, sentOn }, rail) };
}

/** By when the bank has brought back what it returns: counted from the later of the debit and of the sending. */
export const answerBy = (
  { debitOn, sentOn }: { debitOn: string; sentOn: string },
  { returnDays }: Pick<KeptRail, 'returnDays'>,
): string => addBusinessDays(sentOn > debitOn ? sentOn : debitOn, returnDays, BANKING);

/**
 * Collects the debits that wait for the bank into a file. From here on their money is under way: nothing is suspended
 * or claimed for what they pay. Says how many did not fit and wait for the next. Refused when nothing waits, and before
 * the rail is set up.
 */
export async function makeDebitFile(
  tx: Tx,
  { most = DEBITS_MAX }: { most?: number } = {},
): Promise<MadeFile> {
  const rail = await bankRail(tx);
  await lockFiles(tx);
  const { id } = await store.insertDebitFile(tx.db, {
    ...daysOfFile(tx, rail),
    made_at: tx.now,
    made_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    made_by_id: tx.by.id,
  });
  const today = civilDateOf(tx.now);
  const collected = await store.collect(tx.db, { fileId: id, today, now: tx.now, limit: most });
  if (collected.length === 0) throw new Refusal('nothing_to_collect');
  await tellMoved(
    tx,
    collected.map((row) => ({ ...row, state: 'sending' })),
  );
  const file = await moveDebitFile(tx, id, {
    debits: collected.length,
    amount_cents: sumCents(collected.map(({ amount_cents }) => amount_cents)),
  });
  return { ...file, waiting: (await store.waitingForBank(tx.db, today)).debits };
}
