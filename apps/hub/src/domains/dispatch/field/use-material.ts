import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import * as materials from '../materials-store.ts';
import { happenedAt, myJob, requireOpenFor } from './my-job.ts';
import { tellRecorded } from './record-evidence.ts';
import type { Reported } from './report-state.ts';

/** A visit that used more kinds of things than this is a mistake of the phone. */
const MATERIALS_OF_A_JOB_MAX = 40;

export type Used = Readonly<{
  id: string;
  at: string;
  /** Of the list of consumables; null for what it does not have. */
  code: string | null;
  name: string;
  /** Zero takes it off. */
  quantity: number;
  unit: string | null;
}>;

/**
 * How much of a material the visit used. Of two reports the one made later on the phone counts, whichever arrives
 * first. A code the list no longer knows is kept under the words the phone had for it.
 */
export async function useMaterial(tx: Tx, used: Used): Promise<Reported> {
  const job = await myJob(tx, used.id);
  requireOpenFor('record', job);
  const known = used.code === null ? undefined : await materials.consumableByCode(tx.db, used.code);
  const item = used.code ?? used.name.toLowerCase();
  if ((await materials.otherMaterials(tx.db, { jobId: job.id, item })) >= MATERIALS_OF_A_JOB_MAX)
    throw new Refusal('too_many_materials', { jobId: job.id, limit: MATERIALS_OF_A_JOB_MAX });
  const applied = await materials.saveMaterial(tx.db, {
    job_id: job.id,
    item,
    code: used.code,
    name_fr: known?.name_fr ?? used.name,
    name_en: known?.name_en ?? used.name,
    unit: known?.unit ?? used.unit,
    quantity: used.quantity,
    at: happenedAt(used.at, job, tx.now),
    received_at: tx.now,
    actor_id: tx.by.id,
    actor_name: tx.by.name,
  });
  if (applied) await tellRecorded(tx, job, 'material');
  return { row: job, applied };
}
