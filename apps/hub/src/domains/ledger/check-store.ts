import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { json } from '../../platform/transact.ts';
import type { Difference } from './verify-ledger.ts';

/** Whether the books of a day need no check: it was done, is under way, or nothing was posted since the one before. */
export async function isChecked(
  db: Db,
  { on, lostBefore }: { on: string; lostBefore: Date },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select coalesce((select (c.on_date >= ${on}::date and (c.finished_at is not null or c.started_at >= ${lostBefore}))
                       or (c.finished_at is not null
                           and (select e.posted_at from ledger.entries e order by e.id desc limit 1) < c.started_at)
                       from ledger.checks c order by c.on_date desc limit 1),
                    not exists (select from ledger.entries)) as done`.execute(db);
  return rows[0]?.done ?? false;
}

/** Begins the check of a day, or one that did not end; false when somebody else does. */
export async function insertCheck(
  db: Db,
  { on, at, lostBefore }: { on: string; at: Date; lostBefore: Date },
): Promise<boolean> {
  const row = await db
    .insertInto('ledger.checks')
    .values({ on_date: on, started_at: at })
    .onConflict((conflict) =>
      conflict
        .column('on_date')
        .doUpdateSet({ started_at: at })
        .where('ledger.checks.finished_at', 'is', null)
        .where('ledger.checks.started_at', '<', lostBefore.toISOString()),
    )
    .returning('on_date')
    .executeTakeFirst();
  return row !== undefined;
}

export type Check = Readonly<{ on: string; entries: bigint; differences: readonly CheckDifference[] }>;
/** A difference of any domain, as it is kept. */
export type CheckDifference = Readonly<
  Pick<Difference, 'key' | 'keptCents' | 'foundCents'> & { what: string }
>;

export const finishCheck = (db: Db, { on, entries, differences }: Check, at: Date): Promise<unknown> =>
  db
    .updateTable('ledger.checks')
    .set({
      finished_at: at,
      entries,
      differences: json(
        differences.map(({ what, key, keptCents, foundCents }) => ({
          what,
          key,
          keptCents: String(keptCents),
          foundCents: String(foundCents),
        })),
      ),
    })
    .where('on_date', '=', on)
    .execute();

/** The newest check that came to its end. */
export const lastCheck = (db: Db) =>
  db
    .selectFrom('ledger.checks')
    .select([
      'on_date as on',
      'finished_at as at',
      'entries',
      sql<number>`jsonb_array_length(differences)`.as('differences'),
    ])
    .where('finished_at', 'is not', null)
    .orderBy('on_date', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Reads on a connection of its own, as long as it takes. */
export const unhurried = <T>(db: Db, read: (alone: Db) => Promise<T>): Promise<T> =>
  db.connection().execute(async (alone) => {
    await sql`set statement_timeout = 0`.execute(alone);
    try {
      return await read(alone);
    } finally {
      await sql`reset statement_timeout`.execute(alone);
    }
  });
