import type { fieldOperations, OutputOf } from '@gigafibre/contract';
import type { Reading } from '../../../platform/acting.ts';
import { readCustomer } from '../../customers/index.ts';
import { limitsOf } from '../../network/index.ts';
import { readLocation } from '../../plant/index.ts';
import { subscriptionsOf } from '../../subscriptions/index.ts';
import type { JobRow, JobStatus, JobType } from '../job.ts';
import { readJob } from '../read-job.ts';
import { earlierAt } from '../store.ts';
import { dayOf } from '../technician.ts';
import { readMine } from './my-job.ts';

type MyJob = OutputOf<typeof fieldOperations.readMyJob>;

/** Everything a technician needs at the door, in one document that the phone keeps. */
export async function readMyJob(reading: Reading, id: string): Promise<MyJob> {
  const row = await readMine(reading, id);
  const location = row.location_id === null ? null : await readLocation(reading, row.location_id);
  return {
    ...(await readJob(reading, row)),
    contact: await contactOf(reading, row, location?.contact ?? null),
    latitude: location?.latitude ?? null,
    longitude: location?.longitude ?? null,
    opticalLimits: await limitsOf(reading),
    subscriptions: await servicesOf(reading, row),
    earlier: await earlierOf(reading, row),
  };
}

/** Who to call: the person at the place first, when one is named, then the customer. */
async function contactOf(
  reading: Pick<Reading, 'db'>,
  { customer_id: customerId }: JobRow,
  atPlace: { name: string | null; phone: string | null } | null,
): Promise<MyJob['contact']> {
  if (customerId === null) return null;
  const customer = await readCustomer(reading, customerId);
  const phones = [atPlace?.phone, customer.cellPhone, customer.telHome].filter(
    (phone): phone is string => typeof phone === 'string',
  );
  return {
    id: customer.id,
    name: customer.name,
    language: customer.language,
    phones: [...new Set(phones)],
    email: customer.emailId,
  };
}

/** The services at the place, those of this job first. */
async function servicesOf(reading: Reading, row: JobRow): Promise<MyJob['subscriptions']> {
  if (row.customer_id === null) return [];
  const all = await subscriptionsOf(reading, row.customer_id);
  return all
    .filter(({ id, locationId }) => row.subscription_ids.includes(id) || locationId === row.location_id)
    .toSorted(
      (a, b) => Number(row.subscription_ids.includes(b.id)) - Number(row.subscription_ids.includes(a.id)),
    )
    .map(({ id, status, items }) => {
      const plan = items.find((item) => item.kind === 'internet') ?? items[0];
      return { id, status, planFr: plan?.nameFr ?? '', planEn: plan?.nameEn ?? '' };
    });
}

async function earlierOf({ db }: Pick<Reading, 'db'>, row: JobRow): Promise<MyJob['earlier']> {
  if (row.location_id === null) return [];
  const rows = await earlierAt(db, { locationId: row.location_id, except: row.id });
  return rows.map((visit) => ({
    id: visit.id,
    type: visit.type as JobType, // held by a foreign key and a check constraint
    status: visit.status as JobStatus,
    date: visit.starts_at === null ? null : dayOf(visit.starts_at),
    summary: visit.summary ?? '',
  }));
}
