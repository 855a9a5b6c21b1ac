import { sql, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { DispatchRefusedActions } from '../../platform/db/types.ts';

export type RefusedRow = Selectable<DispatchRefusedActions>;
export type NewRefused = Readonly<{
  technicianId: string;
  operation: string;
  fingerprint: string;
  at: Date;
  now: Date;
  jobId: string | null;
  code: string;
  data: string;
  input: string;
}>;

/** Keeps a refused report; the same one again only counts up (and opens it again with its newest reason). True the first time. */
export async function keepRefused(db: Db, given: NewRefused): Promise<boolean> {
  const { rows } = await sql<{ times: number }>`
    insert into dispatch.refused_actions as kept (technician_id, operation, fingerprint, at, received_at, job_id, code, data, input)
    values (${given.technicianId}, ${given.operation}, ${given.fingerprint}, ${given.at}, ${given.now}, ${given.jobId},
            ${given.code}, ${given.data}::jsonb, ${given.input}::jsonb)
    on conflict (technician_id, operation, fingerprint) do update set
      times = kept.times + 1, received_at = excluded.received_at, code = excluded.code, data = excluded.data
    returning times`.execute(db);
  return rows[0]?.times === 1;
}

type Which =
  | { technicianId: string; operation: string; fingerprint: string }
  | { technicianId: string; jobId: string; operations: readonly string[] }
  | { id: string };

/** Closes open refused reports: one by what it says or by its number, or all attempts at something on a job. */
export async function settleRefused(
  db: Db,
  which: Which,
  settled: { now: Date; by: string; note: string },
): Promise<RefusedRow | undefined> {
  const update = db
    .updateTable('dispatch.refused_actions')
    .set({ settled_at: settled.now, settled_by: settled.by, settled_note: settled.note })
    .where('settled_at', 'is', null);
  if ('id' in which) return update.where('id', '=', BigInt(which.id)).returningAll().executeTakeFirst();
  const mine = update.where('technician_id', '=', which.technicianId);
  const chosen =
    'fingerprint' in which
      ? mine.where('operation', '=', which.operation).where('fingerprint', '=', which.fingerprint)
      : mine.where('job_id', '=', which.jobId).where('operation', 'in', which.operations);
  return chosen.returningAll().executeTakeFirst();
}

export const refusedById = (db: Db, id: string): Promise<RefusedRow | undefined> =>
  db.selectFrom('dispatch.refused_actions').selectAll().where('id', '=', BigInt(id)).executeTakeFirst();

/** Newest first; one row more than asked for. */
export const refusedPage = (
  db: Db,
  filter: {
    limit: number;
    before: string | undefined;
    open?: boolean | undefined;
    jobId?: string | undefined;
  },
): Promise<RefusedRow[]> =>
  db
    .selectFrom('dispatch.refused_actions')
    .selectAll()
    .$if(filter.open === true, (q) => q.where('settled_at', 'is', null))
    .$if(filter.open === false, (q) => q.where('settled_at', 'is not', null))
    .$if(filter.jobId !== undefined, (q) => q.where('job_id', '=', filter.jobId ?? ''))
    .$if(filter.before !== undefined, (q) => q.where('id', '<', BigInt(filter.before ?? '0')))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
