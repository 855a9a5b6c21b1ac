import type { Selectable } from 'kysely';
import type { Db } from '../db/connect.ts';
import type { AppEvents } from '../db/types.ts';

/** One event of the log, as written; a job that follows from it names it. */
export const readEvent = (db: Db, id: bigint): Promise<Selectable<AppEvents>> =>
  db.selectFrom('app.events').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
