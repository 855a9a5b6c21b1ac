import { Refusal, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { readInvoiceOf } from '../../billing/index.ts';
import { readCustomer } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import * as store from '../statement-store.ts';
import { recordLine } from './match-statement.ts';
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
  const kept = { kind: 'payment', customer_id: customerId, payment_id: paymentId } as const;
  return decideLine(tx, row, { state: 'matched', ...kept });
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
