import { canJob, dispatchEvents, type PromisedWindow, type Skill } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { json } from '../../platform/transact.ts';
import { changeState } from './change-state.ts';
import {
  requireCan,
  requireVersion,
  skillsOf,
  statusOf,
  typeOf,
  windowColumns,
  wishColumns,
  type JobRow,
} from './job.ts';
import { hearerOf, lockedJob } from './schedule-job.ts';
import * as store from './store.ts';
import { requireRoom } from './suggest-slots.ts';

export type JobEdit = Readonly<{
  id: string;
  version: number;
  priority?: number | undefined;
  notes?: string | undefined;
  skills?: readonly Skill[] | undefined;
  durationMinutes?: number | undefined;
  window?: PromisedWindow | null | undefined;
  /** Why a full window is promised all the same. */
  overbook: string | null;
}>;

/** Changes the fields given. A new promised window must have room, or a reason to overbook it. */
export async function editJob(tx: Tx, { id, version, overbook, ...given }: JobEdit): Promise<JobRow> {
  const before = await lockedJob(tx, id);
  requireVersion(before, version);
  requireCan('edit', before);
  const skills = given.skills ?? skillsOf(before);
  const minutes = given.durationMinutes ?? before.duration_minutes;
  // A job that has a technician takes no room from the pool: its place is on the board.
  if (given.window && overbook === null && before.technician_id === null)
    await requireRoom(tx, { window: given.window, skills, minutes, exceptJobId: id });
  const row = await store.updateJob(tx.db, {
    id,
    fields: {
      duration_minutes: minutes,
      ...(given.skills === undefined ? {} : { skills: json(given.skills) }),
      ...(given.priority === undefined ? {} : { priority: given.priority }),
      ...(given.notes === undefined ? {} : { notes: given.notes }),
      ...(given.window === undefined
        ? {}
        : { ...windowColumns(given.window), ...wishColumns(null), overbooked_because: overbook }),
    },
  });
  await tx.tell(dispatchEvents.jobEdited, {
    subject: id,
    customerId: row.customer_id,
    technicianId: hearerOf(row),
    data: { type: typeOf(row) },
    changes: {
      priority: [before.priority, row.priority],
      notes: [before.notes, row.notes],
      window: [before.window_starts_at, row.window_starts_at],
    },
  });
  return row;
}

export type Ending = Readonly<{ id: string; version: number; reason: string }>;

/** Cancels a job that has not ended. Its technician, if told of it, is told. */
export async function cancelJob(tx: Tx, { id, version, reason }: Ending): Promise<JobRow> {
  const before = await lockedJob(tx, id);
  requireVersion(before, version);
  requireCan('cancel', before);
  const row = await changeState(tx, before, { to: 'cancelled', reason });
  await tx.tell(dispatchEvents.jobCancelled, {
    subject: id,
    customerId: row.customer_id,
    technicianId: hearerOf(before),
    data: { type: typeOf(row), reason },
    changes: { status: [before.status, row.status] },
  });
  return row;
}

/** Cancels the jobs of a customer that came from one thing and have not ended: what they were for does not take place. */
export async function cancelJobsOf(
  tx: Tx,
  { customerId, source, reason }: { customerId: string; source: string; reason: string },
): Promise<void> {
  for (const row of await store.jobsOfCustomer(tx.db, customerId))
    if (row.source === source && canJob('cancel', statusOf(row)))
      await cancelJob(tx, { id: row.id, version: row.version, reason });
}

/** Whether a job of a customer that came from one thing is still to be done. */
export const hasOpenJob = async (
  { db }: Pick<Tx, 'db'>,
  { customerId, source }: { customerId: string; source: string },
): Promise<boolean> =>
  (await store.jobsOfCustomer(db, customerId)).some(
    (row) => row.source === source && canJob('cancel', statusOf(row)),
  );

/** Puts a job that could not be completed back into the pool, to be done again. */
export async function reopenJob(tx: Tx, { id, version, reason }: Ending): Promise<JobRow> {
  const before = await lockedJob(tx, id);
  requireVersion(before, version);
  requireCan('reopen', before);
  const row = await changeState(tx, before, {
    to: 'unscheduled',
    reason,
    fields: {
      technician_id: null,
      starts_at: null,
      position: 0,
      reported_at: null,
      ...windowColumns(null),
    },
  });
  await tx.tell(dispatchEvents.jobReopened, {
    subject: id,
    customerId: row.customer_id,
    data: { type: typeOf(row), reason },
    changes: { status: [before.status, row.status] },
  });
  return row;
}
