import { dispatchEvents, type gateToAllow } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Tx } from '../../platform/acting.ts';
import { putPermission } from './gates-store.ts';
import { requireCan, typeOf, type JobRow } from './job.ts';
import { hearerOf, lockedJob } from './schedule-job.ts';

export type GatePermission = Readonly<{ id: string; gate: z.infer<typeof gateToAllow>; reason: string }>;

/** Lets the technician of a job that has not ended pass a gate that is not theirs to pass; they give a reason too. */
export async function allowGate(tx: Tx, { id, gate, reason }: GatePermission): Promise<JobRow> {
  const job = await lockedJob(tx, id);
  requireCan('edit', job);
  await putPermission(tx.db, {
    job_id: id,
    gate,
    at: tx.now,
    actor_id: tx.by.id,
    actor_name: tx.by.name ?? tx.by.kind,
    reason,
  });
  await tx.tell(dispatchEvents.jobEdited, {
    subject: id,
    customerId: job.customer_id,
    technicianId: hearerOf(job),
    data: { type: typeOf(job) },
    changes: { allowedGate: [null, `${gate}: ${reason}`] },
  });
  return job;
}
