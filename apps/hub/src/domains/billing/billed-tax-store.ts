import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

/** A day of a recurring item, and how the newest document that billed it taxed it. */
export type TaxedDay = Readonly<{
  itemId: string;
  day: string;
  issuedOn: string;
  province: string;
  /** Exemptions that relieved the line, by number. */
  taxGroup: string;
}>;

type AskedDay = Readonly<{ itemId: string; day: string; isCredit: boolean }>;

/**
 * How days of recurring items were taxed when they were billed, on an invoice or, as part of a bill below zero, on a
 * note of the account. Asked for a credit, of items above zero; else of discounts. Those that never were are absent.
 */
export async function daysTaxed(db: Db, days: readonly AskedDay[]): Promise<TaxedDay[]> {
  if (days.length === 0) return [];
  const { rows } = await sql<TaxedDay>`
    with asked as (
      select distinct item_id, day, case when credit then 1 else -1 end as sign
        from unnest(${days.map(({ itemId }) => itemId)}::text[], ${days.map(({ day }) => day)}::date[],
                    ${days.map(({ isCredit }) => isCredit)}::boolean[]) as given(item_id, day, credit)),
    billed as (
      select asked.item_id, asked.day, asked.sign, sign(l.amount_cents) as line_sign, l.period_from, l.period_to,
             i.issued_on, i.issued_at, i.number, l.line, l.province, l.tax_group
        from asked join billing.invoice_lines l on l.subscription_item_id = asked.item_id and l.kind = 'recurring'
        join billing.invoices i on i.id = l.invoice_id
      union all
      select asked.item_id, asked.day, asked.sign, -sign(l.amount_cents), l.period_from, l.period_to,
             n.issued_on, n.issued_at, n.number, l.line, l.province, l.tax_group
        from asked join billing.credit_note_own_lines l on l.subscription_item_id = asked.item_id and l.kind = 'recurring'
        join billing.credit_notes n on n.id = l.credit_note_id),
    -- What was billed of an item first tells whether it is a discount.
    firsts as (
      select distinct on (item_id) item_id, line_sign from billed where line_sign <> 0
       order by item_id, issued_at, number, line)
    select distinct on (item_id, day) item_id as "itemId", day, issued_on as "issuedOn", province, tax_group as "taxGroup"
      from billed join firsts using (item_id)
     where billed.line_sign = sign and firsts.line_sign = sign and period_from <= day and period_to >= day
     order by item_id, day, issued_at desc, number desc, line desc`.execute(db);
  return rows;
}
