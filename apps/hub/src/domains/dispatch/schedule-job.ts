import { endOfDay, startOfDay } from '@gigafibre/calendar';
import {
  ASSIGNED,
  conflictsOf,
  dispatchEvents,
  Refusal,
  VISIBLE_IN_FIELD,
  type Conflict,
} from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import { changeState } from './change-state.ts';
import { requireCan, requireVersion, shownJob, statusOf, typeOf, type JobRow } from './job.ts';
import * as store from './store.ts';
import { lockDay } from './suggest-slots.ts';
import { dayOf, shiftOn } from './technician.ts';
import { readTechnician } from './technicians.ts';

export type Placement = Readonly<{
  id: string;
  /** The version the dispatcher saw: two of them never overwrite one another. */
  version: number;
  technicianId: string;
  startsAt: string;
  durationMinutes?: number | undefined;
  position: number;
}>;

/**
 * Assigns, moves or resizes a job. What the technician was told stays told as long as the job stays with them on
 * that day; otherwise it is a draft again until it is published, and they are told that it is gone.
 * Conflicts are allowed and returned: a dispatcher may know better.
 */
export async function scheduleJob(
  tx: Tx,
  placement: Placement,
): Promise<{ row: JobRow; conflicts: Conflict[] }> {
  const before = await lockedJob(tx, placement.id);
  requireVersion(before, placement.version);
  requireCan('schedule', before);
  const technician = await readTechnician(tx, placement.technicianId);
  if (!technician.active) throw new Refusal('not_found', { what: placement.technicianId });
  const day = dayOf(placement.startsAt);
  await lockDay(tx, day);
  const stays =
    before.technician_id === technician.id && before.starts_at !== null && dayOf(before.starts_at) === day;
  const shown = isShown(before);
  const fields = {
    technician_id: technician.id,
    starts_at: placement.startsAt,
    duration_minutes: placement.durationMinutes ?? before.duration_minutes,
    position: placement.position,
    ...(stays && shown ? {} : { reported_at: null }),
  };
  const to = stays && shown ? statusOf(before) : 'draft';
  const row =
    to === before.status && stays
      ? await store.updateJob(tx.db, { id: before.id, fields })
      : await changeState(tx, before, { to, fields });
  if (shown && !stays) await tellWithdrawn(tx, before, null);
  await tellScheduled(tx, row, shown && stays);
  return { row, conflicts: await conflictsAround(tx, row) };
}

/** Puts a job back into the pool. What the technician was already told needs a reason. */
export async function unscheduleJob(
  tx: Tx,
  { id, version, reason }: { id: string; version: number; reason: string | null },
): Promise<JobRow> {
  const before = await lockedJob(tx, id);
  requireVersion(before, version);
  requireCan('unschedule', before);
  if (isShown(before) && reason === null) throw new Refusal('reason_needed', { jobId: id });
  const row = await changeState(tx, before, {
    to: 'unscheduled',
    reason,
    fields: { technician_id: null, starts_at: null, position: 0, reported_at: null },
  });
  await tellWithdrawn(tx, before, reason);
  return row;
}

/** A job locked for change; refused `not_found`. */
export async function lockedJob(tx: Tx, id: string): Promise<JobRow> {
  const row = await store.jobForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return row;
}

/** Whether its technician has been told of it. */
export const isShown = (row: JobRow): boolean => VISIBLE_IN_FIELD.includes(statusOf(row));

/** The technician who hears of an event about the job: none while they were not told of it. */
export const hearerOf = (row: JobRow): string => (isShown(row) ? row.technician_id : null) ?? 'nobody';

export const tellWithdrawn = (tx: Tx, before: JobRow, reason: string | null): Promise<bigint> =>
  tx.tell(dispatchEvents.jobWithdrawn, {
    subject: before.id,
    customerId: before.customer_id,
    technicianId: hearerOf(before),
    data: { type: typeOf(before), reason },
    changes: { status: [before.status, 'unscheduled'], technicianId: [before.technician_id, null] },
  });

async function tellScheduled(tx: Tx, row: JobRow, seen: boolean): Promise<void> {
  await tx.tell(dispatchEvents.jobScheduled, {
    subject: row.id,
    customerId: row.customer_id,
    data: {
      type: typeOf(row),
      technicianId: row.technician_id ?? '',
      startsAt: row.starts_at ?? '',
    },
  });
  if (seen)
    await tx.tell(dispatchEvents.jobEdited, {
      subject: row.id,
      customerId: row.customer_id,
      technicianId: row.technician_id,
      data: { type: typeOf(row) },
    });
}

/** What is wrong with a job where it stands now, and with its neighbours because of it. */
async function conflictsAround(reading: Pick<Reading, 'db'>, row: JobRow): Promise<Conflict[]> {
  if (row.technician_id === null || row.starts_at === null) return [];
  const day = dayOf(row.starts_at);
  const technician = await readTechnician(reading, row.technician_id);
  const placed = await store.placedBetween(reading.db, {
    from: startOfDay(day),
    to: endOfDay(day),
    statuses: ASSIGNED,
    technicianId: technician.id,
  });
  const nameless = { customerName: null, address: null };
  return conflictsOf(
    { skills: technician.skills, shift: shiftOn(technician.hours, day) },
    placed.map((job) => shownJob(job, nameless)),
  ).filter((conflict) => conflict.jobId === row.id || conflict.otherJobId === row.id);
}
