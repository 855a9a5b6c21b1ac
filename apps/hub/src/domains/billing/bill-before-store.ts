import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { LineRow } from './store.ts';

/** A line of an invoice with how often its item is billed; null for what is no item of a service. */
export type BilledLine = LineRow & Readonly<{ frequency: string | null }>;

/** An invoice as a later bill is compared with it. */
export type BilledBefore = Readonly<{
  id: string;
  customerId: string;
  issuedOn: string;
  totalCents: bigint;
  /** Rates of its taxes, in a fixed order. */
  rates: string;
  lines: readonly BilledLine[];
}>;

/** A line that pays for a cycle of an item: of the run, or billed again as it was. */
const ofCycle = sql`l.kind = 'recurring' and (l.charge_id is null or l.detail_fr is null)`;

/**
 * For each service of some customers and each frequency, the newest invoice that billed a cycle of it since a day and
 * was not taken back whole; the newest invoice first.
 */
export async function newestBilled(
  db: Db,
  { customerIds, since }: { customerIds: readonly string[]; since: string },
): Promise<BilledBefore[]> {
  if (customerIds.length === 0) return [];
  const { rows } = await sql<Omit<BilledBefore, 'lines'> & { totalCents: bigint }>`
    with newest as (
      select distinct on (l.subscription_id, item.frequency) l.invoice_id
        from billing.invoices i
        join billing.invoice_lines l on l.invoice_id = i.id and ${ofCycle}
        join subscriptions.items item on item.id = l.subscription_item_id
       where i.customer_id = any(${customerIds}::text[]) and i.issued_on >= ${since}::date
         and (i.credited_cents < i.total_cents or i.total_cents = 0)
       order by l.subscription_id, item.frequency, i.issued_on desc, i.number desc)
    select i.id, i.customer_id as "customerId", i.issued_on as "issuedOn", i.total_cents as "totalCents",
           coalesce((select string_agg(t.province || ' ' || t.tax || ' ' || t.rate_num || '/' || t.rate_den, ', ' order by t.line)
              from billing.invoice_taxes t where t.invoice_id = i.id), '') as rates
      from billing.invoices i where i.id in (select invoice_id from newest)
     order by i.issued_on desc, i.number desc`.execute(db);
  const lines = await linesOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, totalCents: BigInt(row.totalCents), lines: lines.get(row.id) ?? [] }));
}

async function linesOf(db: Db, invoiceIds: readonly string[]): Promise<Map<string, BilledLine[]>> {
  if (invoiceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('billing.invoice_lines as l')
    .leftJoin('subscriptions.items as item', 'item.id', 'l.subscription_item_id')
    .selectAll('l')
    .select('item.frequency')
    .where('l.invoice_id', '=', sql<string>`any(${invoiceIds}::text[])`)
    .orderBy('l.invoice_id')
    .orderBy('l.line')
    .execute();
  return Map.groupBy(rows, (row) => row.invoice_id);
}
