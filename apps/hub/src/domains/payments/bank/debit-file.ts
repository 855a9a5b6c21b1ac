import { paymentsEvents, Refusal, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../../platform/db/cursor.ts';
import * as store from '../bank-store.ts';

export type DebitFile = OutputOf<typeof paymentsOperations.readDebitFile>;
type Paging = Readonly<{ limit: number; after?: string | undefined }>;

/** A row as the noun; states are held by a check constraint. */
export const debitFileOf = (row: store.DebitFileRow): DebitFile => ({
  id: row.id,
  state: row.state as DebitFile['state'],
  fileNumber: row.file_number,
  debitOn: row.debit_on,
  debits: row.debits,
  amountCents: row.amount_cents,
  digest: row.digest,
  downloads: row.downloads,
  madeAt: row.made_at,
  madeBy: row.made_by,
  releasedAt: row.released_at,
  releasedBy: row.released_by,
  sentAt: row.sent_at,
  sentBy: row.sent_by,
  withdrawnReason: row.withdrawn_reason,
});

/** One file of debits; refused `not_found`. */
export async function readDebitFile({ db }: Pick<Reading, 'db'>, id: string): Promise<DebitFile> {
  const row = await store.debitFileById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return debitFileOf(row);
}

/** Files of debits, newest first, a page at a time. */
export async function listDebitFiles(
  { db }: Pick<Reading, 'db'>,
  { limit, after }: Paging,
): Promise<{ rows: DebitFile[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const page = pageOf(await store.debitFilesPage(db, { before, limit }), limit, (last) =>
    cursorOf(last.made_at, last.id),
  );
  return { next: page.next, rows: page.rows.map(debitFileOf) };
}

/** Writes where a file stands now, and tells it. */
export async function moveDebitFile(
  tx: Tx,
  id: string,
  fields: Parameters<typeof store.updateDebitFile>[1]['fields'],
): Promise<DebitFile> {
  await store.updateDebitFile(tx.db, { id, fields });
  const file = await readDebitFile(tx, id);
  await tx.tell(paymentsEvents.debitFileMoved, {
    subject: id,
    data: {
      state: file.state,
      fileNumber: file.fileNumber,
      debits: file.debits,
      amountCents: Number(file.amountCents),
      reason: file.withdrawnReason,
    },
  });
  return file;
}

/** Tells of debits that moved together. */
export const tellMoved = (tx: Tx, moved: readonly store.MovedDebit[]): Promise<void> =>
  tx.tellAll(
    paymentsEvents.debitMoved,
    moved.map((row) => ({
      subject: row.id,
      customerId: row.customer_id,
      data: {
        state: row.state as 'sending', // one of the states of a debit, held by a check constraint
        amountCents: Number(row.amount_cents),
        invoiceId: row.invoice_id,
        code: null,
        returnCode: null,
        retryOn: null,
      },
    })),
  );
