import { civilDateOf } from '@gigafibre/calendar';
import { paymentsEvents, Refusal, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import { readReturnsFile, ReturnsFault, type ReturnsFile } from '@gigafibre/outside/bank-file';
import { z } from 'zod';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { hashOf } from '../../../platform/chance.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../../platform/db/cursor.ts';
import { lockAccounts } from '../../ledger/index.ts';
import * as store from '../bank-store.ts';
import { debitForUpdate } from '../debit-store.ts';
import { debitClaimedBack, debitFailed } from '../debits/debit-failed.ts';
import { openReview } from '../review.ts';
import { leftOf, lockPayment, withdraw } from '../withdraw.ts';
import { OWN_BANK } from './bank-account.ts';
import { bankRail } from './bank-rail.ts';

export type ReturnsRead = OutputOf<typeof paymentsOperations.takeReturnsFile>;
type Outcome = ReturnsRead['rows'][number]['outcome'];
type Item = ReturnsFile['items'][number];

/**
 * Reads the bank's file of returned debits and moves each: before its money came it is returned, and presented again
 * as the codes allow; after, its payment is reversed too. The same file again gives what it gave and changes nothing.
 * Refused whole when it is cut, of another originator, disagrees with itself or with what was sent, or comes before
 * the file it answers was marked as sent.
 */
export async function takeReturnsFile(
  tx: Tx,
  { name, text }: { name: string; text: string },
): Promise<ReturnsRead> {
  const { originatorId } = await bankRail(tx);
  const file = wholeFile(tx, text);
  const stranger = [file, ...file.items].find((part) => part.originatorId !== originatorId);
  if (stranger) throw new Refusal('bank_file_foreign', { originator: stranger.originatorId });
  const row = await store.insertReturnsFile(tx.db, {
    name,
    digest: hashOf(file.records),
    items: file.items.length,
    amount_cents: sumCents(file.items.map(({ amountCents }) => amountCents)),
    read_at: tx.now,
    read_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  if (!row) return readBefore(tx, hashOf(file.records));
  const debits = await knownDebits(tx, file.items);
  const rows = [];
  for (const [place, item] of file.items.entries()) {
    const debitId = debits.has(item.reference) ? item.reference : null;
    rows.push({
      file_id: row.id,
      place,
      reference: item.reference,
      debit_id: debitId,
      return_code: item.code,
      amount_cents: item.amountCents,
      outcome: debitId === null ? await reviewed(tx, item, 'unknown') : await moved(tx, item),
    });
  }
  if (rows.length > 0) await store.insertReturnedItems(tx.db, rows);
  await tx.tell(paymentsEvents.returnsFileRead, {
    subject: row.id,
    data: {
      items: row.items,
      amountCents: Number(row.amount_cents),
      unknown: rows.filter(({ outcome }) => outcome === 'unknown' || outcome === 'never_sent').length,
    },
  });
  return readOf(tx, row, false);
}

function wholeFile({ by }: Tx, text: string): ReturnsFile {
  try {
    return readReturnsFile(text);
  } catch (error) {
    if (!(error instanceof ReturnsFault)) throw error;
    const code = error.kind === 'cut' ? 'bank_file_cut' : 'bank_file_altered';
    throw new Refusal(code, { reason: error.reason[by.language] });
  }
}

/**
 * The debits a file speaks of, their accounts locked; refused when it says another amount than was sent, and while
 * nobody has said that their file went: kept now, their return would be lost and they would count as paid.
 */
async function knownDebits(tx: Tx, items: readonly Item[]): Promise<ReadonlySet<string>> {
  const found = await store.debitsNamed(
    tx.db,
    items.map(({ reference }) => reference),
  );
  await lockAccounts(tx, [...new Set(found.map(({ customer_id }) => customer_id))]);
  const sent = new Map(found.map(({ id, amount_cents }) => [id, amount_cents]));
  const early = found.find(({ file_state }) => file_state === 'released');
  if (early) throw new Refusal('debits_not_sent', { file: early.file_id ?? '' });
  for (const { reference, amountCents } of items) {
    const sentCents = sent.get(reference);
    if (sentCents !== undefined && sentCents !== amountCents)
      throw new Refusal('bank_file_altered', { reason: reference });
  }
  return new Set(sent.keys());
}

async function moved(tx: Tx, item: Item): Promise<Outcome> {
  const { reference: id, code } = item;
  const row = await debitForUpdate(tx.db, id);
  switch (row?.state) {
    case 'sent':
      await debitFailed(tx, { id, code });
      return 'returned';
    case 'in_window':
    case 'settled':
      if (row.payment_id !== null) await reverse(tx, item, row.payment_id);
      return 'returned';
    case 'returned':
      return 'already';
    default:
      return reviewed(tx, item, 'never_sent');
  }
}

/** The money had come and is gone: its payment is reversed, on the day of the return. */
async function reverse(tx: Tx, { reference, code, amountCents }: Item, paymentId: string): Promise<void> {
  const payment = await lockPayment(tx, paymentId);
  if (!payment) throw new Error(`no payment ${paymentId}`);
  const leftCents = leftOf(payment);
  const goneCents = amountCents < leftCents ? amountCents : leftCents;
  if (goneCents > 0n)
    await withdraw(tx, {
      paymentId,
      kind: 'return',
      sourceId: reference,
      amountCents: goneCents,
      on: civilDateOf(tx.now),
    });
  // Given back before the bank took it back too: a person looks.
  if (goneCents < amountCents)
    await reviewed(tx, { reference, amountCents: amountCents - goneCents }, 'unknown');
  await debitClaimedBack(tx, { paymentId, reason: code });
}

async function reviewed(
  tx: Tx,
  { reference, amountCents }: Pick<Item, 'reference' | 'amountCents'>,
  outcome: Outcome,
): Promise<Outcome> {
  await openReview(tx, 'debit', {
    vendor: OWN_BANK,
    ref: reference === '' ? '?' : reference,
    paymentRef: null,
    customerId: null,
    amountCents,
    currency: 'cad',
  });
  return outcome;
}

async function readBefore(tx: Tx, digest: string): Promise<ReturnsRead> {
  const row = await store.returnsFileByDigest(tx.db, digest);
  if (!row) throw new Error('a file of returns vanished');
  return readOf(tx, row, true);
}

async function readOf(tx: Tx, row: store.ReturnsFileRow, repeated: boolean): Promise<ReturnsRead> {
  const rows = await store.returnedItems(tx.db, row.id);
  return {
    ...returnsFileOf(row),
    repeated,
    rows: rows.map((item) => ({
      reference: item.reference,
      debitId: item.debit_id,
      returnCode: item.return_code,
      amountCents: item.amount_cents,
      outcome: item.outcome as Outcome, // held by a check constraint
    })),
  };
}

const returnsFileOf = (row: store.ReturnsFileRow) => ({
  id: row.id,
  name: row.name,
  readAt: row.read_at,
  readBy: row.read_by,
  items: row.items,
  amountCents: row.amount_cents,
});

/** Files of returns that were read, newest first, a page at a time. */
export async function listReturnsFiles(
  { db }: Pick<Reading, 'db'>,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<OutputOf<typeof paymentsOperations.listReturnsFiles>> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const page = pageOf(await store.returnsFilesPage(db, { before, limit }), limit, (last) =>
    cursorOf(last.read_at, last.id),
  );
  return { next: page.next, rows: page.rows.map(returnsFileOf) };
}
