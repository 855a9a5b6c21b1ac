import { z } from 'zod';
import type { JobRow, Skill } from './dispatch-values.ts';

export const conflictReason = z.enum(['overlap', 'outside_hours', 'missing_skill', 'window_broken']);
export type ConflictReason = z.infer<typeof conflictReason>;
/** Why a job does not sit well where it is: which other job it overlaps, which skill is missing. */
export const conflict = z.object({
  jobId: z.string(),
  reason: conflictReason,
  otherJobId: z.string().nullable(),
  detail: z.string().nullable(),
});
export type Conflict = z.infer<typeof conflict>;

type Placed = Pick<
  JobRow,
  'id' | 'startsAt' | 'durationMinutes' | 'skills' | 'windowStartsAt' | 'windowEndsAt' | 'status'
>;
type Worker = Readonly<{
  skills: readonly Skill[];
  /** Working hours of the day as instants; null on a day off. */
  shift: Readonly<{ startsAt: string; endsAt: string }> | null;
}>;

const MINUTE_MS = 60_000;

/**
 * What is wrong with one technician's day, in the order of the jobs. The same function judges on the board
 * while a job is dragged and in the hub when it is dropped. Instants are ISO strings.
 */
export function conflictsOf(worker: Worker, jobs: readonly Placed[]): Conflict[] {
  const placed = jobs.filter((job) => job.startsAt !== null).toSorted((a, b) => startOf(a) - startOf(b));
  return placed.flatMap((job, index) => [
    ...overlaps(job, placed.slice(0, index)),
    ...outsideHours(job, worker.shift),
    ...missingSkills(job, worker.skills),
    ...brokenWindow(job),
  ]);
}

const startOf = (job: Placed): number => Date.parse(job.startsAt ?? '');
const endOf = (job: Placed): number => startOf(job) + job.durationMinutes * MINUTE_MS;
const found = (jobId: string, reason: ConflictReason, more: Partial<Conflict> = {}): Conflict => ({
  jobId,
  reason,
  otherJobId: null,
  detail: null,
  ...more,
});

const overlaps = (job: Placed, earlier: readonly Placed[]): Conflict[] =>
  earlier
    .filter((other) => endOf(other) > startOf(job))
    .map((other) => found(job.id, 'overlap', { otherJobId: other.id }));

function outsideHours(job: Placed, hours: Worker['shift']): Conflict[] {
  const inside =
    hours !== null && startOf(job) >= Date.parse(hours.startsAt) && endOf(job) <= Date.parse(hours.endsAt);
  return inside ? [] : [found(job.id, 'outside_hours')];
}

const missingSkills = (job: Placed, held: readonly Skill[]): Conflict[] =>
  job.skills
    .filter((needed) => !held.some((has) => has.skill === needed.skill && has.level >= needed.level))
    .map((needed) => found(job.id, 'missing_skill', { detail: needed.skill }));

/** The promise is the arrival: the job must start within the window. */
function brokenWindow(job: Placed): Conflict[] {
  if (job.windowStartsAt === null || job.windowEndsAt === null) return [];
  const kept = startOf(job) >= Date.parse(job.windowStartsAt) && startOf(job) < Date.parse(job.windowEndsAt);
  return kept ? [] : [found(job.id, 'window_broken')];
}
