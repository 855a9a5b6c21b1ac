import { billingRunsEvents } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { chargesInvoiced, keepNewDays, keepPhoneMonths } from '../../charges/index.ts';
import { lockAccounts } from '../../ledger/index.ts';
import { issueInvoices } from '../issue-invoice.ts';
import { apart } from './apart.ts';
import { creditBelowZero } from './credit-bill.ts';
import { isPaused } from './pause.ts';
import { runBillsApart, type RunBill } from './run-bill.ts';
import * as store from '../run-store.ts';

/**
 * Issues the invoices of some customers of an approved run in this transaction; whoever another worker has dealt with
 * meanwhile is passed over. The run's row is touched last: other pages are under way beside this one. False when the run
 * does not go on, and nothing was done.
 */
export async function issuePage(
  tx: Tx,
  { runId, customerIds }: { runId: string; customerIds: readonly string[] },
): Promise<boolean> {
  const run = await store.runById(tx.db, runId);
  if (run?.state !== 'issuing' || run.issued_on === null || (await isPaused(tx))) return false;
  const { through, issued_on: on } = run;
  const toDo = await store.stillToDo(tx.db, { runId, customerIds });
  if (toDo.length === 0) return true;
  const ids = toDo.map((row) => row.customer_id);
  await lockAccounts(tx, ids);
  const { bills, problems } = await runBillsApart(tx, { customerIds: ids, through, on, lock: true });
  const approved = new Map(toDo.map((row) => [row.customer_id, row]));
  const dealt = [
    ...(await dealWithAll(tx, { bills, approved, through, on })),
    ...problems.map((one) => ({ ...one, outcome: 'failed', invoiceId: null })),
  ];
  await store.putOutcomes(tx.db, runId, dealt);
  await creditBelowZero(tx, { run, on, bills, dealt });
  const { done } = await store.addDone(tx.db, runId, dealt.length);
  await tx.tell(billingRunsEvents.runProgressed, { subject: runId, data: { done } });
  return true;
}

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
  await keepPhoneMonths(
    tx.db,
    kept.flatMap(({ phoneMonths }) => phoneMonths),
  );
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
