import type { Job, Problem, Skills, Technician } from './problem.ts';

/** Why a technician may not do a job, whatever the plan: the skill missing, a tool, or someone's word. */
export type Bar =
  | Readonly<{ code: 'skill-missing'; skill: string; level: number; has: number }>
  | Readonly<{ code: 'tool-missing'; tool: string }>
  | Readonly<{ code: 'not-among-chosen' }>
  | Readonly<{ code: 'excluded' }>
  | Readonly<{ code: 'locked-to-another'; technician: string }>;

/** What one of the technicians on the job must know: the seat of a crew, or the needs of the job. */
export function seatsOf(job: Job): readonly Skills[] {
  return job.crew ?? [job.needs ?? {}];
}

/** What keeps the technician from the seat, whatever the plan; undefined when nothing does. */
export function barOf(
  problem: Problem,
  job: Job,
  who: Readonly<{ technician: Technician; seat: Skills }>,
): Bar | undefined {
  const { technician, seat } = who;
  for (const [skill, level] of Object.entries(seat)) {
    const has = technician.skills?.[skill] ?? 0;
    if (has < level) return { code: 'skill-missing', skill, level, has };
  }
  if (problem.restock === undefined) {
    const tool = job.tools?.find((name) => !technician.tools?.includes(name));
    if (tool !== undefined) return { code: 'tool-missing', tool };
  }
  // A crew is locked by its first seat only: the others are whoever can.
  if (job.locked !== undefined && job.crew === undefined && job.locked.technician !== technician.id) {
    return { code: 'locked-to-another', technician: job.locked.technician };
  }
  if (job.only !== undefined && !job.only.includes(technician.id)) return { code: 'not-among-chosen' };
  if (job.never?.includes(technician.id)) return { code: 'excluded' };
  return undefined;
}
