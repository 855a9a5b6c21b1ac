import { addDays } from '@gigafibre/calendar';
import { billingEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { companyForTaxes } from '../../platform/company.ts';
import { indexNewTerms, readCustomers, type Customer } from '../customers/index.ts';
import { accountsOf, lockAccount, movementsSinceInvoices, postAll } from '../ledger/index.ts';
import type { LineDraft } from './draft-invoice.ts';
import { assertFeesAllowed } from './fee.ts';
import { composeInvoice, type Billed, type Draft } from './invoice-rows.ts';
import type { Invoice } from './invoice.ts';
import { dueDays } from './kept-company.ts';
import { priceDrafts } from './price-drafts.ts';
import { printedNow } from './printed.ts';
import { readInvoice } from './read-invoices.ts';
import * as store from './store.ts';

export type Issuing = Readonly<{
  customerId: string;
  lines: readonly LineDraft[];
  /** Civil day of issue: of the books, of the taxes, and from which the due date counts. */
  on: string;
  /** Why it was issued, for those who read it later: `first bill of SUB-10001`. */
  reason: string;
}>;

const LINES_MAX = 1_000;

/**
 * Issues an invoice: taxes, number, entry in the books, all final, in this transaction. Refused when there is
 * nothing to bill or the lines make less than nothing.
 */
export async function issueInvoice(tx: Tx, { on, ...draft }: Issuing): Promise<Invoice> {
  await lockAccount(tx, draft.customerId);
  const [issued] = await issueInvoices(tx, { on, drafts: await priceDrafts(tx, { on, drafts: [draft] }) });
  if (!issued) throw new Error('an invoice was not written');
  return readInvoice(tx, issued.id);
}

/** What was issued: enough to point at it. */
export type Issued = Readonly<{ id: string; customerId: string; totalCents: bigint }>;

/**
 * Issues priced drafts of different customers, whose accounts the caller has locked, in as many statements for many
 * as for one; gives them back in their order. One that is refused refuses them all.
 */
export async function issueInvoices(
  tx: Tx,
  { on, drafts }: { on: string; drafts: readonly Draft[] },
): Promise<Issued[]> {
  if (drafts.length === 0) return [];
  const customers = await readCustomers(
    tx,
    drafts.map(({ customerId }) => customerId),
  );
  const billed = await billedNow(tx, customers);
  const issue = {
    on,
    dueOn: addDays(on, await dueDays(tx)),
    at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    company: await companyForTaxes(tx.db),
    printed: await printedNow(tx, { customers: [...customers.values()], on }),
  };
  for (const draft of drafts) assertCanBeIssued(draft, billed(draft).customer);
  const last = await store.nextNumbers(tx.db, 'INV', drafts.length);
  const made = drafts.map((draft, index) => {
    const number = last - BigInt(drafts.length - 1 - index);
    return { draft, ...composeInvoice(draft, { ...billed(draft), number }, issue) };
  });
  await store.insertInvoices(tx.db, made);
  await postAll(
    tx,
    made.flatMap(({ entry }) => entry ?? []),
  );
  await indexNewTerms(
    tx,
    made.map(({ invoice: { id }, draft: { customerId } }) => ({
      source: { kind: 'invoice', sourceId: id, customerId },
      shown: [id],
    })),
  );
  await tx.tellAll(
    billingEvents.invoiceIssued,
    made.map(({ invoice: { id }, draft: { customerId, priced, reason }, amountDueCents }) => ({
      subject: id,
      customerId,
      data: {
        reason,
        issuedOn: on,
        dueOn: issue.dueOn,
        totalCents: Number(priced.totalCents),
        amountDueCents: Number(amountDueCents),
      },
    })),
  );
  return made.map(({ invoice: { id }, draft: { customerId, priced } }) => ({
    id,
    customerId,
    totalCents: priced.totalCents,
  }));
}

/** The accounts of some customers this moment, one read for all of them. */
async function billedNow(
  tx: Tx,
  customers: ReadonlyMap<string, Customer>,
): Promise<(draft: Draft) => Omit<Billed, 'number'>> {
  const ids = [...customers.keys()];
  const accounts = await accountsOf(tx, ids);
  const movements = await movementsSinceInvoices(tx, ids);
  return ({ customerId }) => {
    const customer = customers.get(customerId);
    if (!customer) throw new Error(`${customerId} was not read`);
    return {
      customer,
      balanceCents: accounts.get(customerId)?.balanceCents ?? 0n,
      since: movements.get(customerId) ?? [],
    };
  };
}

function assertCanBeIssued({ lines, priced }: Draft, customer: Customer): void {
  if (lines.length === 0) throw new Refusal('nothing_to_bill');
  if (lines.length > LINES_MAX) throw new Error(`an invoice of ${lines.length} lines`);
  assertFeesAllowed(customer.kind, lines);
  if (priced.totalCents < 0n) throw new Refusal('invoice_below_zero');
}
