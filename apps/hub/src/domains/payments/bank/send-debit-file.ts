import { civilDateOf } from '@gigafibre/calendar';
import { paymentsEvents, Refusal } from '@gigafibre/contract';
import type { Acting } from '../../../platform/http/route.ts';
import type { Tx } from '../../../platform/acting.ts';
import * as store from '../bank-store.ts';
import { moveDebitFile, tellMoved, type DebitFile } from './debit-file.ts';
import { bankRail } from './bank-rail.ts';
import { answerBy, lockFiles } from './make-debit-file.ts';
import { fileIn, fileSealer } from './release-debit-file.ts';

/** The file as the bank takes it. Not an answer that is kept to be given again: it shows accounts in clear. */
export const downloadDebitFile = (
  { transact }: Pick<Acting, 'transact'>,
  { id }: { id: string },
): Promise<{ name: string; text: string }> =>
  transact(async (tx) => {
    const row = await fileIn(tx, id, ['released', 'sent']);
    if (row.content_sealed === null || row.digest === null) throw new Error(`${id} was never written`);
    await store.updateDebitFile(tx.db, { id, fields: { downloads: row.downloads + 1 } });
    await tx.tell(paymentsEvents.debitFileDownloaded, { subject: id, data: { digest: row.digest } });
    const text = (await fileSealer(tx.db)).open(row.content_sealed, id);
    return { name: `${id}-${String(row.file_number).padStart(4, '0')}.txt`, text };
  });

/**
 * The bank has the file: its debits are sent, and paid unless they come back by their day, which counts from today
 * when it is said late.
 */
export async function markDebitFileSent(tx: Tx, { id }: { id: string }): Promise<DebitFile> {
  const row = await fileIn(tx, id, ['released']);
  const answer_by = answerBy({ debitOn: row.debit_on, sentOn: civilDateOf(tx.now) }, await bankRail(tx));
  const moved = await store.moveFiled(tx.db, {
    fileId: id,
    from: ['sending'],
    fields: { state: 'sent', sent_at: tx.now, moved_at: tx.now, answer_by },
  });
  await tellMoved(tx, moved);
  return moveDebitFile(tx, id, {
    state: 'sent',
    answer_by,
    sent_at: tx.now,
    sent_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
}

/**
 * Takes a file back: it never went, or the bank refused it whole. Its debits wait for the next, which takes its
 * number. Refused once the bank has answered for any of them, and once the accounts of a sent file were debited.
 */
export async function withdrawDebitFile(
  tx: Tx,
  { id, reason }: { id: string; reason: string },
): Promise<DebitFile> {
  await lockFiles(tx);
  const row = await fileIn(tx, id, ['made', 'released', 'sent']);
  if (await store.isAnswered(tx.db, id)) throw new Refusal('not_in_this_state', { state: row.state });
  if (row.state === 'sent' && row.debit_on < civilDateOf(tx.now))
    throw new Refusal('debit_day_passed', { date: row.debit_on });
  const isLast = row.sequence === null || row.sequence === (await store.lastSequence(tx.db));
  // A number in the middle cannot be given again: the bank has seen those after it.
  if (!isLast) throw new Refusal('not_in_this_state', { state: row.state });
  const moved = await store.moveFiled(tx.db, {
    fileId: id,
    from: ['sending', 'sent'],
    fields: { state: 'planned', file_id: null, answer_by: null, moved_at: tx.now },
  });
  await tellMoved(tx, moved);
  return moveDebitFile(tx, id, {
    state: 'withdrawn',
    withdrawn_at: tx.now,
    withdrawn_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    withdrawn_reason: reason,
  });
}
