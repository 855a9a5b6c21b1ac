import { civilDateOf } from '@gigafibre/calendar';
import { billingRunsEvents } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { pricesOn } from '../../catalog/index.ts';
import { customersCharged, type ChargedSubscription } from '../../charges/index.ts';
import { customersServed } from '../../subscriptions/index.ts';
import {
  billDifference,
  firstBillCauses,
  isUnexplained,
  type BillCause,
  type ComparedBill,
  type ItemFacts,
} from './bill-difference.ts';
import { billsBefore, type BillBefore } from './bill-before.ts';
import { MUNICIPAL_TAX } from '../municipal-tax.ts';
import { endedSince, ratesOf, runBillsApart, type BillsApart, type RunBill } from './run-bill.ts';
import * as store from '../run-store.ts';

export const COUNT_JOB = 'billing.count-run';
export const ISSUE_JOB = 'billing.issue-run';

/** Customers computed in one transaction. */
const BATCH = 100;

/** Computes and compares the next customers of a run, and asks for those after them; the last ones end the counting. */
export async function countRun(tx: Tx, { runId, after }: { runId: string; after: string }): Promise<void> {
  const run = await store.runForUpdate(tx.db, runId);
  if (run?.state !== 'counting') return;
  const { through } = run;
  const customerIds = await nextCustomers(tx, { after, through });
  if (customerIds.length === 0) return finishCounting(tx, runId);
  const on = civilDateOf(tx.now);
  const { bills, problems } = await runBillsApart(tx, { customerIds, through, on, lock: false });
  const before = await billsBefore(tx, { bills, through });
  const isOwnAmount = await ownAmounts(tx, { bills, on });
  const rows = [
    ...bills
      .filter(isConcerned)
      .map((bill) => rowOf(run, bill, { before: before.get(bill.customerId), isOwnAmount })),
    ...problems.map((one) => problemRow(run, one)),
  ];
  if (rows.length > 0) await store.insertRunCustomers(tx.db, rows);
  await tx.enqueue(COUNT_JOB, { runId, after: customerIds.at(-1) ?? after });
}

/** The next customers by number: those with a service, and those for whom something waits. */
async function nextCustomers(
  tx: Tx,
  { after, through }: { after: string; through: string },
): Promise<string[]> {
  const served = await customersServed(tx, { after, endedSince: endedSince(through), limit: BATCH });
  const charged = await customersCharged(tx, { after, limit: BATCH });
  return [...new Set([...served, ...charged])].toSorted().slice(0, BATCH);
}

async function finishCounting(tx: Tx, runId: string): Promise<void> {
  await store.updateRun(tx.db, runId, { state: 'counted' });
  const { customers, unexplained } = await store.sumsOf(tx.db, runId);
  await tx.tell(billingRunsEvents.runCounted, { subject: runId, data: { customers, unexplained } });
}

/** Somebody charged up to the day already, for whom nothing waits, is none of this run's business. */
const isConcerned = ({ services, neverBilled, lines, creditWaits }: RunBill): boolean =>
  services.length + neverBilled.length + lines.length > 0 || creditWaits;

type Line = RunBill['lines'][number];
type IsOwnAmount = (line: Line) => boolean;

/** More of one thing than this, sold once, is likelier a mistake than an order. */
const QUANTITY_MAX = 10;

/**
 * What is asked once and is neither at the catalog's price of the day, or under it, nor what the law lets be asked at
 * the end of a term: an amount somebody wrote.
 */
async function ownAmounts(
  tx: Tx,
  { bills, on }: { bills: readonly RunBill[]; on: string },
): Promise<IsOwnAmount> {
  const isAsked = ({ kind, amountCents, taxTreatment, revenueAccount }: Line) =>
    kind === 'one_time' &&
    amountCents > 0n &&
    taxTreatment !== 'termination' &&
    revenueAccount !== MUNICIPAL_TAX.account;
  const skus = bills.flatMap(({ lines }) => lines.filter(isAsked).flatMap(({ sku }) => sku ?? []));
  const prices = skus.length === 0 ? new Map() : await pricesOn(tx, { skus: [...new Set(skus)], on });
  return (line) =>
    isAsked(line) &&
    (line.quantity > QUANTITY_MAX || line.unitPriceCents > (prices.get(line.sku ?? '')?.priceCents ?? 0n));
}

type Comparing = Readonly<{ before: BillBefore | undefined; isOwnAmount: IsOwnAmount }>;

