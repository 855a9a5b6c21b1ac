import { endOfDay, startOfDay } from '@gigafibre/calendar';
import type { dispatchOperations, fieldOperations, JobStatus, OutputOf, ParsedOf } from '@gigafibre/contract';
import { ASSIGNED, conflictsOf, VISIBLE_IN_FIELD } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { requireTechnician, shiftOn, technicianOf } from '../domains/dispatch/index.ts';
import { addressLine } from '../domains/plant/index.ts';
import type { Reading } from '../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../platform/db/cursor.ts';

type JobPage = OutputOf<typeof dispatchOperations.listJobs>;
type ShownJob = JobPage['rows'][number];
type Day = OutputOf<typeof dispatchOperations.readDay>;
type MyDay = OutputOf<typeof fieldOperations.listMyDay>;
type MyJobRow = MyDay['jobs'][number];

const POOL_MAX = 200;
const OF_A_DAY_MAX = 2_000;
const MY_DAY_MAX = 200;
/** States that are still somebody's work, whatever the day. */
const OPEN: readonly JobStatus[] = ['published', 'offered', 'accepted', 'en_route', 'on_site', 'paused'];

/** The columns of a job with the names people know it by; `place` and `who` are its location and customer. */
const columns = sql`
  j.id, j.type, j.status, j.priority, j.customer_id, who.name as customer_name, j.location_id, j.technician_id,
  j.starts_at, j.duration_minutes, j.position, j.window_date, j.window_from, j.window_to, j.window_starts_at,
  j.window_ends_at, j.wished_date, j.wished_from, j.wished_to, j.skills, j.created_at, j.version,
  place.civic_number, place.unit, place.street, place.municipality, place.postal_code, place.access_notes,
  place.latitude, place.longitude, place.contact_phone, who.cell_phone, who.tel_home`;
const joined = sql`
  dispatch.jobs j left join customers.customers who on who.id = j.customer_id
  left join plant.locations place on place.id = j.location_id`;

type Row = Readonly<{
  id: string;
  type: ShownJob['type'];
  status: JobStatus;
  priority: number;
  customer_id: string | null;
  customer_name: string | null;
  location_id: string | null;
  technician_id: string | null;
  starts_at: string | null;
  duration_minutes: number;
  position: number;
  window_date: string | null;
  window_from: string | null;
  window_to: string | null;
  window_starts_at: string | null;
  window_ends_at: string | null;
  wished_date: string | null;
  wished_from: string | null;
  wished_to: string | null;
  skills: ShownJob['skills'];
  created_at: string;
  version: number;
  civic_number: string | null;
  unit: string | null;
  street: string | null;
  municipality: string | null;
  postal_code: string | null;
  access_notes: string | null;
  latitude: number | null;
  longitude: number | null;
  contact_phone: string | null;
  cell_phone: string | null;
  tel_home: string | null;
}>;

