import type { customersOperations, OutputOf } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../platform/acting.ts';
import { addressText } from './address-text.ts';

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

/**
 * Customers found by anything people say on the phone, best match first; without a search, newest first.
 * Search reads one table of terms (customers.search_terms) by trigram or prefix, never the tables themselves.
 */
export async function listCustomers({ db }: Reading, query: ClientQuery): Promise<ClientPage> {
  const found = query.search ? searched(query.search) : newest(query);
  const offset = query.search
    ? Math.min(MATCHES_MAX, Math.max(0, Math.trunc(Number(query.after ?? 0)) || 0))
    : 0;
  const { rows } = await sql<ClientRow & { createdAt: string }>`
    with found as (${found})
    select c.id, c.name, c.status, coalesce(c.cell_phone, c.tel_home) as phone, coalesce(c.email_id, c.email_billing) as email,
           (select ${addressText('l')} from plant.occupancies o join plant.locations l on l.id = o.location_id
             where o.customer_id = c.id and o.until is null order by o.since desc limit 1) as address,
           coalesce((select sum(b.balance_cents) from ledger.customer_balances b where b.customer_id = c.id and b.account in ('1100', '2210')), 0)::bigint as "balanceCents",
           found.matched, c.created_at as "createdAt"
      from found join customers.customers c on c.id = found.customer_id
     where ${query.status === undefined ? sql`true` : sql`c.status = ${query.status}`}
     order by found.place, c.created_at desc, c.id desc
     limit ${query.limit + 1} offset ${offset}`.execute(db);
  return {
    rows: rows.slice(0, query.limit),
    next: rows.length > query.limit ? nextAfter(query, offset, rows[query.limit - 1]) : null,
  };
}

function nextAfter(
  query: ClientQuery,
  offset: number,
  last: { createdAt: string; id: string } | undefined,
): string | null {
  if (query.search) return String(offset + query.limit);
  return last ? `${last.createdAt}~${last.id}` : null;
}

function newest({ after, status, limit }: ClientQuery): RawBuilder<unknown> {
  const [at, id] = after?.split('~') ?? [];
  const beyond =
    at === undefined || id === undefined || Number.isNaN(Date.parse(at))
      ? sql`true`
      : sql`(created_at, id) < (${at}::timestamptz, ${id})`;
  const ofStatus = status === undefined ? sql`true` : sql`status = ${status}`;
  return sql`select id as customer_id, null::text as matched, 0 as place from customers.customers where ${beyond} and ${ofStatus} order by created_at desc, id desc limit ${limit + 1}`;
}

/** Digits of what looks like a number (phone in any format), else the folded text. */
export function searchKey(typed: string): string {
  const text = typed.trim().toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  const digits = text.replaceAll(/[\s().+-]/g, '');
  if (/^\d{3,}$/.test(digits)) return digits.replace(/^1(?=\d{10}$)/, '');
  return text;
}

function searched(typed: string): RawBuilder<unknown> {
  const key = searchKey(typed);
  const like = `${key.replaceAll(/[\\%_]/g, '\\$&')}%`;
  // Two letters have no trigram worth the name: only beginnings are looked up.
  const matching =
    key.length < 3
      ? sql`term like ${like}`
      : sql`(term like ${`%${like}`} or term % ${key} or ${key} <% term)`;
  return sql`
    select customer_id, min(shown) filter (where kind <> 'customer') as matched, min(place) as place from (
      select customer_id, kind, shown,
             case when term = ${key} then 0 when term like ${like} then 1 when term like ${`%${like}`} then 2 else 4 - word_similarity(${key}, term) end as place
        from customers.search_terms where ${matching} order by place limit ${MATCHES_MAX}) hits
    group by customer_id order by place limit ${MATCHES_MAX}`;
}
