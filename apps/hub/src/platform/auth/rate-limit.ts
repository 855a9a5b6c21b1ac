import { Refusal } from '@gigafibre/contract';
import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';

export type Limit = Readonly<{ hits: number; windowSeconds: number }>;

/**
 * Counts a request against `key` and refuses it with `too_many_requests` when the sliding window is full.
 * One statement, one row lock: exact across processes. Refused requests are not counted, so waiting always helps.
 */
export async function countRequest(db: Db, key: string, limit: Limit, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - limit.windowSeconds * 1_000);
  const { rows } = await sql<{ allowed: boolean; oldest_hit: string }>`
    insert into app.rate_hits as held (key, hits, latest) values (${key}, array[${now}::timestamptz], ${now})
    on conflict (key) do update set
      hits = case
        when (select count(*) from unnest(held.hits) hit where hit > ${oldest}) < ${limit.hits}
        then (select coalesce(array_agg(hit order by hit), '{}') from unnest(held.hits) hit where hit > ${oldest}) || ${now}::timestamptz
        else held.hits end,
      latest = case
        when (select count(*) from unnest(held.hits) hit where hit > ${oldest}) < ${limit.hits} then ${now} else held.latest end,
      refused = (select count(*) from unnest(held.hits) hit where hit > ${oldest}) >= ${limit.hits}
    returning not refused as allowed, (select min(hit) from unnest(hits) hit where hit > ${oldest})::text as oldest_hit`.execute(
    db,
  );
  const row = rows[0];
  if (!row || row.allowed) return;
  const frees = new Date(row.oldest_hit).getTime() + limit.windowSeconds * 1_000;
  throw new Refusal('too_many_requests', {
    retryAfterSeconds: Math.max(1, Math.ceil((frees - now.getTime()) / 1_000)),
  });
}
