import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { FoundDifference } from './verification-store.ts';

/** Months whose kept sum is not that of their invoices, in one statement, hence of one instant. */
export async function monthDifferences(db: Db, limit: number): Promise<FoundDifference[]> {
  const { rows } = await sql<FoundDifference>`
    select 'month' as what, to_char(month, 'YYYY-MM') as key,
           coalesce(kept.cents, 0)::bigint as kept_cents, coalesce(found.cents, 0)::bigint as found_cents
      from (select month, sum(total_cents) as cents, sum(invoices) as rows from billing.month_totals group by 1) kept
      full join (select date_trunc('month', issued_on)::date as month, sum(total_cents) as cents, count(*) as rows
                   from billing.invoices group by 1) found using (month)
     where kept.cents is distinct from found.cents or kept.rows is distinct from found.rows
     order by 2 limit ${limit}`.execute(db);
  return rows;
}