function rowOf(run: store.RunRow, bill: RunBill, { before, isOwnAmount }: Comparing) {
  const facts = factsOf(bill, run.through);
  const now = comparedNow(bill, isOwnAmount);
  const causes = [
    ...(before ? billDifference(comparedBefore(before), now, facts) : firstBillCauses(now)),
    ...bill.neverBilled.flatMap(neverBilledCauses),
    ...belowZeroCauses(bill),
    ...zeroCauses(bill, before),
  ];
  const comparison = isUnexplained(causes)
    ? 'unexplained'
    : before?.totalCents === bill.priced.totalCents && causes.length === 0
      ? 'same'
      : 'differs';
  return {
    run_id: run.id,
    customer_id: bill.customerId,
    comparison,
    total_cents: bill.priced.totalCents,
    before_cents: before?.totalCents ?? null,
    causes,
    fingerprint: bill.fingerprint,
    problem: null,
  };
}

/** Somebody whose bill could not be computed: a person must look before the run is issued. */
const problemRow = (run: store.RunRow, { customerId, problem }: BillsApart['problems'][number]) => ({
  run_id: run.id,
  customer_id: customerId,
  comparison: 'unexplained',
  total_cents: 0n,
  before_cents: null,
  causes: [],
  fingerprint: '',
  problem,
});

/** The 9-1-1 tax of a service comes each month as an item would, with the name of its month. */
const municipalItem = (account: string, subscriptionId: string | null | undefined): string | null =>
  account === MUNICIPAL_TAX.account ? `${MUNICIPAL_TAX.sku} ${subscriptionId ?? ''}` : null;

const comparedNow = ({ lines, priced }: RunBill, isOwnAmount: IsOwnAmount): ComparedBill => ({
  rates: ratesOf(priced),
  lines: lines.map((line) => ({
    itemId: line.subscriptionItemId ?? municipalItem(line.revenueAccount, line.subscriptionId),
    kind: line.revenueAccount === MUNICIPAL_TAX.account ? 'recurring' : line.kind,
    // What is billed again as it was is no change.
    isCharge: line.chargeId != null && line.detail != null,
    isPart: line.detail != null,
    isBilledAgain: line.chargeId != null && line.detail == null,
    isOwnAmount: isOwnAmount(line),
    nameFr: line.description.fr,
    nameEn: line.description.en,
    cents: line.amountCents,
  })),
});

const comparedBefore = ({ lines, rates }: BillBefore): ComparedBill => ({
  rates,
  lines: lines.map((line) => ({
    itemId: line.subscription_item_id ?? municipalItem(line.revenue_account, line.subscription_id),
    kind:
      line.revenue_account === MUNICIPAL_TAX.account ? 'recurring' : (line.kind as 'recurring' | 'one_time'), // held by a check constraint
    isCharge: line.charge_id !== null && line.detail_fr !== null,
    isPart: line.detail_fr !== null,
    isBilledAgain: line.charge_id !== null && line.detail_fr === null,
    isOwnAmount: false,
    nameFr: line.description_fr,
    nameEn: line.description_en,
    cents: line.amount_cents,
  })),
});

/** An item runs when it is in force on the first day of the cycles this run bills, or later. */
const factsOf = ({ services }: RunBill, through: string): ItemFacts =>
  new Map(
    services.flatMap(({ items }) =>
      items.map((item) => [
        item.id,
        { runs: item.endsOn === null || item.endsOn >= through, monthly: item.frequency === 'monthly' },
      ]),
    ),
  );

/** A service that started and never had its first bill. */
const neverBilledCauses = ({ items }: ChargedSubscription): BillCause[] =>
  items
    .filter(({ endsOn }) => endsOn === null)
    .map(({ nameFr, nameEn, priceCents }) => ({ kind: 'missing', nameFr, nameEn, cents: -priceCents }));

/** A service that is billed and comes to less than nothing: credits above a whole period are somebody's to explain. */
const belowZeroCauses = ({ days, creditWaits }: RunBill): BillCause[] =>
  creditWaits && days.length > 0
    ? [
        {
          kind: 'below_zero',
          nameFr: 'crédits au-dessus des frais',
          nameEn: 'credits above the charges',
          cents: 0n,
        },
      ]
    : [];

/** A bill that asks for nothing, where the one before asked for something or was none. */
const zeroCauses = ({ lines, priced }: RunBill, before: BillBefore | undefined): BillCause[] =>
  lines.length > 0 && priced.totalCents === 0n && before?.totalCents !== 0n
    ? [{ kind: 'zero', nameFr: 'rien à payer', nameEn: 'nothing to pay', cents: 0n }]
    : [];
