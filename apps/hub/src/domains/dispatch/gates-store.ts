import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { DispatchGatePermissions } from '../../platform/db/types.ts';

export type PermissionRow = Selectable<DispatchGatePermissions>;

/** Allows a gate of a job; the newest reason counts. */
export const putPermission = (db: Db, row: Insertable<DispatchGatePermissions>): Promise<unknown> =>
  db
    .insertInto('dispatch.gate_permissions')
    .values(row)
    .onConflict((c) =>
      c.columns(['job_id', 'gate']).doUpdateSet({
        at: row.at,
        actor_id: row.actor_id,
        actor_name: row.actor_name,
        reason: row.reason,
      }),
    )
    .execute();

export const permissionsOf = (db: Db, jobId: string): Promise<PermissionRow[]> =>
  db.selectFrom('dispatch.gate_permissions').selectAll().where('job_id', '=', jobId).execute();
