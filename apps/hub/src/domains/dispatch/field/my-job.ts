import { canJob, Refusal, VISIBLE_IN_FIELD, type JobAct } from '@gigafibre/contract';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { statusOf, type JobRow } from '../job.ts';
import { isShown, lockedJob } from '../schedule-job.ts';
import * as store from '../store.ts';
import { requireTechnician } from '../technician.ts';
import { technicianById } from '../technicians-store.ts';

/** States in which a job has ended: what comes later is kept for a person to look at. */
const CLOSED: readonly string[] = ['completed', 'cannot_complete', 'cancelled'];

/**
 * A job of the technician who acts, locked. Refused `not_found` when it never was theirs, `job_not_yours` when it
 * was: with how it stands now, so that the phone can show both versions.
 */
export async function myJob(tx: Tx, id: string): Promise<JobRow> {
  const technicianId = requireTechnician(tx.by);
  const row = await lockedJob(tx, id);
  await requireMine(tx, row, technicianId);
  return row;
}

/** The same without the lock, for reading. */
export async function readMine(reading: Reading, id: string): Promise<JobRow> {
  const technicianId = requireTechnician(reading.by);
  const row = await store.jobById(reading.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  await requireMine(reading, row, technicianId);
  return row;
}

/** A job that is or once was the technician's, locked: for evidence, which is welcome from whoever was there. */
export async function jobOnceMine(tx: Tx, id: string): Promise<JobRow> {
  const technicianId = requireTechnician(tx.by);
  const row = await lockedJob(tx, id);
  if (isMine(row, technicianId) || (await wasMine(tx, row, technicianId))) return row;
  throw new Refusal('not_found', { what: id });
}

/** Refuses what the job's state does not allow: `job_closed` once it has ended, else `not_in_this_state`. */
export function requireOpenFor(act: JobAct, row: JobRow): void {
  if (canJob(act, statusOf(row))) return;
  const data = { jobId: row.id, state: row.status, act, version: row.version };
  throw new Refusal(CLOSED.includes(row.status) ? 'job_closed' : 'not_in_this_state', data);
}

/** When it happened, by the phone; never later than now and never before the job existed, for phones' clocks go wrong. */
export function happenedAt(at: string, row: JobRow, now: Date): Date {
  const said = Date.parse(at);
  return new Date(Math.min(Math.max(said, Date.parse(row.created_at)), now.getTime()));
}

const isMine = (row: JobRow, technicianId: string): boolean =>
  row.technician_id === technicianId && isShown(row);

const wasMine = ({ db }: Pick<Reading, 'db'>, row: JobRow, technicianId: string): Promise<boolean> =>
  store.wasShownTo(db, { jobId: row.id, technicianId, statuses: VISIBLE_IN_FIELD });

async function requireMine(reading: Pick<Reading, 'db'>, row: JobRow, technicianId: string): Promise<void> {
  if (isMine(row, technicianId)) return;
  if (!(await wasMine(reading, row, technicianId))) throw new Refusal('not_found', { what: row.id });
  const change = await store.lastChange(reading.db, row.id);
  const now = row.technician_id === null ? undefined : await technicianById(reading.db, row.technician_id);
  const elsewhere = now !== undefined && now.id !== technicianId && isShown(row);
  throw new Refusal(row.status === 'cancelled' ? 'job_closed' : 'job_not_yours', {
    jobId: row.id,
    state: row.status,
    technicianName: elsewhere ? now.name : null,
    changedAt: change?.at ?? null,
    changedBy: change?.actor_name ?? null,
    reason: change?.reason ?? null,
  });
}
