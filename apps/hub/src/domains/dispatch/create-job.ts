import { dispatchEvents, Refusal, type JobType, type PromisedWindow, type Skill } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { json } from '../../platform/transact.ts';
import { readCustomer } from '../customers/index.ts';
import { readLocation } from '../plant/index.ts';
import { writeBirth } from './change-state.ts';
import { insertChecklist } from './evidence-store.ts';
import { skillsOf, windowColumns, wishColumns, type JobRow } from './job.ts';
import * as store from './store.ts';
import { requireRoom } from './suggest-slots.ts';

export type NewJob = Readonly<{
  type: JobType;
  customerId?: string | null;
  locationId?: string | null;
  subscriptionIds?: readonly string[];
  /** The window of arrival to promise. */
  window?: PromisedWindow | null;
  /** Beyond those of the kind of job. */
  skills?: readonly Skill[];
  notes?: string;
  /** What it comes from: `quote QTN-…`, `staff`. */
  source: string;
  priority?: number;
  durationMinutes?: number | null;
  /**
   * What when the window has no room: `keep_wish` creates the job without a promise and keeps what was wished
   * for a dispatcher to settle; `refuse` refuses `slot_taken`; `overbook` promises all the same, with a reason.
   */
  ifFull?: 'keep_wish' | 'refuse' | { overbook: string };
}>;

/** Creates a job in the pool with the checklist of its kind. `promised` says whether the window was. */
export async function createJob(
  tx: Tx,
  input: NewJob,
): Promise<{ id: string; promised: boolean; row: JobRow }> {
  if (input.customerId) await readCustomer(tx, input.customerId);
  if (input.locationId) await readLocation(tx, input.locationId);
  const kind = await store.jobType(tx.db, input.type);
  const skills = mergedSkills(skillsOf(kind), input.skills ?? []);
  const minutes = input.durationMinutes ?? kind.duration_minutes;
  const window = input.window ?? null;
  const promised = window !== null && (await mayPromise(tx, { input, window, skills, minutes }));
  const row = await store.insertJob(tx.db, {
    type: input.type,
    priority: input.priority ?? 3,
    customer_id: input.customerId ?? null,
    location_id: input.locationId ?? null,
    subscription_ids: [...(input.subscriptionIds ?? [])],
    duration_minutes: minutes,
    ...windowColumns(promised ? window : null),
    ...wishColumns(promised ? null : window),
    overbooked_because: typeof input.ifFull === 'object' && promised ? input.ifFull.overbook : null,
    skills: json(skills),
    notes: input.notes ?? '',
    source: input.source,
    created_at: tx.now,
  });
  await insertChecklist(tx.db, { jobId: row.id, template: kind.checklist });
  await writeBirth(tx, row);
  await tx.tell(dispatchEvents.jobCreated, {
    subject: row.id,
    customerId: row.customer_id,
    data: { type: input.type, source: input.source },
  });
  return { id: row.id, promised, row };
}

type Asked = Readonly<{
  input: NewJob;
  window: PromisedWindow;
  skills: readonly Skill[];
  minutes: number;
}>;

async function mayPromise(tx: Tx, { input, window, skills, minutes }: Asked): Promise<boolean> {
  if (typeof input.ifFull === 'object') return true;
  try {
    await requireRoom(tx, { window, skills, minutes });
    return true;
  } catch (error) {
    if (input.ifFull !== 'refuse' && error instanceof Refusal && error.code === 'slot_taken') return false;
    throw error;
  }
}

/** Each skill once, at the highest level asked. */
function mergedSkills(ofKind: readonly Skill[], asked: readonly Skill[]): Skill[] {
  const levels = new Map<Skill['skill'], number>();
  for (const { skill, level } of [...ofKind, ...asked])
    levels.set(skill, Math.max(level, levels.get(skill) ?? 0));
  return [...levels].map(([skill, level]) => ({ skill, level }));
}
