import { addDays, civilDateOf } from '@gigafibre/calendar';
import { interestEvents, Refusal, type interestOperations, type OutputOf } from '@gigafibre/contract';
import { formatPeriod } from '@gigafibre/documents';
import { formatCents, sumCents } from '@gigafibre/money';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readCustomer } from '../customers/index.ts';
import { lockAccount } from '../ledger/index.ts';
import { agreedRates } from './agreed-interest.ts';
import { ACCRUED_DAYS_MAX, accrueInterest } from './accrue-interest.ts';
import { readInterestTerms, type InterestTerm } from './billing-rules.ts';
import type { LineDraft } from './draft-invoice.ts';
import * as store from './interest-store.ts';
import type { Invoice } from './invoice.ts';
import { issueInvoice } from './issue-invoice.ts';
import { requireNotPaused } from './runs/pause.ts';

type DueNow = OutputOf<typeof interestOperations.previewInterest>;
/** Interest of one overdue invoice that no invoice carries yet. */
export type InterestDue = DueNow['lines'][number];

const INVOICES_MAX = 500;

/**
 * Interest that has run until today on what a customer is late with, per invoice, and that was not charged yet.
 * Nothing when the customer's contract says no rate, or the house charges none to this kind of customer; on days that
 * are waived; and of what is contested of an invoice while it is. What a credit note took off never bore interest.
 */
export async function interestDueOf(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  customerId: string,
): Promise<DueNow> {
  const customer = await readCustomer({ db }, customerId);
  const terms = await readInterestTerms({ db });
  const today = civilDateOf(now);
  const since = addDays(today, -ACCRUED_DAYS_MAX);
  const rates = (await agreedRates({ db }, [customer]))(customerId);
  const bears = rates.some(({ percent }) => percent !== null);
  const late = !bears ? [] : await store.lateInvoices(db, { customerId, since, today, limit: INVOICES_MAX });
  const paid = Map.groupBy(
    await store.paidByDay(
      db,
      late.map(({ id }) => id),
    ),
    (row) => row.invoice_id,
  );
  const waivers = (await store.waiversOf(db, customerId)).map((row) => ({
    from: row.from_on,
    to: row.to_on,
  }));
  const lines = late.flatMap((invoice): InterestDue[] => {
    const from = firstDay(invoice, terms);
    const principal = principalByDay(invoice, paid.get(invoice.id) ?? []);
    const accrued = accrueInterest({ principal, rates, waivers, from, to: today });
    return accrued ? [{ invoiceId: invoice.id, from, to: today, ...accrued }] : [];
  });
  return { lines, totalCents: sumCents(lines.map(({ interestCents }) => interestCents)) };
}

/** The day after the due date and the days of grace in force then, or after the last day that was charged. */
function firstDay({ due_on, charged_to }: store.LateInvoice, terms: readonly InterestTerm[]): string {
  if (charged_to !== null) return addDays(charged_to, 1);
  const graceDays = terms.findLast(({ from }) => from <= due_on)?.graceDays ?? terms[0]?.graceDays ?? 0;
  return addDays(due_on, graceDays + 1);
}

/** What was left of the principal at the end of each day on which it changed; what came pays principal first. */
function principalByDay(
  invoice: store.LateInvoice,
  paid: readonly { on_date: string; cents: bigint }[],
): { from: string; cents: bigint }[] {
  let cents = invoice.principal_cents;
  const steps = [{ from: '0001-01-01', cents }];
  for (const row of paid) {
    cents -= row.cents;
    steps.push({ from: row.on_date, cents: cents > 0n ? cents : 0n });
  }
  return steps;
}

/** Issues the invoice of the interest that has run; each day of each invoice once. Refused when there is none. */
export async function chargeInterest(tx: Tx, { customerId }: { customerId: string }): Promise<Invoice> {
  await requireNotPaused(tx);
  await lockAccount(tx, customerId);
  const { lines } = await interestDueOf(tx, customerId);
  if (lines.length === 0) throw new Refusal('nothing_to_bill');
  const on = civilDateOf(tx.now);
  const invoice = await issueInvoice(tx, {
    customerId,
    lines: lines.map(interestLine),
    on,
    reason: 'intérêts sur solde en souffrance',
  });
  await store.insertPostings(
    tx.db,
    lines.map((line, index) => ({
      overdue_invoice_id: line.invoiceId,
      from_on: line.from,
      to_on: line.to,
      principal_cents: line.principalCents,
      interest_cents: line.interestCents,
      invoice_id: invoice.id,
      invoice_line: index + 1,
    })),
  );
  return invoice;
}

/** Interest as a line: outside the taxes, in its own account; the yearly rate is said, as the Interest Act wants. */
function interestLine({
  invoiceId,
  from,
  to,
  principalCents,
  yearlyPercent,
  interestCents,
}: InterestDue): LineDraft {
  const days = { from, to };
  return {
    kind: 'one_time',
    sku: null,
    description: { fr: `Intérêts sur ${invoiceId}`, en: `Interest on ${invoiceId}` },
    detail: {
      fr: `${formatCents(principalCents, 'fr-CA')} à ${yearlyPercent.replace('.', ',')}\u00a0% par année, ${formatPeriod(days, 'fr')}`,
      en: `${formatCents(principalCents, 'en-CA')} at ${yearlyPercent}% a year, ${formatPeriod(days, 'en')}`,
    },
    quantity: 1,
    unitPriceCents: interestCents,
    amountCents: interestCents,
    taxTreatment: 'outside',
    revenueAccount: '4100',
    locationId: null,
  };
}

export type Waiving = Readonly<{ customerId: string; from: string; to: string | null; reason: string }>;

/** No interest for a customer between two days, both included; without end when their contract says none at all. */
export async function waiveInterest(
  tx: Tx,
  { customerId, from, to, reason }: Waiving,
): Promise<Pick<Waiving, 'customerId' | 'from' | 'to'>> {
  await readCustomer(tx, customerId);
  if (to !== null && to < from) throw new Refusal('dates_reversed', { from, to });
  await store.insertWaiver(tx.db, {
    customer_id: customerId,
    from_on: from,
    to_on: to,
    reason,
    at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  await tx.tell(interestEvents.interestWaived, {
    subject: customerId,
    customerId,
    data: { from, to, reason },
  });
  return { customerId, from, to };
}
