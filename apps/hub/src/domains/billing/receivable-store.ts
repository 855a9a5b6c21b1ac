import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  BillingDisputes,
  BillingWriteOffRecoveries,
  BillingWriteOffs,
} from '../../platform/db/types.ts';

/** A write-off, with what of it is owed again. */
export type WriteOffRow = Selectable<BillingWriteOffs> & RecoveredSums;
type RecoveredSums = {
  recovered_cents: bigint;
  recovered_gst_cents: bigint;
  recovered_qst_cents: bigint;
  recovered_hst_cents: bigint;
};
/** A dispute, with its outcome once it has one. */
export type DisputeRow = Selectable<BillingDisputes> & {
  outcome: string | null;
  note: string | null;
  credit_note_id: string | null;
  closed_at: string | null;
  closed_by: string | null;
};

export type ReceivablePage = Readonly<{
  customerId?: string | undefined;
  invoiceId?: string | undefined;
  before: readonly [at: string, id: string] | undefined;
  limit: number;
}>;

const writeOffs = (db: Db) => {
  const recovered = db
    .selectFrom('billing.write_off_recoveries')
    .groupBy('write_off_id')
    .select('write_off_id')
    .select(sql<bigint>`sum(amount_cents)::bigint`.as('cents'))
    .select(sql<bigint>`sum(gst_cents)::bigint`.as('gst'))
    .select(sql<bigint>`sum(qst_cents)::bigint`.as('qst'))
    .select(sql<bigint>`sum(hst_cents)::bigint`.as('hst'))
    .as('r');
  return db
    .selectFrom('billing.write_offs as w')
    .leftJoin(recovered, 'r.write_off_id', 'w.id')
    .selectAll('w')
    .select(sql<bigint>`coalesce(r.cents, 0)::bigint`.as('recovered_cents'))
    .select(sql<bigint>`coalesce(r.gst, 0)::bigint`.as('recovered_gst_cents'))
    .select(sql<bigint>`coalesce(r.qst, 0)::bigint`.as('recovered_qst_cents'))
    .select(sql<bigint>`coalesce(r.hst, 0)::bigint`.as('recovered_hst_cents'));
};

export const insertWriteOff = (db: Db, row: Insertable<BillingWriteOffs>): Promise<{ id: string }> =>
  db.insertInto('billing.write_offs').values(row).returning('id').executeTakeFirstOrThrow();

export const insertRecovery = (db: Db, row: Insertable<BillingWriteOffRecoveries>): Promise<{ id: string }> =>
  db.insertInto('billing.write_off_recoveries').values(row).returning('id').executeTakeFirstOrThrow();

export const writeOffById = (db: Db, id: string): Promise<WriteOffRow | undefined> =>
  writeOffs(db).where('w.id', '=', id).executeTakeFirst();

/** Write-offs of an invoice, oldest first. */
export const writeOffsOfInvoice = (db: Db, invoiceId: string): Promise<WriteOffRow[]> =>
  writeOffs(db).where('w.invoice_id', '=', invoiceId).orderBy('w.at').orderBy('w.id').execute();

/** Write-offs of a customer of which something was not recovered, oldest first. */
export const unrecoveredOf = (
  db: Db,
  { customerId, limit }: { customerId: string; limit: number },
): Promise<WriteOffRow[]> =>
  writeOffs(db)
    .where('w.customer_id', '=', customerId)
    .where(sql<boolean>`w.amount_cents > coalesce(r.cents, 0)`)
    .orderBy('w.at')
    .orderBy('w.id')
    .limit(limit)
    .execute();

/** Newest first, one more than the page. */
export const writeOffsPage = (db: Db, page: ReceivablePage): Promise<WriteOffRow[]> =>
  writeOffs(db)
    .$if(page.customerId !== undefined, (q) => q.where('w.customer_id', '=', page.customerId ?? ''))
    .$if(page.invoiceId !== undefined, (q) => q.where('w.invoice_id', '=', page.invoiceId ?? ''))
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.refTuple('w.at', 'w.id'), '<', eb.tuple(page.before?.[0] ?? '', page.before?.[1] ?? '')),
      ),
    )
    .orderBy('w.at', 'desc')
    .orderBy('w.id', 'desc')
    .limit(page.limit + 1)
    .execute();

const disputes = (db: Db) =>
  db
    .selectFrom('billing.disputes as d')
    .leftJoin('billing.dispute_outcomes as o', 'o.dispute_id', 'd.id')
    .selectAll('d')
    .select(['o.outcome', 'o.note', 'o.credit_note_id', 'o.closed_at', 'o.closed_by']);

export const insertDispute = (db: Db, row: Insertable<BillingDisputes>): Promise<{ id: string }> =>
  db.insertInto('billing.disputes').values(row).returning('id').executeTakeFirstOrThrow();

/** Decides a dispute; undefined when it is decided already. */
export const insertOutcome = (
  db: Db,
  row: {
    dispute_id: string;
    outcome: string;
    note: string;
    credit_note_id: string | null;
    closed_at: Date;
    closed_by: string;
  },
): Promise<{ dispute_id: string } | undefined> =>
  db
    .insertInto('billing.dispute_outcomes')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('dispute_id')
    .executeTakeFirst();

export const disputeById = (db: Db, id: string): Promise<DisputeRow | undefined> =>
  disputes(db).where('d.id', '=', id).executeTakeFirst();

export const openDisputeOf = (db: Db, invoiceId: string): Promise<DisputeRow | undefined> =>
  disputes(db).where('d.invoice_id', '=', invoiceId).where('o.outcome', 'is', null).executeTakeFirst();

/** Newest first, one more than the page. */
export const disputesPage = (
  db: Db,
  page: ReceivablePage & { show: 'all' | 'open' },
): Promise<DisputeRow[]> =>
  disputes(db)
    .$if(page.show === 'open', (q) => q.where('o.outcome', 'is', null))
    .$if(page.customerId !== undefined, (q) => q.where('d.customer_id', '=', page.customerId ?? ''))
    .$if(page.invoiceId !== undefined, (q) => q.where('d.invoice_id', '=', page.invoiceId ?? ''))
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.refTuple('d.opened_at', 'd.id'), '<', eb.tuple(page.before?.[0] ?? '', page.before?.[1] ?? '')),
      ),
    )
    .orderBy('d.opened_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(page.limit + 1)
    .execute();
