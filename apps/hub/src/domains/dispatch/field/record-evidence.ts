import { dispatchEvents, measureVerdict, Refusal, type measureLimits } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Tx } from '../../../platform/acting.ts';
import * as evidence from '../evidence-store.ts';
import type { JobRow } from '../job.ts';
import { happenedAt, jobOnceMine, myJob, requireOpenFor } from './my-job.ts';
import { sniffPhoto } from './sniff-photo.ts';
import type { Reported } from './report-state.ts';

export type Answer = Readonly<{
  id: string;
  at: string;
  itemId: string;
  checked: boolean | null;
  text: string | null;
  value: number | null;
}>;

/** Answers a point of the checklist. Of two answers the one given later on the phone counts, whichever arrives first. */
export async function saveChecklistItem(tx: Tx, answer: Answer): Promise<Reported> {
  const job = await myJob(tx, answer.id);
  requireOpenFor('record', job);
  const item = await evidence.itemForUpdate(tx.db, { jobId: job.id, itemId: answer.itemId });
  if (!item) throw new Refusal('no_checklist_item', { jobId: job.id, itemId: answer.itemId });
  const at = happenedAt(answer.at, job, tx.now);
  if (item.answered_at !== null && Date.parse(item.answered_at) > at.getTime())
    return { row: job, applied: false };
  const limits = item.limits as z.infer<typeof measureLimits> | null; // written through the contract's schema
  await evidence.answerItem(tx.db, {
    jobId: job.id,
    itemId: item.item_id,
    answer: {
      checked: answer.checked,
      text: answer.text,
      value: answer.value,
      verdict: answer.value === null ? null : measureVerdict(answer.value, limits),
      answered_at: at.toISOString(),
      answered_by: tx.by.name,
    },
  });
  await tellRecorded(tx, job, 'checklist');
  return { row: job, applied: true };
}

/** Adds a note; welcome from whoever was there, also after the job went to somebody else. */
export async function addNote(
  tx: Tx,
  note: { id: string; at: string; noteId: string; text: string },
): Promise<Reported> {
  const job = await jobOnceMine(tx, note.id);
  const added = await evidence.insertNote(tx.db, {
    note_id: note.noteId,
    job_id: job.id,
    at: happenedAt(note.at, job, tx.now),
    received_at: tx.now,
    actor_id: tx.by.id,
    actor_name: tx.by.name,
    text: note.text,
  });
  if (added) await tellRecorded(tx, job, 'note');
  return { row: job, applied: added };
}

/** Keeps the customer's signature, a PNG picture. The newest by the phone's time counts; earlier ones stay. */
export async function saveSignature(
  tx: Tx,
  signature: { id: string; at: string; name: string; png: string },
): Promise<Reported> {
  const job = await myJob(tx, signature.id);
  requireOpenFor('record', job);
  const bytes = Buffer.from(signature.png, 'base64');
  if (sniffPhoto(bytes) !== 'image/png') throw new Refusal('not_an_image', { jobId: job.id });
  await evidence.insertSignature(tx.db, {
    job_id: job.id,
    name: signature.name,
    at: happenedAt(signature.at, job, tx.now),
    received_at: tx.now,
    png: bytes,
    actor_id: tx.by.id,
    actor_name: tx.by.name,
  });
  await tellRecorded(tx, job, 'signature');
  return { row: job, applied: true };
}

type Recorded = 'checklist' | 'note' | 'photo' | 'material' | 'equipment' | 'reading' | 'signature';

/** Something was written down about a job. */
export const tellRecorded = (tx: Tx, job: JobRow, what: Recorded): Promise<bigint> =>
  tx.tell(dispatchEvents.jobRecorded, {
    subject: job.id,
    customerId: job.customer_id,
    technicianId: job.technician_id ?? 'nobody',
    data: { what },
  });