async function jobsWhere(
  { db }: Pick<Reading, 'db'>,
  { condition, order, limit }: { condition: RawBuilder<unknown>; order: RawBuilder<unknown>; limit: number },
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${columns} from ${joined} where ${condition} order by ${order} limit ${limit}`.execute(db);
  return rows;
}

const windowOf = (date: string | null, from: string | null, to: string | null): ShownJob['window'] =>
  date === null || from === null || to === null ? null : { date, from, to };

const shown = (row: Row): ShownJob => ({
  id: row.id,
  type: row.type,
  status: row.status,
  priority: row.priority,
  customerId: row.customer_id,
  customerName: row.customer_name,
  locationId: row.location_id,
  address: addressOf(row),
  technicianId: row.technician_id,
  startsAt: row.starts_at,
  durationMinutes: row.duration_minutes,
  position: row.position,
  window: windowOf(row.window_date, row.window_from, row.window_to),
  wished: windowOf(row.wished_date, row.wished_from, row.wished_to),
  windowStartsAt: row.window_starts_at,
  windowEndsAt: row.window_ends_at,
  skills: row.skills,
  createdAt: row.created_at,
  version: row.version,
});

function addressOf(row: Row): string | null {
  const { civic_number: civicNumber, street, municipality } = row;
  if (civicNumber === null || street === null || municipality === null) return null;
  return addressLine({ civicNumber, unit: row.unit, street, municipality, postalCode: row.postal_code });
}

/** Jobs by day, technician, state …; newest first, the pool by promise. */
export async function listJobs(
  reading: Reading,
  query: ParsedOf<typeof dispatchOperations.listJobs>,
): Promise<JobPage> {
  const before = readCursor(query.after, z.tuple([keys.instant, keys.id]));
  const rows = await jobsWhere(reading, {
    condition: sql.join(conditionsOf(query, before), sql` and `),
    order: query.unassigned === true ? POOL_ORDER : sql`j.created_at desc, j.id desc`,
    limit: query.limit + 1,
  });
  // The pool is short and ordered by promise, which no cursor follows: it has one page.
  if (query.unassigned === true) return { rows: rows.slice(0, query.limit).map(shown), next: null };
  const page = pageOf(rows, query.limit, (last) => cursorOf(last.created_at, last.id));
  return { rows: page.rows.map(shown), next: page.next };
}

const POOL_ORDER = sql`j.window_date nulls last, j.window_from, j.created_at, j.id`;

function conditionsOf(
  query: ParsedOf<typeof dispatchOperations.listJobs>,
  before: readonly [string, string] | undefined,
): RawBuilder<unknown>[] {
  const { day, technicianId, status, type, customerId, unassigned, search } = query;
  return [
    sql`true`,
    ...(day === undefined ? [] : [onDay(day)]),
    ...(technicianId === undefined ? [] : [sql`j.technician_id = ${technicianId}`]),
    ...(status === undefined ? [] : [sql`j.status = ${status}`]),
    ...(type === undefined ? [] : [sql`j.type = ${type}`]),
    ...(customerId === undefined ? [] : [sql`j.customer_id = ${customerId}`]),
    ...(unassigned === true ? [sql`j.status = 'unscheduled'`] : []),
    ...(search ? [searched(search)] : []),
    ...(before === undefined ? [] : [sql`(j.created_at, j.id) < (${before[0]}::timestamptz, ${before[1]})`]),
  ];
}

const onDay = (day: string): RawBuilder<unknown> =>
  sql`j.starts_at >= ${startOfDay(day)} and j.starts_at < ${endOfDay(day)}`;

/** By number of the job, or by the customer's name. */
function searched(typed: string): RawBuilder<unknown> {
  const like = `%${typed.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql`(j.id = upper(${typed}) or j.customer_id in (select id from customers.customers
    where app.fold(name) like app.fold(${like}) limit ${POOL_MAX}))`;
}

/** The board of a day: technicians with their hours, jobs, the pool, and what is wrong, with reasons. */
export async function readDay(reading: Reading, { date }: { date: string }): Promise<Day> {
  const technicians = (
    await reading.db
      .selectFrom('dispatch.technicians')
      .selectAll()
      .where('active', '=', true)
      .orderBy('id')
      .limit(OF_A_DAY_MAX)
      .execute()
  ).map((row) => {
    const technician = technicianOf(row);
    return { ...technician, shift: shiftOn(technician.hours, date) };
  });
  const jobs = (
    await jobsWhere(reading, {
      condition: sql`${onDay(date)} and j.status <> 'cancelled'`,
      order: sql`j.starts_at, j.position, j.id`,
      limit: OF_A_DAY_MAX,
    })
  ).map(shown);
  const pool = await jobsWhere(reading, {
    condition: sql`j.status = 'unscheduled'`,
    order: sql`(j.window_date = ${date}::date) desc nulls last, ${POOL_ORDER}`,
    limit: POOL_MAX,
  });
  const placed = jobs.filter((job) => ASSIGNED.includes(job.status));
  return {
    date,
    startsAt: startOfDay(date).toISOString(),
    endsAt: endOfDay(date).toISOString(),
    technicians,
    jobs,
    pool: pool.map(shown),
    conflicts: technicians.flatMap((technician) =>
      conflictsOf(
        technician,
        placed.filter((job) => job.technicianId === technician.id),
      ),
    ),
    drafts: jobs.filter((job) => job.status === 'draft').length,
  };
}

/** What a technician sees of a day, and what is still open from before. */
export async function jobsOfTechnician(
  reading: Pick<Reading, 'db'>,
  { technicianId, date }: { technicianId: string; date: string },
): Promise<MyJobRow[]> {
  const rows = await jobsWhere(reading, {
    condition: sql`j.technician_id = ${technicianId} and j.status in (${sql.join([...VISIBLE_IN_FIELD])})
      and ((${onDay(date)}) or (j.starts_at < ${startOfDay(date)} and j.status in (${sql.join([...OPEN])})))`,
    order: sql`j.starts_at, j.position, j.id`,
    limit: MY_DAY_MAX,
  });
  return rows.map((row) => ({
    ...shown(row),
    phones: [
      ...new Set(
        [row.contact_phone, row.cell_phone, row.tel_home].filter((phone): phone is string => phone !== null),
      ),
    ],
    accessNotes: row.access_notes ?? '',
    latitude: row.latitude,
    longitude: row.longitude,
  }));
}

/** The same for the technician who asks. */
export async function listMyDay(reading: Reading, { date }: { date: string }): Promise<MyDay> {
  const technicianId = requireTechnician(reading.by);
  return {
    date,
    technician: { id: technicianId, name: reading.by.name ?? technicianId },
    jobs: await jobsOfTechnician(reading, { technicianId, date }),
  };
}
