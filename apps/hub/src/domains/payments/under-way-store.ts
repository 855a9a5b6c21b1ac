import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

/** Money of a customer that is on its way, by the invoice it is for; null for what pays the oldest first. */
export type MovingRow = Readonly<{
  invoice_id: string | null;
  cents: bigint;
  /** The last day on which a bank is expected to answer for any of it; null when that is not known. */
  answer_on: string | null;
}>;

export type Asking = Readonly<{
  customerId: string;
  /**
   * `all`: whatever is written down, planned or with a bank; `none` of it. `at_bank`: without what waits for the next file, which is
   * weighed again before it goes. A debit's number: what goes before that one.
   */
  which: 'all' | 'none' | 'at_bank' | { before: string };
}>;

/** A bank answers for an account's debit within this many days it works, and a few of the calendar at most. */
const ANSWER_CALENDAR_DAYS = 7;

/**
 * What is on its way of a customer: debits and pages being paid. Of two debits that wait for each other the first one
 * written goes before; one that a bank has, or that stands in a written file, goes before any.
 */
export async function moving(db: Db, { customerId, which }: Asking): Promise<MovingRow[]> {
  if (which === 'none') return [];
  const debit = typeof which === 'string' ? null : which.before;
  const { rows } = await sql<MovingRow>`
    select invoice_id, sum(amount_cents)::bigint as cents, max(answer_on) as answer_on
      from (
        select d.invoice_id, d.amount_cents,
               coalesce(d.answer_by, case when d.state = 'sent'
                 then (d.sent_at at time zone 'America/Toronto')::date + ${ANSWER_CALENDAR_DAYS}::int end) as answer_on
          from payments.debits d left join payments.debits me on me.id = ${debit}
         where d.customer_id = ${customerId} and d.state in ('planned', 'sending', 'sent')
           and (${which === 'at_bank'}::boolean is false or d.state <> 'planned' or d.rail <> 'bank_file')
           and (${debit}::text is null or d.id <> me.id and (
                d.state = 'sent'
             or d.state = 'sending' and not exists (
                  select from payments.debit_files f where f.id = d.file_id and f.state = 'made')
             or (d.made_at, length(d.id), d.id) < (me.made_at, length(me.id), me.id)))
        union all
        select invoice_id, amount_cents, null from payments.checkouts
         where customer_id = ${customerId} and state = 'processing' and cart is null
      ) as money
     group by invoice_id`.execute(db);
  return rows;
}
