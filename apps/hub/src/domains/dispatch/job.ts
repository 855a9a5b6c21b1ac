import { instantOf } from '@gigafibre/calendar';
import {
  canJob,
  Refusal,
  type JobAct,
  type JobRow as ShownJob,
  type JobStatus,
  type JobType,
  type PromisedWindow,
  type Skill,
} from '@gigafibre/contract';
import type { JobRow } from './store.ts';

export type { JobStatus, JobType, PromisedWindow } from '@gigafibre/contract';
export type { JobRow } from './store.ts';

/**
 * The life of a job. It waits in the pool (`unscheduled`) until a dispatcher gives it a technician and a time
 * (`draft`), and tells the technician (`published`). The technician travels (`en_route`), works (`on_site`),
 * may stop (`paused`), and ends it `completed` or `cannot_complete`; the latter can go back to the pool.
 * Until travel starts it may go back to the pool too; until it has ended it may be `cancelled`.
 * What is possible when stands in `jobCan` (contract), which screens use as well.
 */
export const statusOf = (row: JobRow): JobStatus => row.status as JobStatus; // held by a check constraint
export const typeOf = (row: JobRow): JobType => row.type as JobType; // held by a foreign key
export const skillsOf = (row: { skills: unknown }): Skill[] => row.skills as Skill[]; // written through the contract's schema

/** Refuses `not_in_this_state` when the job's state does not allow it. */
export function requireCan(act: JobAct, row: JobRow): void {
  if (!canJob(act, statusOf(row)))
    throw new Refusal('not_in_this_state', { state: row.status, jobId: row.id, act });
}

/** Refuses `changed_meanwhile` when somebody changed the job since the version that was seen; says how it stands. */
export function requireVersion(row: JobRow, seen: number): void {
  if (row.version !== seen)
    throw new Refusal('changed_meanwhile', {
      jobId: row.id,
      version: row.version,
      status: row.status,
      technicianId: row.technician_id,
      startsAt: row.starts_at,
    });
}

/** The columns of a promised window; all null without one. */
export function windowColumns(window: PromisedWindow | null) {
  return {
    window_date: window?.date ?? null,
    window_from: window?.from ?? null,
    window_to: window?.to ?? null,
    window_starts_at: window ? instantOf({ date: window.date, time: window.from }) : null,
    window_ends_at: window ? instantOf({ date: window.date, time: window.to }) : null,
  };
}

/** Columns of what was wished for and had no room. */
export const wishColumns = (wish: PromisedWindow | null) => ({
  wished_date: wish?.date ?? null,
  wished_from: wish?.from ?? null,
  wished_to: wish?.to ?? null,
});

const windowOf = (date: string | null, from: string | null, to: string | null): PromisedWindow | null =>
  date === null || from === null || to === null ? null : { date, from, to };

/** A job as lists and the board show it. */
export const shownJob = (
  row: JobRow,
  { customerName, address }: { customerName: string | null; address: string | null },
): ShownJob => ({
  id: row.id,
  type: typeOf(row),
  status: statusOf(row),
  priority: row.priority,
  customerId: row.customer_id,
  customerName,
  locationId: row.location_id,
  address,
  technicianId: row.technician_id,
  startsAt: row.starts_at,
  durationMinutes: row.duration_minutes,
  position: row.position,
  window: windowOf(row.window_date, row.window_from, row.window_to),
  wished: windowOf(row.wished_date, row.wished_from, row.wished_to),
  windowStartsAt: row.window_starts_at,
  windowEndsAt: row.window_ends_at,
  skills: skillsOf(row),
  createdAt: row.created_at,
  version: row.version,
});

export type { ShownJob };
