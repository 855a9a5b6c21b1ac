import type { Db } from '../../platform/db/connect.ts';

export const hasRun = async (db: Db, on: string): Promise<boolean> =>
  (await db.selectFrom('collections.runs').select('on_date').where('on_date', '=', on).executeTakeFirst()) !==
  undefined;

/** Writes the walk of a day; false when it is written already. */
export const insertRun = async (db: Db, row: { on_date: string; started_at: Date }): Promise<boolean> =>
  (await db
    .insertInto('collections.runs')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('on_date')
    .executeTakeFirst()) !== undefined;

export const runForUpdate = (
  db: Db,
  on: string,
): Promise<{ after_customer: string; state: string; reviewed: number } | undefined> =>
  db
    .selectFrom('collections.runs')
    .select(['after_customer', 'state', 'reviewed'])
    .where('on_date', '=', on)
    .forUpdate()
    .executeTakeFirst();

export const updateRun = (
  db: Db,
  { on, ...fields }: { on: string; after_customer: string; state: string; reviewed: number },
): Promise<unknown> => db.updateTable('collections.runs').set(fields).where('on_date', '=', on).execute();
