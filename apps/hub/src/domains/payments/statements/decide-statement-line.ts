import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, type OutputOf, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { readInvoiceOf } from '../../billing/index.ts';
import { readCustomer } from '../../customers/index.ts';
import { lockAccount, post } from '../../ledger/index.ts';
import * as store from '../statement-store.ts';
import { leftOf, lockPayment, withdraw } from '../withdraw.ts';
import { inThisRound, keepOurs, oursEntry, recordLine } from './match-statement.ts';
import { decideLine, type StatementLine } from './statement-line.ts';

type Accepting = ParsedOf<typeof paymentsOperations.acceptStatementLine>;

/**
 * Says whose a line is: it is recorded as their payment, or is one they made already. Refused for what went out, for a
 * line that was decided, and for a payment of somebody else, of another amount, or of another line.
 */
export async function acceptStatementLine(
  tx: Tx,
  { id, customerId, invoiceId, paymentId }: Accepting,
): Promise<StatementLine> {
  await readCustomer(tx, customerId);
  await lockAccount(tx, customerId);
  const row = await undecided(tx, id);
  if (row.amount_cents <= 0n) throw new Refusal('amount_not_valid');
  if (paymentId === null) {
    if (invoiceId !== null) await readInvoiceOf(tx, { id: invoiceId, customerId });
    return recordLine(tx, row, { customerId, invoiceId });
  }
  const payment = await store.unmatchedPayment(tx.db, paymentId);
  if (payment?.customer_id !== customerId || payment.amount_cents !== row.amount_cents)
    throw new Refusal('payment_not_this_line');
  const kept = { kind: 'payment', customer_id: customerId, payment_id: paymentId, reason: null } as const;
  return decideLine(tx, row, { state: 'matched', ...kept });
}

/** A file may be looked for this many days around a line: the bank took its time, or the file was read late. */
const FILE_DAYS = 62;
type FileOfLine = OutputOf<typeof paymentsOperations.listFilesOfStatementLine>['files'][number];

/** The files of ours whose money a line may be, nearest first. */
export async function filesOfStatementLine(
  { db }: Pick<Tx, 'db'>,
  { id }: { id: string },
): Promise<{ files: FileOfLine[] }> {
  const row = await store.lineById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  const ours = await store.ourMovements(db, {
    on: row.on_date,
    days: FILE_DAYS,
    amountCents: row.amount_cents,
  });
  return {
    files: ours.flatMap(({ kind, id: fileId, on_date: on }) =>
      // A provider's transfer is in the books since it was read there.
      kind === 'payout' ? [] : [{ kind, fileId, on }],
    ),
  };
}

/** Says which of our own files a line is the money of. Refused for one of another amount, or of another line. */
export async function settleStatementLine(
  tx: Tx,
  { id, fileId }: { id: string; fileId: string },
): Promise<StatementLine> {
  const row = await undecided(tx, id);
  const { files } = await filesOfStatementLine(tx, { id });
  const found = files.find((one) => one.fileId === fileId);
  if (!found) throw new Refusal('file_not_this_line');
  return keepOurs(tx, row, { kind: found.kind, id: fileId });
}

/** Says why a line is no payment of a customer. Refused for one that was decided. */
export async function ignoreStatementLine(
  tx: Tx,
  { id, reason }: { id: string; reason: string },
): Promise<StatementLine> {
  return decideLine(tx, await undecided(tx, id), { state: 'ignored', reason });
}

/** Locked; what was ignored may still be given to somebody, what is recorded is not decided twice. */
async function undecided(tx: Tx, id: string): Promise<store.LineRow> {
  const row = await store.lineForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  if (row.state === 'matched') throw new Refusal('not_in_this_state', { state: row.state });
  return row;
}

/**
 * Takes back what a line was said to be: the payment it made is reversed, one recorded by hand only let go, the
 * entry of our own file turned round; and it waits again. Refused for what was not decided, for a provider's
 * transfer, and when some of the payment is gone.
 */
export async function undoStatementLine(
  tx: Tx,
  { id, reason }: { id: string; reason: string },
): Promise<StatementLine> {
  const known = await store.lineById(tx.db, id);
  if (!known) throw new Refusal('not_found', { what: id });
  if (known.customer_id !== null) await lockAccount(tx, known.customer_id);
  const row = await store.lineForUpdate(tx.db, id);
  if (row?.state !== 'matched' || row.customer_id !== known.customer_id || row.kind === 'payout')
    throw new Refusal('not_in_this_state', { state: row?.state ?? 'gone' });
  if (row.payment_id !== null) await takeBack(tx, row, row.payment_id);
  else if (row.file_id !== null) await turnRound(tx, row, row.file_id);
  const freed = { kind: 'payment', payment_id: null, customer_id: null, file_id: null } as const;
  return decideLine(tx, row, { state: 'waiting', reason, rounds: row.rounds + 1, ...freed });
}

async function takeBack(tx: Tx, row: store.LineRow, paymentId: string): Promise<void> {
  const payment = await lockPayment(tx, paymentId);
  if (!payment) throw new Error(`no payment ${paymentId}`);
  const { reference } = payment;
  if (reference !== row.id && reference?.startsWith(`${row.id}/`) !== true) return;
  if (leftOf(payment) !== row.amount_cents) throw new Refusal('payment_gone_since');
  const on = civilDateOf(tx.now);
  await withdraw(tx, { paymentId, kind: 'return', sourceId: paymentId, amountCents: row.amount_cents, on });
}

async function turnRound(tx: Tx, row: store.LineRow, fileId: string): Promise<void> {
  const on = civilDateOf(tx.now);
  const entry = oursEntry({
    kind: row.kind,
    id: `${fileId}/back`,
    lineId: inThisRound(row),
    on,
    amountCents: -row.amount_cents,
  });
  if (entry) await post(tx, entry);
}
