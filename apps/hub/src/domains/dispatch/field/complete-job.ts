import { dispatchEvents, Refusal, unansweredOf, type cannotCompleteReason } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Tx } from '../../../platform/acting.ts';
import { json } from '../../../platform/transact.ts';
import { changeState } from '../change-state.ts';
import { statusOf, typeOf, type JobRow } from '../job.ts';
import { checklistOf } from '../read-job.ts';
import * as store from '../store.ts';
import { permissionsOf } from '../gates-store.ts';
import { installGates, requireGates, type GateState, type Override } from './install-gates.ts';
import { happenedAt, myJob, requireOpenFor } from './my-job.ts';
import type { Reported } from './report-state.ts';

export type Completion = Readonly<{
  id: string;
  at: string;
  summary: string;
  materials: readonly { name: string; quantity: number; unit: string | null }[];
  /** Gates passed with a reason; they show in reports. */
  overrides: readonly Override[];
}>;

/**
 * Closes the job, when every required point of its checklist is answered, and its gates are green or passed with a
 * reason: all gates for an installation, the ONT for any other job that starts an Internet service. The
 * subscriptions it was made for go live as a reaction. Closing it again changes nothing.
 */
export async function completeJob(tx: Tx, input: Completion): Promise<Reported> {
  const job = await myJob(tx, input.id);
  if (job.status === 'completed') return { row: job, applied: false };
  requireOpenFor('complete', job);
  const { gates, ground } = await installGates(tx, job);
  requireGates(gates, { jobId: job.id, overrides: input.overrides });
  await requireAnswers(tx, job);
  const at = happenedAt(input.at, job, tx.now);
  await store.insertCompletion(tx.db, {
    job_id: job.id,
    at,
    received_at: tx.now,
    technician_id: job.technician_id ?? '',
    summary: input.summary,
    materials: json(input.materials),
    overrides: json(await overridesUsed(tx, job, { gates, overrides: input.overrides })),
  });
  const row = await changeState(tx, job, { to: 'completed', at, fields: { reported_at: at } });
  await tell(tx, { before: job, row, at, equipmentId: ground.ont?.id ?? null });
  return { row, applied: true };
}

/** The gates that were passed, each with the technician's reason and, where one was needed, the dispatcher's. */
async function overridesUsed(
  tx: Tx,
  { id }: JobRow,
  { gates, overrides }: { gates: readonly GateState[]; overrides: readonly Override[] },
): Promise<Override[]> {
  const permissions = await permissionsOf(tx.db, id);
  return overrides
    .filter(({ gate }) => gates.some((state) => state.gate === gate && !state.green))
    .map(({ gate, reason }) => {
      const allowed = permissions.find((permission) => permission.gate === gate);
      return { gate, reason: allowed ? `${reason} (${allowed.actor_name} : ${allowed.reason})` : reason };
    });
}

/** Refuses `checklist_open`, naming the required points that have no answer. */
async function requireAnswers(tx: Tx, { id: jobId }: JobRow): Promise<void> {
  const missing = unansweredOf(await checklistOf(tx, jobId));
  if (missing.length === 0) return;
  throw new Refusal('checklist_open', {
    jobId,
    count: missing.length,
    items: missing.map(({ id }) => id).join(','),
    missingFr: missing.map(({ label }) => label.fr).join('; '),
    missingEn: missing.map(({ label }) => label.en).join('; '),
  });
}

const tell = (
  tx: Tx,
  done: { before: JobRow; row: JobRow; at: Date; equipmentId: string | null },
): Promise<bigint> =>
  tx.tell(dispatchEvents.jobCompleted, {
    subject: done.row.id,
    customerId: done.row.customer_id,
    technicianId: done.row.technician_id,
    data: {
      type: typeOf(done.row),
      subscriptionIds: done.row.subscription_ids,
      locationId: done.row.location_id,
      equipmentId: done.equipmentId,
      completedAt: done.at.toISOString(),
    },
    changes: { status: [statusOf(done.before), 'completed'] },
  });

export type Failure = Readonly<{
  id: string;
  at: string;
  reason: z.infer<typeof cannotCompleteReason>;
  note: string;
}>;

/** The job could not be done, and why. Saying it again changes nothing; a dispatcher may reopen it. */
export async function cannotComplete(tx: Tx, { id, at: said, reason, note }: Failure): Promise<Reported> {
  const job = await myJob(tx, id);
  if (job.status === 'cannot_complete') return { row: job, applied: false };
  requireOpenFor('cannotComplete', job);
  const at = happenedAt(said, job, tx.now);
  await store.insertFailure(tx.db, {
    job_id: id,
    at,
    technician_id: job.technician_id ?? '',
    reason,
    note,
  });
  const row = await changeState(tx, job, {
    to: 'cannot_complete',
    at,
    reason: note === '' ? reason : `${reason}: ${note}`,
    fields: { reported_at: at },
  });
  await tx.tell(dispatchEvents.jobCannotComplete, {
    subject: id,
    customerId: row.customer_id,
    technicianId: row.technician_id,
    data: { type: typeOf(row), reason },
    changes: { status: [job.status, 'cannot_complete'] },
  });
  return { row, applied: true };
}
