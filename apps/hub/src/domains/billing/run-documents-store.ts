import { sql, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { BillingRunDocuments } from '../../platform/db/types.ts';

export type RunDocumentsRow = Selectable<BillingRunDocuments>;

/** Begins the documents of a run; nothing when they are begun. */
export const beginDocuments = (
  db: Db,
  row: { run_id: string; total: number; started_at: Date; started_by: string },
): Promise<{ run_id: string } | undefined> =>
  db
    .insertInto('billing.run_documents')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('run_id')
    .executeTakeFirst();

export const documentsOf = (db: Db, runId: string): Promise<RunDocumentsRow | undefined> =>
  db.selectFrom('billing.run_documents').selectAll().where('run_id', '=', runId).executeTakeFirst();
export const documentsForUpdate = (db: Db, runId: string): Promise<RunDocumentsRow | undefined> =>
  db
    .selectFrom('billing.run_documents')
    .selectAll()
    .where('run_id', '=', runId)
    .forUpdate()
    .executeTakeFirst();

export const updateDocuments = (
  db: Db,
  { runId, fields }: { runId: string; fields: Updateable<BillingRunDocuments> },
): Promise<unknown> =>
  db.updateTable('billing.run_documents').set(fields).where('run_id', '=', runId).execute();

/** Files of other runs that were whole before an instant make room: they are made again, byte for byte, when asked for. */
export const dropOthers = (
  db: Db,
  { runId, wholeBefore }: { runId: string; wholeBefore: Date },
): Promise<unknown> =>
  db
    .deleteFrom('billing.run_documents')
    .where('run_id', '<>', runId)
    .where('finished_at', '<', wholeBefore.toISOString())
    .execute();

export async function countInvoices(db: Db, runId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from billing.run_customers where run_id = ${runId} and invoice_id is not null`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** The next invoices of a run, in the order of their customers. */
export const nextInvoices = (
  db: Db,
  { runId, after, limit }: { runId: string; after: string; limit: number },
): Promise<{ customer_id: string; invoice_id: string | null }[]> =>
  db
    .selectFrom('billing.run_customers')
    .select(['customer_id', 'invoice_id'])
    .where('run_id', '=', runId)
    .where('customer_id', '>', after)
    .where('invoice_id', 'is not', null)
    .orderBy('customer_id')
    .limit(limit)
    .execute();

export const insertPart = (
  db: Db,
  row: { run_id: string; place: number; content: Buffer; directory: Buffer },
): Promise<unknown> => db.insertInto('billing.run_document_parts').values(row).execute();

/** One part of a file: its entries, or what its directory says of them. */
export async function readPart(
  db: Db,
  { runId, place, what }: { runId: string; place: number; what: 'content' | 'directory' },
): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('billing.run_document_parts')
    .select(`${what} as bytes`)
    .where('run_id', '=', runId)
    .where('place', '=', place)
    .executeTakeFirst();
  return row?.bytes;
}
