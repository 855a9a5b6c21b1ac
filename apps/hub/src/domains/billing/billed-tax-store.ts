import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

/** A day of a recurring item, and how the newest invoice that billed it taxed it. */
export type TaxedDay = Readonly<{
  itemId: string;
  day: string;
  issuedOn: string;
  province: string;
  /** Exemptions that relieved the line, by number. */
  taxGroup: string;
}>;

/** How days of recurring items were taxed when they were billed; those that never were are absent. */
export async function daysTaxed(
  db: Db,
  days: readonly Readonly<{ itemId: string; day: string }>[],
): Promise<TaxedDay[]> {
  if (days.length === 0) return [];
  const { rows } = await sql<TaxedDay>`
    select asked.item_id as "itemId", asked.day, billed.issued_on as "issuedOn", billed.province,
           billed.tax_group as "taxGroup"
      from (select distinct item_id, day
              from unnest(${days.map(({ itemId }) => itemId)}::text[], ${days.map(({ day }) => day)}::date[])
                     as given(item_id, day)) asked
     cross join lateral (
       select i.issued_on, l.province, l.tax_group
         from billing.invoice_lines l join billing.invoices i on i.id = l.invoice_id
        where l.subscription_item_id = asked.item_id and l.kind = 'recurring' and l.amount_cents > 0
          and l.period_from <= asked.day and l.period_to >= asked.day
        order by i.number desc limit 1) billed`.execute(db);
  return rows;
}
