import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { MessagesEarlyReports } from '../../platform/db/types.ts';

export type EarlyReport = Selectable<MessagesEarlyReports>;

/** The first final word counts. */
export const keepEarlyReport = (db: Db, row: Insertable<MessagesEarlyReports>): Promise<unknown> =>
  db
    .insertInto('messages.early_reports')
    .values(row)
    .onConflict((c) => c.column('provider_ref').doNothing())
    .execute();

export const takeEarlyReport = (db: Db, providerRef: string): Promise<EarlyReport | undefined> =>
  db
    .deleteFrom('messages.early_reports')
    .where('provider_ref', '=', providerRef)
    .returningAll()
    .executeTakeFirst();

/** Of messages that are not ours; gives back how many. */
export async function forgetEarlyReports(db: Db, before: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('messages.early_reports')
    .where('at', '<', before.toISOString())
    .executeTakeFirst();
  return Number(numDeletedRows);
}
