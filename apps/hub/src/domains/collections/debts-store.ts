import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

/** Far more than a customer can be late with before somebody looks. */
export const INVOICES_MAX = 200;

/** An invoice that is late, with what of it is contested and whether an arrangement under way covers it. */
export type LateInvoice = Readonly<{
  id: string;
  due_on: string;
  outstanding_cents: bigint;
  disputed_cents: bigint;
  in_arrangement: boolean;
}>;

/** What of an invoice the ladder may ask for: nothing that is contested or that an arrangement under way covers. */
export function collectibleOf(one: LateInvoice): bigint {
  const cents = one.outstanding_cents - one.disputed_cents;
  return one.in_arrangement || cents < 0n ? 0n : cents;
}

/**
 * What a customer is late with, oldest first. An invoice that was past due on the day it was entered comes from other
 * books: its customer was not given the time to pay, and the ladder leaves it to people.
 */
export async function lateInvoices(
  db: Db,
  { customerId, today, limit }: { customerId: string; today: string; limit: number },
): Promise<LateInvoice[]> {
  const { rows } = await sql<LateInvoice>`
    select i.id, i.due_on, i.outstanding_cents, i.disputed_cents,
           exists (select from collections.arrangement_invoices l
                     join collections.arrangements a on a.id = l.arrangement_id
                    where l.invoice_id = i.id and a.state = 'active') as in_arrangement
      from billing.invoices i
     where i.customer_id = ${customerId} and i.settled_cents < i.total_cents and i.due_on < ${today}::date
       and i.due_on >= (i.issued_at at time zone 'America/Toronto')::date
     order by i.due_on, i.number limit ${limit}`.execute(db);
  return rows;
}

/** What banks have and have not answered for, what they said no to, when they are asked again, what they paid lately. */
export type DebitFacts = Readonly<{
  processing: boolean;
  /** The bank of a card is deciding whether a payment stays. */
  charged_back: boolean;
  returned: boolean;
  retry_on: string | null;
  /** The day an account's debit was last paid, while its payer may still claim it back. */
  paid_on: string | null;
}>;

/** A planned debit that no bank was given so many days after its day counts no more. */
const PLANNED_DAYS = 10;

/** The debits of a customer as the ladder sees them. */
export async function debitFacts(
  db: Db,
  { customerId, today }: { customerId: string; today: string },
): Promise<DebitFacts> {
  const { rows } = await sql<DebitFacts>`
    select exists (select from payments.debits where customer_id = ${customerId}
                    -- One nobody collects does not hold for ever.
                    and (state in ('sending', 'sent') or state = 'planned' and scheduled_on >= ${today}::date - ${PLANNED_DAYS}::int))
        or exists (select from payments.checkouts where customer_id = ${customerId} and state = 'processing')
             as processing,
           exists (select from payments.chargebacks where customer_id = ${customerId}
                    and state in ('needs_response', 'under_review')) as charged_back,
           exists (select from payments.debits d join billing.invoices i on i.id = d.invoice_id
                    where d.customer_id = ${customerId} and d.state in ('declined', 'returned')
                      and i.settled_cents < i.total_cents) as returned,
           (select max(retry_on) from payments.debits where customer_id = ${customerId}
               and state in ('declined', 'returned') and retry_on >= ${today}::date) as retry_on,
           (select max(moved_at at time zone 'America/Toronto')::date from payments.debits
             where customer_id = ${customerId} and state = 'in_window') as paid_on`.execute(db);
  return (
    rows[0] ?? { processing: false, charged_back: false, returned: false, retry_on: null, paid_on: null }
  );
}

/** Whether a service of a customer is suspended because it was not paid, whoever suspended it. */
export async function isCut(db: Db, customerId: string): Promise<boolean> {
  const { rows } = await sql`
    select from subscriptions.subscriptions where customer_id = ${customerId} and suspended_for = 'non_payment'
     limit 1`.execute(db);
  return rows.length > 0;
}

/** Cents received of a customer since a moment and not given back. */
export async function paidSince(
  db: Db,
  { customerId, since }: { customerId: string; since: string },
): Promise<bigint> {
  const { rows } = await sql<{ cents: bigint }>`
    select coalesce(sum(amount_cents - withdrawn_cents), 0)::bigint as cents
      from payments.payments where customer_id = ${customerId} and received_at >= ${since}`.execute(db);
  return rows[0]?.cents ?? 0n;
}

/** The next customers to look at, in the order of their numbers: who is late, and who is on the ladder. */
export async function customersToReview(
  db: Db,
  { after, today, limit }: { after: string; today: string; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    select customer_id from (
      (select distinct customer_id from billing.invoices
        where settled_cents < total_cents and due_on < ${today}::date and customer_id > ${after}
        order by customer_id limit ${limit})
      union
      (select customer_id from collections.cases where closed_at is null and customer_id > ${after}
        order by customer_id limit ${limit})) late
     order by customer_id limit ${limit}`.execute(db);
  return rows.map((row) => row.customer_id);
}

const POSSIBLE_MAX = 10;

/** Money of bank statements that waits to be placed and may be a customer's, newest first. */
export async function possiblePayments(
  db: Db,
  customerId: string,
): Promise<{ id: string; on_date: string; amount_cents: bigint; description: string }[]> {
  const { rows } = await sql<{ id: string; on_date: string; amount_cents: bigint; description: string }>`
    select id, on_date, amount_cents, description from payments.statement_lines
     where state = 'waiting' and amount_cents > 0
       and candidates @> jsonb_build_array(jsonb_build_object('customerId', ${customerId}::text))
     order by on_date desc, id desc limit ${POSSIBLE_MAX}`.execute(db);
  return rows;
}
