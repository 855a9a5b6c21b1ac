import type { JobStatus } from '@gigafibre/contract';
import type { Updateable } from 'kysely';
import type { Tx } from '../../platform/acting.ts';
import type { DispatchJobs } from '../../platform/db/types.ts';
import { readCustomer } from '../customers/index.ts';
import { readLocation } from '../plant/index.ts';
import type { Reading } from '../../platform/acting.ts';
import { shownJob, statusOf, type JobRow, type ShownJob } from './job.ts';
import * as store from './store.ts';

export type Change = Readonly<{
  to: JobStatus;
  /** When it happened; the time of the transaction unless a phone says otherwise. */
  at?: Date;
  reason?: string | null;
  fields?: Updateable<DispatchJobs>;
}>;

/** Moves a locked job to another state and writes the row that says who, when and why. */
export async function changeState(
  tx: Tx,
  before: JobRow,
  { to, at, reason, fields }: Change,
): Promise<JobRow> {
  const after = await store.updateJob(tx.db, { id: before.id, fields: { ...fields, status: to } });
  // The row names the technician concerned: who gets the job, or who loses it.
  await writeChange(tx, {
    job: after,
    from: statusOf(before),
    to,
    at: at ?? tx.now,
    reason: reason ?? null,
    applied: true,
    technicianId: after.technician_id ?? before.technician_id,
  });
  return after;
}

/** Writes a report that came too late to change anything. */
export const keepLateReport = (
  tx: Tx,
  job: JobRow,
  { to, at, reason }: { to: JobStatus; at: Date; reason?: string | null },
): Promise<void> =>
  writeChange(tx, {
    job,
    from: statusOf(job),
    to,
    at,
    reason: reason ?? null,
    applied: false,
    technicianId: job.technician_id,
  });

async function writeChange(
  tx: Tx,
  change: {
    job: JobRow;
    from: JobStatus | null;
    to: JobStatus;
    at: Date;
    reason: string | null;
    applied: boolean;
    technicianId: string | null;
  },
): Promise<void> {
  await store.insertChange(tx.db, {
    job_id: change.job.id,
    at: change.at,
    received_at: tx.now,
    from_status: change.from,
    to_status: change.to,
    technician_id: change.technicianId,
    actor_kind: tx.by.kind,
    actor_id: tx.by.id,
    actor_name: tx.by.name,
    reason: change.reason,
    applied: change.applied,
  });
}

/** The first row of a job's history. */
export const writeBirth = (tx: Tx, job: JobRow): Promise<void> =>
  writeChange(tx, {
    job,
    from: null,
    to: statusOf(job),
    at: tx.now,
    reason: null,
    applied: true,
    technicianId: null,
  });

/** A job with the names people know it by. */
export async function describeJob(reading: Pick<Reading, 'db'>, row: JobRow): Promise<ShownJob> {
  const customerName = row.customer_id === null ? null : (await readCustomer(reading, row.customer_id)).name;
  const address = row.location_id === null ? null : (await readLocation(reading, row.location_id)).text;
  return shownJob(row, { customerName, address });
}
