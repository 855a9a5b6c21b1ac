import type { Consumable, JobMaterial } from '@gigafibre/contract';
import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { DispatchJobMaterials } from '../../platform/db/types.ts';

type MaterialRow = Selectable<DispatchJobMaterials>;

/** What a van carries by the metre or the piece, in the order of the list. */
export async function consumables(db: Db): Promise<Consumable[]> {
  const rows = await db
    .selectFrom('dispatch.consumables')
    .selectAll()
    .where('active', '=', true)
    .orderBy('position')
    .orderBy('code')
    .execute();
  return rows.map(({ code, name_fr: fr, name_en: en, unit, step }) => ({
    code,
    name: { fr, en },
    unit,
    step,
  }));
}

/** One entry of the list, also one that is no longer offered. */
export const consumableByCode = (db: Db, code: string) =>
  db.selectFrom('dispatch.consumables').selectAll().where('code', '=', code).executeTakeFirst();

/** Writes how much was used, unless something said later on the phone is there; true when it counts. */
export async function saveMaterial(db: Db, row: Insertable<DispatchJobMaterials>): Promise<boolean> {
  const saved = await db
    .insertInto('dispatch.job_materials')
    .values(row)
    .onConflict((c) =>
      c
        .columns(['job_id', 'item'])
        .doUpdateSet({
          name_fr: (of) => of.ref('excluded.name_fr'),
          name_en: (of) => of.ref('excluded.name_en'),
          unit: (of) => of.ref('excluded.unit'),
          quantity: (of) => of.ref('excluded.quantity'),
          at: (of) => of.ref('excluded.at'),
          received_at: (of) => of.ref('excluded.received_at'),
          actor_id: (of) => of.ref('excluded.actor_id'),
          actor_name: (of) => of.ref('excluded.actor_name'),
        })
        .where(sql<boolean>`job_materials.at <= excluded.at`),
    )
    .returning('item')
    .executeTakeFirst();
  return saved !== undefined;
}

/** How many other materials a job already names. */
export async function otherMaterials(
  db: Db,
  { jobId, item }: { jobId: string; item: string },
): Promise<number> {
  const row = await db
    .selectFrom('dispatch.job_materials')
    .select(sql<number>`count(*)::int`.as('others'))
    .where('job_id', '=', jobId)
    .where('item', '<>', item)
    .executeTakeFirstOrThrow();
  return row.others;
}

/** What a job used, in the order of the list, then in words. */
export const materialsOf = (db: Db, jobId: string): Promise<MaterialRow[]> =>
  db
    .selectFrom('dispatch.job_materials')
    .leftJoin('dispatch.consumables', 'dispatch.consumables.code', 'dispatch.job_materials.code')
    .selectAll('dispatch.job_materials')
    .where('job_id', '=', jobId)
    .where('quantity', '>', 0)
    .orderBy(sql`dispatch.consumables.position nulls last`)
    .orderBy('item')
    .execute();

/** A row as the noun. */
export const materialOf = (row: MaterialRow): JobMaterial => ({
  code: row.code,
  name: { fr: row.name_fr, en: row.name_en },
  quantity: row.quantity,
  unit: row.unit,
});
