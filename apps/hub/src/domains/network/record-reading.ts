import {
  networkEvents,
  opticalLevelOf,
  opticalVerdict,
  type OpticalReading,
  type OpticalSystem,
  type ReadingSource,
} from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { limitsOf, USUAL_SYSTEM } from './optical-limits.ts';
import * as store from './store.ts';

export type NewReading = Readonly<{
  /** Made on the phone; the same id never records twice. */
  readingId?: string;
  at: Date;
  source: ReadingSource;
  equipmentId: string | null;
  locationId: string | null;
  customerId?: string | null;
  jobId?: string | null;
  rxDbm: number | null;
  txDbm: number | null;
  oltRxDbm?: number | null;
  system?: OpticalSystem;
}>;

/** Keeps a reading with its verdict by the limits of today. The same reading again gives the one that is kept. */
export async function recordReading(tx: Tx, given: NewReading): Promise<OpticalReading> {
  const system = given.system ?? USUAL_SYSTEM;
  const limits = await limitsOf(tx, system);
  const row = await store.insertReading(tx.db, {
    ...(given.readingId === undefined ? {} : { reading_id: given.readingId }),
    at: given.at,
    received_at: tx.now,
    source: given.source,
    equipment_id: given.equipmentId,
    location_id: given.locationId,
    job_id: given.jobId ?? null,
    rx_dbm: given.rxDbm,
    tx_dbm: given.txDbm,
    olt_rx_dbm: given.oltRxDbm ?? null,
    system,
    level: opticalLevelOf(given.rxDbm, limits),
    verdict: opticalVerdict(given.rxDbm, limits),
    actor_kind: tx.by.kind,
    actor_id: tx.by.id,
    actor_name: tx.by.name,
  });
  if (!row) return alreadyKept(tx, given);
  const kept = readingOf(row);
  await tx.tell(networkEvents.readingTaken, {
    subject: given.equipmentId ?? given.locationId ?? '',
    customerId: given.customerId ?? null,
    data: { source: kept.source, rxDbm: kept.rxDbm, verdict: kept.verdict, jobId: kept.jobId },
  });
  return kept;
}

async function alreadyKept(tx: Tx, given: NewReading): Promise<OpticalReading> {
  const row = await store.readingByIdentity(tx.db, {
    readingId: given.readingId ?? null,
    equipmentId: given.equipmentId,
    source: given.source,
    at: given.at,
  });
  if (!row) throw new Error('a reading vanished while being recorded');
  return readingOf(row);
}

/** A row as the noun; unions are held by check constraints. */
export const readingOf = (row: store.ReadingRow): OpticalReading => ({
  at: row.at,
  source: row.source as OpticalReading['source'],
  equipmentId: row.equipment_id,
  locationId: row.location_id,
  jobId: row.job_id,
  rxDbm: row.rx_dbm,
  txDbm: row.tx_dbm,
  oltRxDbm: row.olt_rx_dbm,
  system: row.system as OpticalReading['system'],
  level: row.level as OpticalReading['level'],
  verdict: row.verdict as OpticalReading['verdict'],
  by: row.actor_name ?? row.actor_kind,
});

const OF_A_JOB_MAX = 50;

/** Readings taken on a job, newest first. */
export const readingsOfJob = async ({ db }: Pick<Reading, 'db'>, jobId: string): Promise<OpticalReading[]> =>
  (await store.readingsPage(db, { jobId, limit: OF_A_JOB_MAX, before: undefined })).map(readingOf);

/** The reading a phone made under this id, when it is already kept. */
export async function readingById(
  { db }: Pick<Reading, 'db'>,
  readingId: string,
): Promise<OpticalReading | undefined> {
  const row = await store.readingById(db, readingId);
  return row ? readingOf(row) : undefined;
}

/** Readings of a device or a location, newest first, a page at a time. */
export async function listReadings(
  { db }: Pick<Reading, 'db'>,
  {
    after,
    ...filter
  }: {
    limit: number;
    after?: string | undefined;
    equipmentId?: string | undefined;
    locationId?: string | undefined;
  },
): Promise<{ rows: OpticalReading[]; next: string | null }> {
  const rows = await store.readingsPage(db, {
    ...filter,
    before: readCursor(after, z.tuple([keys.instant, keys.number])),
  });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.at, last.id));
  return { rows: page.rows.map(readingOf), next: page.next };
}
