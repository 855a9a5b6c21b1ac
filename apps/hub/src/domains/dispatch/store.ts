import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  DispatchCompletions,
  DispatchFailures,
  DispatchJobChanges,
  DispatchJobs,
  DispatchJobTypes,
} from '../../platform/db/types.ts';

export type JobRow = Selectable<DispatchJobs>;
export type ChangeRow = Selectable<DispatchJobChanges>;
export type JobTypeRow = Selectable<DispatchJobTypes>;

const jobs = (db: Db) => db.selectFrom('dispatch.jobs').selectAll();

export const jobById = (db: Db, id: string): Promise<JobRow | undefined> =>
  jobs(db).where('id', '=', id).executeTakeFirst();

export const jobForUpdate = (db: Db, id: string): Promise<JobRow | undefined> =>
  jobs(db).where('id', '=', id).forUpdate().executeTakeFirst();

export const jobType = (db: Db, type: string): Promise<JobTypeRow> =>
  db.selectFrom('dispatch.job_types').selectAll().where('type', '=', type).executeTakeFirstOrThrow();

export const arrivalWindows = (db: Db): Promise<{ from: string; to: string }[]> =>
  db
    .selectFrom('dispatch.arrival_windows')
    .select(['from_time as from', 'to_time as to'])
    .orderBy('from_time')
    .execute();

export const insertJob = (db: Db, row: Insertable<DispatchJobs>): Promise<JobRow> =>
  db.insertInto('dispatch.jobs').values(row).returningAll().executeTakeFirstOrThrow();

/** Writes the fields and raises the version. */
export const updateJob = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<DispatchJobs> },
): Promise<JobRow> =>
  db
    .updateTable('dispatch.jobs')
    .set(fields)
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Notes a report that changed nothing, without raising the version: nobody's edit is refused because of it. */
export const noteReport = (db: Db, { id, at }: { id: string; at: Date }): Promise<unknown> =>
  db.updateTable('dispatch.jobs').set({ reported_at: at }).where('id', '=', id).execute();

export const insertChange = (db: Db, row: Insertable<DispatchJobChanges>): Promise<unknown> =>
  db.insertInto('dispatch.job_changes').values(row).execute();

const CHANGES_MAX = 200;
/** Newest first. */
export const changesOf = (db: Db, jobId: string): Promise<ChangeRow[]> =>
  db
    .selectFrom('dispatch.job_changes')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('id', 'desc')
    .limit(CHANGES_MAX)
    .execute();

export const lastChange = (db: Db, jobId: string): Promise<ChangeRow | undefined> =>
  db
    .selectFrom('dispatch.job_changes')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('applied', '=', true)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Whether the technician was ever shown this job. */
export async function wasShownTo(
  db: Db,
  { jobId, technicianId, statuses }: { jobId: string; technicianId: string; statuses: readonly string[] },
): Promise<boolean> {
  const row = await db
    .selectFrom('dispatch.job_changes')
    .select('id')
    .where('job_id', '=', jobId)
    .where('technician_id', '=', technicianId)
    .where('to_status', 'in', statuses)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export type Between = Readonly<{ from: Date; to: Date }>;

/** A board shows a day whole; a day of ours has hundreds of visits. */
const OF_A_DAY_MAX = 2_000;

/** Jobs that occupy a technician and begin within the time, by beginning. */
export const placedBetween = (
  db: Db,
  { from, to, statuses, technicianId }: Between & { statuses: readonly string[]; technicianId?: string },
): Promise<JobRow[]> =>
  jobs(db)
    .where('starts_at', '>=', from.toISOString())
    .where('starts_at', '<', to.toISOString())
    .where('status', 'in', statuses)
    .$if(technicianId !== undefined, (q) => q.where('technician_id', '=', technicianId ?? ''))
    .orderBy('starts_at')
    .orderBy('id')
    .limit(OF_A_DAY_MAX)
    .execute();

/** Jobs without technician whose window is promised on one of the days. */
export const promisedBetween = (
  db: Db,
  { fromDay, toDay }: { fromDay: string; toDay: string },
): Promise<JobRow[]> =>
  jobs(db)
    .where('status', '=', 'unscheduled')
    .where('window_date', '>=', fromDay)
    .where('window_date', '<=', toDay)
    .orderBy('window_date')
    .orderBy('created_at')
    .orderBy('id')
    .limit(OF_A_DAY_MAX)
    .execute();

/** Drafts to publish, locked in the order of their ids. */
export const draftsForUpdate = (
  db: Db,
  { from, to, jobIds }: Between & { jobIds: readonly string[] | null },
): Promise<JobRow[]> =>
  jobs(db)
    .$if(jobIds !== null, (q) => q.where('id', 'in', jobIds ?? []))
    .$if(jobIds === null, (q) =>
      q
        .where('status', '=', 'draft')
        .where('starts_at', '>=', from.toISOString())
        .where('starts_at', '<', to.toISOString()),
    )
    .orderBy('id')
    .limit(OF_A_DAY_MAX)
    .forUpdate()
    .execute();

const OF_A_CUSTOMER_MAX = 100;
export const jobsOfCustomer = (db: Db, customerId: string): Promise<JobRow[]> =>
  jobs(db)
    .where('customer_id', '=', customerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(OF_A_CUSTOMER_MAX)
    .execute();

const EARLIER_MAX = 10;
export type EarlierRow = Readonly<{
  id: string;
  type: string;
  status: string;
  starts_at: string | null;
  summary: string | null;
}>;
/** Earlier visits at a place, newest first, with what was said when they closed. */
export const earlierAt = (
  db: Db,
  { locationId, except }: { locationId: string; except: string },
): Promise<EarlierRow[]> =>
  db
    .selectFrom('dispatch.jobs as j')
    .leftJoin('dispatch.completions as c', 'c.job_id', 'j.id')
    .select(['j.id', 'j.type', 'j.status', 'j.starts_at', 'c.summary'])
    .where('j.location_id', '=', locationId)
    .where('j.id', '<>', except)
    .where('j.status', 'in', ['completed', 'cannot_complete'])
    .orderBy('j.created_at', 'desc')
    .orderBy('j.id', 'desc')
    .limit(EARLIER_MAX)
    .execute();

export const insertCompletion = (db: Db, row: Insertable<DispatchCompletions>): Promise<unknown> =>
  db.insertInto('dispatch.completions').values(row).execute();

export const completionOf = (db: Db, jobId: string) =>
  db.selectFrom('dispatch.completions').selectAll().where('job_id', '=', jobId).executeTakeFirst();

export const insertFailure = (db: Db, row: Insertable<DispatchFailures>): Promise<unknown> =>
  db.insertInto('dispatch.failures').values(row).execute();

export const lastFailure = (db: Db, jobId: string) =>
  db
    .selectFrom('dispatch.failures')
    .selectAll()
    .where('job_id', '=', jobId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** How many drafts wait to be published on a day. */
export async function draftCount(db: Db, { from, to }: Between): Promise<number> {
  const row = await db
    .selectFrom('dispatch.jobs')
    .select(sql<number>`count(*)::int`.as('drafts'))
    .where('status', '=', 'draft')
    .where('starts_at', '>=', from.toISOString())
    .where('starts_at', '<', to.toISOString())
    .executeTakeFirstOrThrow();
  return row.drafts;
}
