import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { SalesAcceptanceCodes, SalesAcceptances, SalesContracts } from '../../platform/db/types.ts';

export type AcceptanceRow = Selectable<SalesAcceptances>;
export type CodeRow = Selectable<SalesAcceptanceCodes>;
export type ContractRow = Selectable<SalesContracts>;

export const insertCode = (db: Db, row: Insertable<SalesAcceptanceCodes>): Promise<unknown> =>
  db.insertInto('sales.acceptance_codes').values(row).execute();

/** The newest code of a version, held: earlier ones stopped working when it was sent. */
export const newestCode = (
  db: Db,
  { quoteId, version }: { quoteId: string; version: number },
): Promise<CodeRow | undefined> =>
  db
    .selectFrom('sales.acceptance_codes')
    .selectAll()
    .where('quote_id', '=', quoteId)
    .where('version', '=', version)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();

export const codeById = (db: Db, id: bigint): Promise<CodeRow | undefined> =>
  db.selectFrom('sales.acceptance_codes').selectAll().where('id', '=', id).executeTakeFirst();

export const countAttempt = (db: Db, id: bigint): Promise<unknown> =>
  db
    .updateTable('sales.acceptance_codes')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();

export const markCodeUsed = (db: Db, { id, now }: { id: bigint; now: Date }): Promise<unknown> =>
  db.updateTable('sales.acceptance_codes').set({ used_at: now }).where('id', '=', id).execute();

/** Writes the acceptance down; false when the quote has one already. */
export const insertAcceptance = async (db: Db, row: Insertable<SalesAcceptances>): Promise<boolean> =>
  (await db
    .insertInto('sales.acceptances')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('quote_id')
    .executeTakeFirst()) !== undefined;

export const acceptanceOf = (db: Db, quoteId: string): Promise<AcceptanceRow | undefined> =>
  db.selectFrom('sales.acceptances').selectAll().where('quote_id', '=', quoteId).executeTakeFirst();

/** Keeps the sealed contract; false when another run kept one first. */
export const insertContract = async (db: Db, row: Insertable<SalesContracts>): Promise<boolean> =>
  (await db
    .insertInto('sales.contracts')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('quote_id')
    .executeTakeFirst()) !== undefined;

export const contractOf = (db: Db, quoteId: string): Promise<ContractRow | undefined> =>
  db.selectFrom('sales.contracts').selectAll().where('quote_id', '=', quoteId).executeTakeFirst();

export const isContractReady = async (db: Db, quoteId: string): Promise<boolean> =>
  (await db
    .selectFrom('sales.contracts')
    .select('quote_id')
    .where('quote_id', '=', quoteId)
    .executeTakeFirst()) !== undefined;

/** The acceptances of a customer, newest first; one row more than the page. */
export const acceptancesPage = (
  db: Db,
  filter: { customerId: string; limit: number; after: { at: string; id: string } | undefined },
) =>
  db
    .selectFrom('sales.acceptances as a')
    .leftJoin('sales.contracts as c', 'c.quote_id', 'a.quote_id')
    .select(['a.quote_id', 'a.accepted_at', 'c.sealed_at'])
    .where('a.customer_id', '=', filter.customerId)
    .$if(filter.after !== undefined, (q) =>
      q.where(
        sql<boolean>`(a.accepted_at, a.quote_id) < (${filter.after?.at}::timestamptz, ${filter.after?.id})`,
      ),
    )
    .orderBy('a.accepted_at', 'desc')
    .orderBy('a.quote_id', 'desc')
    .limit(filter.limit + 1)
    .execute();
