import { civilDateOf } from '@gigafibre/calendar';
import { billingRunsEvents } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { chargesInvoiced, keepNewDays } from '../../charges/index.ts';
import { lockAccounts } from '../../ledger/index.ts';
import { issueInvoices } from '../issue-invoice.ts';
import { apart } from './apart.ts';
import { ISSUE_JOB } from './count-run.ts';
import { creditBelowZero } from './credit-bill.ts';
import { isPaused } from './pause.ts';
import { runBillsApart, type RunBill } from './run-bill.ts';
import * as store from '../run-store.ts';

/**
 * Customers dealt with in one transaction: the series of numbers is held while their invoices are written, so that
 * somebody who issues one by hand waits no longer than that.
 */
const BATCH = 200;

/**
 * Issues the invoices of the next customers of an approved run, and asks for those after them. What was approved
 * is what is issued: a customer whose bill has changed since is left out and said so. A crash loses one batch,
 * whole, and its job comes again.
 */
export async function issueRun(
  tx: Tx,
  { runId, after = '' }: { runId: string; after?: string | undefined },
): Promise<void> {
  const run = await store.runForUpdate(tx.db, runId);
  if (run?.state !== 'issuing' || run.issued_on === null || (await isPaused(tx))) return;
  const { through } = run;
  const toDo = await store.customersToDo(tx.db, { runId, after, limit: BATCH });
  const last = toDo.at(-1);
  if (!last) return finish(tx, runId);
  const on = await dayOfIssue(tx, { runId, approvedFor: run.issued_on });
  const customerIds = toDo.map((row) => row.customer_id);
  await lockAccounts(tx, customerIds);
  const { bills, problems } = await runBillsApart(tx, { customerIds, through, on, lock: true });
  const approved = new Map(toDo.map((row) => [row.customer_id, row]));
  const dealt = [
    ...(await dealWithAll(tx, { bills, approved, through, on })),
    ...problems.map((one) => ({ ...one, outcome: 'failed', invoiceId: null })),
  ];
  await store.putOutcomes(tx.db, runId, dealt);
  await creditBelowZero(tx, { run, on, bills, dealt });
  const { done } = await store.addDone(tx.db, runId, dealt.length);
  if (hasDoubled(done, dealt.length)) await store.refreshStatistics(tx.db);
  await tx.tell(billingRunsEvents.runProgressed, { subject: runId, data: { done } });
  await tx.enqueue(ISSUE_JOB, { runId, after: last.customer_id });
}

/** No invoice is dated before the day it is issued, or falls due that much too soon: a run may have waited. */
async function dayOfIssue(
  tx: Tx,
  { runId, approvedFor }: { runId: string; approvedFor: string },
): Promise<string> {
  const today = civilDateOf(tx.now);
  if (today <= approvedFor) return approvedFor;
  await store.updateRun(tx.db, runId, { issued_on: today });
  return today;
}

/** A company's first runs fill empty tables faster than the server looks at them by itself. */
const hasDoubled = (done: number, more: number): boolean =>
  Math.floor(Math.log2(done)) > Math.floor(Math.log2(Math.max(1, done - more)));

type Dealing = Readonly<{
  bills: readonly RunBill[];
  approved: ReadonlyMap<string, store.RunCustomerRow>;
  through: string;
  on: string;
}>;

/** All together; when somebody's bill cannot be issued, one by one, so that it keeps nobody else from theirs. */
async function dealWithAll(tx: Tx, { bills, ...rest }: Dealing): Promise<store.Outcome[]> {
  const dealt = await apart(tx, () => deal(tx, { bills, ...rest }));
  if (Array.isArray(dealt)) return dealt;
  const outcomes: store.Outcome[] = [];
  for (const bill of bills) {
    const own = await apart(tx, () => deal(tx, { bills: [bill], ...rest }));
    const { customerId } = bill;
    outcomes.push(
      ...(Array.isArray(own)
        ? own
        : [{ customerId, outcome: 'failed', invoiceId: null, problem: own.problem }]),
    );
  }
  return outcomes;
}

/** Bills some customers as they were approved: their days kept, their invoices issued, their charges taken. */
async function deal(tx: Tx, { bills, approved, through, on }: Dealing): Promise<store.Outcome[]> {
  const outcomes = new Map(bills.map((bill) => [bill, outcomeOf(bill, approved.get(bill.customerId))]));
  const kept = bills.filter((bill) => !['changed', 'credit_waits'].includes(outcomes.get(bill) ?? ''));
  await keepNewDays(tx, {
    subscriptionIds: kept.flatMap(({ services }) => services.map(({ subscriptionId }) => subscriptionId)),
    days: kept.flatMap(({ days }) => days),
    through,
  });
  const reason = `facture jusqu’au ${through}`;
  const drafts = kept.filter(({ lines }) => lines.length > 0).map((bill) => ({ ...bill, reason }));
  const issued = new Map(
    (await issueInvoices(tx, { on, drafts })).map(({ customerId, id }) => [customerId, id]),
  );
  await chargesInvoiced(
    tx,
    drafts.flatMap(({ customerId, charges }) =>
      charges.map(({ id }) => ({ id, invoiceId: issued.get(customerId) ?? '' })),
    ),
  );
  return bills.map((bill) => ({
    customerId: bill.customerId,
    outcome: outcomes.get(bill) ?? 'failed',
    invoiceId: issued.get(bill.customerId) ?? null,
    problem: null,
  }));
}

function outcomeOf({ fingerprint, priced, creditWaits, lines }: RunBill, approved?: store.RunCustomerRow) {
  if (fingerprint !== approved?.fingerprint || priced.totalCents !== approved.total_cents) return 'changed';
  if (creditWaits) return 'credit_waits';
  return lines.length === 0 ? 'nothing' : 'invoiced';
}

async function finish(tx: Tx, runId: string): Promise<void> {
  await store.updateRun(tx.db, runId, { state: 'issued', finished_at: tx.now });
  const { invoices, changed, invoiced } = await store.sumsOf(tx.db, runId);
  await tx.tell(billingRunsEvents.runIssued, {
    subject: runId,
    data: { invoices, changed, totalCents: Number(invoiced) },
  });
}
