import { billingRunsEvents } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { isNobodysFault } from '../../../platform/transact.ts';
import { chargesInvoiced, keepNewDays } from '../../charges/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import { issueInvoice } from '../issue-invoice.ts';
import { ISSUE_JOB } from './count-run.ts';
import { runBills, type RunBill } from './run-bill.ts';
import * as store from '../run-store.ts';

/**
 * Customers dealt with in one transaction: the series of numbers is held until it ends, so that somebody who
 * issues one invoice by hand waits no longer than this takes.
 */
const BATCH = 25;

/**
 * Issues the invoices of the next customers of an approved run, and asks for those after them. What was approved
 * is what is issued: a customer whose bill has changed since is left out and said so. A crash loses one batch,
 * whole, and its job comes again.
 */
export async function issueRun(tx: Tx, { runId }: { runId: string }): Promise<void> {
  const run = await store.runForUpdate(tx.db, runId);
  if (run?.state !== 'issuing' || run.issued_on === null) return;
  const { through, issued_on: on } = run;
  const toDo = await store.customersToDo(tx.db, { runId, limit: BATCH });
  if (toDo.length === 0) return finish(tx, runId);
  const customerIds = toDo.map((row) => row.customer_id);
  for (const customerId of customerIds) await lockAccount(tx, customerId);
  const bills = await runBills(tx, { customerIds, through, on, lock: true });
  for (const [index, bill] of bills.entries()) {
    const approved = toDo[index];
    if (!approved) continue;
    const dealt = await apart(tx, () => deal(tx, bill, { approved, through, on }));
    await store.putOutcome(tx.db, { runId, customerId: bill.customerId, ...dealt });
  }
  const { done } = await store.sumsOf(tx.db, runId);
  await tx.tell(billingRunsEvents.runProgressed, { subject: runId, data: { done } });
  await tx.enqueue(ISSUE_JOB, { runId });
}

type Dealt = Readonly<{ outcome: string; invoiceId: string | null; problem: string | null }>;
const nothing = { invoiceId: null, problem: null };

/** One customer whose bill cannot be issued is said so, and keeps nobody else from theirs. */
async function apart(tx: Tx, act: () => Promise<Dealt>): Promise<Dealt> {
  await store.markPlace(tx.db);
  try {
    return await act();
  } catch (error) {
    if (isNobodysFault(error)) throw error;
    await store.backToPlace(tx.db);
    return {
      outcome: 'failed',
      invoiceId: null,
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}

type Dealing = Readonly<{ approved: store.RunCustomerRow; through: string; on: string }>;

async function deal(tx: Tx, bill: RunBill, { approved, through, on }: Dealing): Promise<Dealt> {
  const isAsApproved =
    bill.fingerprint === approved.fingerprint && bill.priced.totalCents === approved.total_cents;
  if (!isAsApproved) return { outcome: 'changed', ...nothing };
  if (bill.creditWaits) return { outcome: 'credit_waits', ...nothing };
  const { customerId, services, days, charges, lines } = bill;
  const subscriptionIds = services.map(({ subscriptionId }) => subscriptionId);
  await keepNewDays(tx, { subscriptionIds, days, through });
  if (lines.length === 0) return { outcome: 'nothing', ...nothing };
  const invoice = await issueInvoice(tx, { customerId, lines, on, reason: `facture jusqu’au ${through}` });
  await chargesInvoiced(tx, { ids: charges.map(({ id }) => id), invoiceId: invoice.id });
  return { outcome: 'invoiced', invoiceId: invoice.id, problem: null };
}

async function finish(tx: Tx, runId: string): Promise<void> {
  await store.updateRun(tx.db, runId, { state: 'issued', finished_at: tx.now });
  const { invoices, changed, invoiced } = await store.sumsOf(tx.db, runId);
  await tx.tell(billingRunsEvents.runIssued, {
    subject: runId,
    data: { invoices, changed, totalCents: Number(invoiced) },
  });
}
