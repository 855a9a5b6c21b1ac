import { dispatchEvents, type JobAct, type JobStatus } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { changeState, keepLateReport } from '../change-state.ts';
import { statusOf, typeOf, type JobRow } from '../job.ts';
import { noteReport } from '../store.ts';
import { happenedAt, myJob, requireOpenFor } from './my-job.ts';

export type Reported = Readonly<{ row: JobRow; applied: boolean }>;
type Report = Readonly<{ id: string; at: string; reason?: string | null }>;

export const startTravel = (tx: Tx, report: Report) =>
  reportState(tx, report, { act: 'startTravel', to: 'en_route' });
export const arrive = (tx: Tx, report: Report) => reportState(tx, report, { act: 'arrive', to: 'on_site' });
export const pause = (tx: Tx, report: Report) => reportState(tx, report, { act: 'pause', to: 'paused' });
export const resume = (tx: Tx, report: Report) => reportState(tx, report, { act: 'resume', to: 'on_site' });

/**
 * A step of the visit as the phone reports it, maybe hours later and not always in order. What already is so
 * changes nothing; what happened before something already reported is kept in the history and changes nothing
 * either; otherwise the state must allow it.
 */
async function reportState(
  tx: Tx,
  { id, at: said, reason }: Report,
  { act, to }: { act: JobAct; to: JobStatus },
): Promise<Reported> {
  const job = await myJob(tx, id);
  const at = happenedAt(said, job, tx.now);
  if (comesLate(job, at)) {
    await keepLateReport(tx, job, { to, at, reason: reason ?? null });
    return { row: job, applied: false };
  }
  if (job.status === to) {
    await noteReport(tx.db, { id, at });
    return { row: job, applied: false };
  }
  requireOpenFor(act, job);
  const row = await changeState(tx, job, { to, at, reason: reason ?? null, fields: { reported_at: at } });
  await tx.tell(dispatchEvents.jobStateChanged, {
    subject: id,
    customerId: row.customer_id,
    technicianId: row.technician_id,
    data: { type: typeOf(row), from: statusOf(job), to },
    changes: { status: [job.status, to] },
  });
  return { row, applied: true };
}

/** Something that happened later has already been reported; both by the same phone's clock. */
export const comesLate = (job: JobRow, at: Date): boolean =>
  job.reported_at !== null && at.getTime() < Date.parse(job.reported_at);
