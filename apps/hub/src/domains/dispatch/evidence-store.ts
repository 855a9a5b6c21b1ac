import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  DispatchChecklistItems,
  DispatchJobNotes,
  DispatchPhotos,
  DispatchSignatures,
} from '../../platform/db/types.ts';

export type ItemRow = Selectable<DispatchChecklistItems>;
export type PhotoRow = Selectable<DispatchPhotos>;
export type SignatureRow = Selectable<DispatchSignatures>;

/** Writes the checklist of a new job from the template of its kind. */
export const insertChecklist = (
  db: Db,
  { jobId, template }: { jobId: string; template: unknown },
): Promise<unknown> =>
  sql`
    insert into dispatch.checklist_items (job_id, item_id, position, kind, label_fr, label_en, required, unit, limits)
    select ${jobId}, item->>'id', position, item->>'kind', item->>'fr', item->>'en',
           coalesce((item->>'required')::boolean, false), item->>'unit', nullif(item->'limits', 'null'::jsonb)
      from jsonb_array_elements(${JSON.stringify(template)}::jsonb) with ordinality as given(item, position)`.execute(
    db,
  );

export const checklistOf = (db: Db, jobId: string): Promise<ItemRow[]> =>
  db
    .selectFrom('dispatch.checklist_items')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('position')
    .execute();

export const itemForUpdate = (
  db: Db,
  { jobId, itemId }: { jobId: string; itemId: string },
): Promise<ItemRow | undefined> =>
  db
    .selectFrom('dispatch.checklist_items')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('item_id', '=', itemId)
    .forUpdate()
    .executeTakeFirst();

export const answerItem = (
  db: Db,
  { jobId, itemId, answer }: { jobId: string; itemId: string; answer: Partial<ItemRow> },
): Promise<unknown> =>
  db
    .updateTable('dispatch.checklist_items')
    .set({
      checked: answer.checked,
      text: answer.text,
      value: answer.value,
      verdict: answer.verdict,
      answered_at: answer.answered_at,
      answered_by: answer.answered_by,
    })
    .where('job_id', '=', jobId)
    .where('item_id', '=', itemId)
    .execute();

/** Adds a note; false when it is already there. */
export async function insertNote(db: Db, row: Insertable<DispatchJobNotes>): Promise<boolean> {
  const added = await db
    .insertInto('dispatch.job_notes')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('note_id')
    .executeTakeFirst();
  return added !== undefined;
}

const NOTES_MAX = 200;
export const notesOf = (db: Db, jobId: string) =>
  db
    .selectFrom('dispatch.job_notes')
    .select(['at', 'actor_name', 'text'])
    .where('job_id', '=', jobId)
    .orderBy('at')
    .orderBy('note_id')
    .limit(NOTES_MAX)
    .execute();

export const photosOf = (db: Db, jobId: string): Promise<PhotoRow[]> =>
  db
    .selectFrom('dispatch.photos')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('taken_at')
    .orderBy('id')
    .execute();

export async function photoCount(db: Db, jobId: string): Promise<number> {
  const row = await db
    .selectFrom('dispatch.photos')
    .select(sql<number>`count(*)::int`.as('photos'))
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow();
  return row.photos;
}

/** Begins a photograph unless it has begun already. */
export const beginPhoto = (db: Db, row: Insertable<DispatchPhotos>): Promise<unknown> =>
  db
    .insertInto('dispatch.photos')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();

export const photoForUpdate = (db: Db, id: string): Promise<PhotoRow | undefined> =>
  db.selectFrom('dispatch.photos').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const photoById = (db: Db, id: string): Promise<PhotoRow | undefined> =>
  db.selectFrom('dispatch.photos').selectAll().where('id', '=', id).executeTakeFirst();

/** Adds a piece at the end and says how much there is now. */
export async function addChunk(
  db: Db,
  { photoId, from, bytes }: { photoId: string; from: number; bytes: Buffer },
): Promise<PhotoRow> {
  await db
    .insertInto('dispatch.photo_chunks')
    .values({ photo_id: photoId, from_byte: from, bytes })
    .execute();
  return db
    .updateTable('dispatch.photos')
    .set({ received_bytes: from + bytes.length })
    .where('id', '=', photoId)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Takes a photograph away with the pieces that have arrived. */
export const deletePhoto = (db: Db, id: string): Promise<unknown> =>
  db.deleteFrom('dispatch.photos').where('id', '=', id).execute();

export async function photoBytes(db: Db, photoId: string): Promise<Buffer> {
  const chunks = await db
    .selectFrom('dispatch.photo_chunks')
    .select('bytes')
    .where('photo_id', '=', photoId)
    .orderBy('from_byte')
    .execute();
  return Buffer.concat(chunks.map((chunk) => chunk.bytes));
}

export const insertSignature = (db: Db, row: Insertable<DispatchSignatures>): Promise<unknown> =>
  db.insertInto('dispatch.signatures').values(row).execute();

/** The signature that counts: the newest by the phone's time. */
export const signatureOf = (db: Db, jobId: string): Promise<SignatureRow | undefined> =>
  db
    .selectFrom('dispatch.signatures')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Says how a device came to a job; a scan is never forgotten for a typed repetition. */
export const keepJobEquipment = (
  db: Db,
  row: {
    job_id: string;
    equipment_id: string;
    how: 'scan' | 'typed';
    at: Date;
    actor_id: string | null;
    actor_name: string | null;
  },
): Promise<unknown> =>
  db
    .insertInto('dispatch.job_equipment')
    .values(row)
    .onConflict((c) =>
      c.columns(['job_id', 'equipment_id']).doUpdateSet({
        how: sql<string>`case when job_equipment.how = 'scan' and job_equipment.removed_at is null then 'scan' else excluded.how end`,
        removed_at: null,
      }),
    )
    .execute();

export const noteRemoved = (
  db: Db,
  { jobId, equipmentId, at }: { jobId: string; equipmentId: string; at: Date },
): Promise<unknown> =>
  db
    .updateTable('dispatch.job_equipment')
    .set({ removed_at: at })
    .where('job_id', '=', jobId)
    .where('equipment_id', '=', equipmentId)
    .where('removed_at', 'is', null)
    .execute();

export const jobEquipment = (
  db: Db,
  jobId: string,
): Promise<{ equipment_id: string; how: string; removed_at: string | null }[]> =>
  db
    .selectFrom('dispatch.job_equipment')
    .select(['equipment_id', 'how', 'removed_at'])
    .where('job_id', '=', jobId)
    .orderBy('at')
    .execute();
