import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PhoneMonth } from './phone-months.ts';

/** The newest months of each service of some for which the tax was charged; older ones are over. */
const MONTHS_KEPT_IN_VIEW = 3;

/** For how many lines the 9-1-1 tax was charged, by service and month. */
export async function taxedMonths(
  db: Db,
  subscriptionIds: readonly string[],
): Promise<Map<string, PhoneMonth[]>> {
  const { rows } = await sql<PhoneMonth>`
    select subscription_id as "subscriptionId", month, phone_lines as lines
      from (select t.*, row_number() over (partition by subscription_id order by month desc) as back
              from charges.municipal_tax_months t where subscription_id = any(${subscriptionIds}::text[])) recent
     where back <= ${MONTHS_KEPT_IN_VIEW} order by month`.execute(db);
  return Map.groupBy(rows, ({ subscriptionId }) => subscriptionId);
}

/** Keeps months as taxed; lines added to a month that was taxed already are added to it. */
export async function keepPhoneMonths(db: Db, months: readonly PhoneMonth[]): Promise<void> {
  for (const { subscriptionId, month, lines } of months)
    await sql`insert into charges.municipal_tax_months (subscription_id, month, phone_lines)
      values (${subscriptionId}, ${month}, ${lines})
      on conflict (subscription_id, month)
      do update set phone_lines = municipal_tax_months.phone_lines + excluded.phone_lines`.execute(db);
}
