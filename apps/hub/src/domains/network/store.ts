import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { NetworkOpticalLimits, NetworkReadings } from '../../platform/db/types.ts';

export type ReadingRow = Selectable<NetworkReadings>;
export type LimitsRow = Selectable<NetworkOpticalLimits>;

/** The limits in force on a day, one row per system. */
export const limitsOn = (db: Db, day: string): Promise<LimitsRow[]> =>
  db
    .selectFrom('network.optical_limits')
    .selectAll()
    .distinctOn('system')
    .where('valid_from', '<=', day)
    .orderBy('system')
    .orderBy('valid_from', 'desc')
    .execute();

/** Adds a reading; undefined when the same one is already there. */
export const insertReading = (db: Db, row: Insertable<NetworkReadings>): Promise<ReadingRow | undefined> =>
  db
    .insertInto('network.readings')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst();

export const readingByIdentity = (
  db: Db,
  {
    readingId,
    equipmentId,
    source,
    at,
  }: { readingId: string | null; equipmentId: string | null; source: string; at: Date },
): Promise<ReadingRow | undefined> =>
  db
    .selectFrom('network.readings')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('reading_id', '=', readingId),
        eb.and([
          eb('equipment_id', '=', equipmentId),
          eb('source', '=', source),
          eb('at', '=', at.toISOString()),
        ]),
      ]),
    )
    .orderBy('id')
    .executeTakeFirst();

export const readingById = (db: Db, readingId: string): Promise<ReadingRow | undefined> =>
  db.selectFrom('network.readings').selectAll().where('reading_id', '=', readingId).executeTakeFirst();

export type ReadingFilter = Readonly<{
  limit: number;
  before: readonly [at: string, id: string] | undefined;
  equipmentId?: string | undefined;
  locationId?: string | undefined;
  jobId?: string | undefined;
}>;

/** Newest first; one row more than asked for. */
export const readingsPage = (db: Db, filter: ReadingFilter): Promise<ReadingRow[]> =>
  db
    .selectFrom('network.readings')
    .selectAll()
    .$if(filter.equipmentId !== undefined, (q) => q.where('equipment_id', '=', filter.equipmentId ?? ''))
    .$if(filter.locationId !== undefined, (q) => q.where('location_id', '=', filter.locationId ?? ''))
    .$if(filter.jobId !== undefined, (q) => q.where('job_id', '=', filter.jobId ?? ''))
    .$if(filter.before !== undefined, (q) =>
      q.where(sql<boolean>`(at, id) < (${filter.before?.[0]}::timestamptz, ${filter.before?.[1]}::bigint)`),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();

export type OntPosition = Readonly<{ ifIndex: number; onuId: number }>;

/** Where an ONT was found last time on this OLT. */
export async function ontPosition(
  db: Db,
  { equipmentId, oltId }: { equipmentId: string; oltId: string },
): Promise<OntPosition | undefined> {
  const row = await db
    .selectFrom('network.ont_positions')
    .select(['if_index', 'onu_id'])
    .where('equipment_id', '=', equipmentId)
    .where('olt_id', '=', oltId)
    .executeTakeFirst();
  return row ? { ifIndex: Number(row.if_index), onuId: row.onu_id } : undefined;
}

export const keepOntPosition = (
  db: Db,
  row: { equipment_id: string; olt_id: string; if_index: number; onu_id: number; seen_at: Date },
): Promise<unknown> =>
  db
    .insertInto('network.ont_positions')
    .values(row)
    .onConflict((c) =>
      c.columns(['equipment_id', 'olt_id']).doUpdateSet({
        if_index: row.if_index,
        onu_id: row.onu_id,
        seen_at: row.seen_at,
      }),
    )
    .execute();
