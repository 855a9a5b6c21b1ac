import type { customersOperations, OutputOf } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../platform/acting.ts';
import { prepared } from '../platform/db/prepared.ts';
import { addressText } from './address-text.ts';
import { clientsFound } from './client-search.ts';

type ClientPage = OutputOf<typeof customersOperations.listCustomers>;
type ClientRow = ClientPage['rows'][number];
export type ClientQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  search?: string | undefined;
  status?: ClientRow['status'] | undefined;
}>;

/** Of all that matches a few letters only the best are worth showing: the person types on. */
const MATCHES_MAX = 200;

/** Customers found by anything people say on the phone, best match first; without a search, newest first. */
export function listCustomers(reading: Reading, query: ClientQuery): Promise<ClientPage> {
  const search = query.search ?? '';
  return search === '' ? newestClients(reading, query) : searchedClients(reading, { ...query, search });
}

async function searchedClients(
  { db }: Reading,
  { search, status, limit, after }: ClientQuery & { search: string },
): Promise<ClientPage> {
  const offset = Math.min(MATCHES_MAX, Math.max(0, Math.trunc(Number(after ?? 0)) || 0));
  const { rows } = await sql<ClientRow>`
    with found as (${clientsFound(search, MATCHES_MAX)})
    select ${columns}, found.matched
      from found join customers.customers c on c.id = found.customer_id
     where ${ofStatus(status)}
     order by found.place, c.created_at desc, c.id desc
     limit ${limit + 1} offset ${offset}`.execute(db);
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit ? String(offset + limit) : null,
  };
}

async function newestClients({ db }: Reading, { status, limit, after }: ClientQuery): Promise<ClientPage> {
  const { rows } = await sql<ClientRow & { createdAt: string }>`${prepared}
    select ${columns}, null::text as matched, c.created_at as "createdAt"
      from customers.customers c
     where ${beyond(after)} and ${ofStatus(status)}
     order by c.created_at desc, c.id desc
     limit ${limit + 1}`.execute(db);
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit),
    next: rows.length > limit && last ? `${last.createdAt}~${last.id}` : null,
  };
}

const columns = sql`
  c.id, c.name, c.status, coalesce(c.cell_phone, c.tel_home) as phone, coalesce(c.email_id, c.email_billing) as email,
  (select ${addressText('l')} from plant.occupancies o join plant.locations l on l.id = o.location_id
    where o.customer_id = c.id and o.until is null order by o.since desc limit 1) as address,
  coalesce((select sum(b.balance_cents) from ledger.customer_balances b
    where b.customer_id = c.id and b.account in ('1100', '2210')), 0)::bigint as "balanceCents"`;

const ofStatus = (status: ClientQuery['status']): RawBuilder<unknown> =>
  status === undefined ? sql`true` : sql`c.status = ${status}`;

function beyond(after: string | undefined): RawBuilder<unknown> {
  const [at, id] = after?.split('~') ?? [];
  return at === undefined || id === undefined || Number.isNaN(Date.parse(at))
    ? sql`true`
    : sql`(c.created_at, c.id) < (${at}::timestamptz, ${id})`;
}
