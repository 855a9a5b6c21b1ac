import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { DispatchTechLinks, DispatchTechnicians } from '../../platform/db/types.ts';

export type TechnicianRow = Selectable<DispatchTechnicians>;
export type LinkRow = Selectable<DispatchTechLinks>;

const technicians = (db: Db) => db.selectFrom('dispatch.technicians').selectAll();

export const technicianById = (db: Db, id: string): Promise<TechnicianRow | undefined> =>
  technicians(db).where('id', '=', id).executeTakeFirst();

export const technicianForUpdate = (db: Db, id: string): Promise<TechnicianRow | undefined> =>
  technicians(db).where('id', '=', id).forUpdate().executeTakeFirst();

export const technicianOfStaff = (db: Db, staffId: string): Promise<TechnicianRow | undefined> =>
  technicians(db).where('staff_id', '=', staffId).executeTakeFirst();

/** By number; one row more than asked for. */
export const techniciansPage = (
  db: Db,
  { limit, after, active }: { limit: number; after: string | undefined; active?: boolean | undefined },
): Promise<TechnicianRow[]> =>
  technicians(db)
    .$if(active !== undefined, (q) => q.where('active', '=', active ?? true))
    .$if(after !== undefined, (q) => q.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit + 1)
    .execute();

/** A board shows them all; a company of ours has dozens. */
const ON_A_BOARD_MAX = 500;
export const activeTechnicians = (db: Db): Promise<TechnicianRow[]> =>
  technicians(db).where('active', '=', true).orderBy('id').limit(ON_A_BOARD_MAX).execute();

/** Adds a technician; undefined when the staff member already is one. */
export const insertTechnician = (
  db: Db,
  row: Insertable<DispatchTechnicians>,
): Promise<TechnicianRow | undefined> =>
  db
    .insertInto('dispatch.technicians')
    .values(row)
    .onConflict((c) => c.column('staff_id').doNothing())
    .returningAll()
    .executeTakeFirst();

export const updateTechnician = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<DispatchTechnicians> },
): Promise<TechnicianRow> =>
  db
    .updateTable('dispatch.technicians')
    .set(fields)
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

export const insertLink = (db: Db, row: Insertable<DispatchTechLinks>): Promise<LinkRow> =>
  db.insertInto('dispatch.tech_links').values(row).returningAll().executeTakeFirstOrThrow();

export const linkById = (db: Db, id: string): Promise<LinkRow | undefined> =>
  db.selectFrom('dispatch.tech_links').selectAll().where('id', '=', id).executeTakeFirst();

export const markLinkUsed = (db: Db, { id, now }: { id: string; now: Date }): Promise<unknown> =>
  db
    .updateTable('dispatch.tech_links')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .execute();

export const revokeLink = (
  db: Db,
  { id, now, by }: { id: string; now: Date; by: string | null },
): Promise<LinkRow | undefined> =>
  db
    .updateTable('dispatch.tech_links')
    .set({ revoked_at: now, revoked_by: by })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst();

/** Newest first; one row more than asked for. */
export const linksPage = (
  db: Db,
  filter: { technicianId: string; limit: number; before: readonly [at: string, id: string] | undefined },
): Promise<LinkRow[]> =>
  db
    .selectFrom('dispatch.tech_links')
    .selectAll()
    .where('technician_id', '=', filter.technicianId)
    .$if(filter.before !== undefined, (q) =>
      q.where((eb) =>
        eb(
          eb.refTuple('created_at', 'id'),
          '<',
          eb.tuple(filter.before?.[0] ?? '', filter.before?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
