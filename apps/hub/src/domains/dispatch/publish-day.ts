import { endOfDay, startOfDay } from '@gigafibre/calendar';
import { dispatchEvents, Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { changeState } from './change-state.ts';
import { requireCan, typeOf, type JobRow } from './job.ts';
import * as store from './store.ts';

export type Published = Readonly<{
  published: string[];
  technicians: { technicianId: string; jobs: number }[];
}>;

/**
 * Publishes the drafts of a day, or only the jobs listed (all of them, or none when one is no draft).
 * Each technician concerned is told once; publishing again changes nothing.
 */
export async function publishDay(
  tx: Tx,
  { date, jobIds }: { date: string; jobIds: readonly string[] | null },
): Promise<Published> {
  const wanted = jobIds === null ? null : [...new Set(jobIds)];
  if (wanted?.length === 0) return { published: [], technicians: [] };
  const drafts = await store.draftsForUpdate(tx.db, {
    from: startOfDay(date),
    to: endOfDay(date),
    jobIds: wanted,
  });
  const missing = wanted?.find((id) => !drafts.some((row) => row.id === id));
  if (missing !== undefined) throw new Refusal('not_found', { what: missing });
  for (const before of drafts) await publish(tx, before);
  const byTechnician = Map.groupBy(drafts, (row) => row.technician_id ?? '');
  const technicians = [...byTechnician].map(([technicianId, rows]) => ({ technicianId, jobs: rows.length }));
  for (const { technicianId, jobs } of technicians)
    await tx.tell(dispatchEvents.dayPublished, {
      subject: technicianId,
      technicianId,
      data: { date, jobs },
    });
  return { published: drafts.map((row) => row.id), technicians };
}

async function publish(tx: Tx, before: JobRow): Promise<void> {
  requireCan('publish', before);
  await changeState(tx, before, { to: 'published' });
  await tx.tell(dispatchEvents.jobPublished, {
    subject: before.id,
    customerId: before.customer_id,
    technicianId: before.technician_id,
    data: { type: typeOf(before) },
  });
}
