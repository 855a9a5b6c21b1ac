import {
  BILL_FILES_MAX,
  purchasesEvents,
  Refusal,
  type FileAnswer,
  type ParsedOf,
  type purchasesOperations,
} from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import { linkId } from '../../platform/chance.ts';
import { nameOf, type BillDetail } from './bill.ts';
import { readBill } from './read-bills.ts';
import { sniffPaper, type PaperType } from './sniff-paper.ts';
import * as store from './store.ts';

/** Keeps the paper of a bill, in whatever state it is: papers are only added. */
export async function addBillFile(
  tx: Tx,
  { id, name, file }: ParsedOf<typeof purchasesOperations.addBillFile>,
): Promise<BillDetail> {
  const row = await store.billForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  const bytes = Buffer.from(file, 'base64');
  const type = sniffPaper(bytes);
  if (!type) throw new Refusal('not_a_paper');
  if ((await store.filesOf(tx.db, id)).length >= BILL_FILES_MAX)
    throw new Refusal('too_many_papers', { limit: BILL_FILES_MAX });
  await store.insertFile(tx.db, {
    id: linkId(),
    bill_id: id,
    name,
    type,
    bytes,
    added_at: tx.now,
    added_by: nameOf(tx),
  });
  await tx.tell(purchasesEvents.billFileAdded, { subject: id, data: { name } });
  return readBill(tx, id);
}

/** A paper of a bill as it came; refused `not_found`. */
export async function readBillFile(
  { db }: Pick<Reading, 'db'>,
  { id, fileId }: ParsedOf<typeof purchasesOperations.readBillFile>,
): Promise<FileAnswer> {
  const row = await store.fileOf(db, { billId: id, fileId });
  if (!row) throw new Refusal('not_found', { what: fileId });
  // Held to the types that are sniffed by a check constraint.
  return { type: row.type as PaperType, name: row.name, bytes: row.bytes };
}
