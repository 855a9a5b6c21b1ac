import type { FlowRef } from '@gigafibre/flow';
import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';

/** A run that goes no further by itself, and why: it gave up, or nobody here knows its code. */
export type StuckRun = Readonly<{
  id: string;
  flow: string;
  version: number;
  key: string;
  why: 'failed' | 'unknown_version';
  error: string | null;
  startedAt: string;
  /** When it failed, or should have gone on. */
  since: string;
}>;

/** Runs that wait for a person, longest first, at most `limit`. Runs that are not due yet are not stuck. */
export async function listStuckRuns(
  db: Db,
  { known, now, limit }: { known: readonly FlowRef[]; now: Date; limit: number },
): Promise<StuckRun[]> {
  const refs = known.map(({ flow, version }) => sql`(${flow}::text, ${version}::integer)`);
  const isKnown = refs.length === 0 ? sql`false` : sql`(flow, version) in (${sql.join(refs)})`;
  const { rows } = await sql<StuckRun>`
    select id, flow, version, key, why, error, started_at as "startedAt", wake_at as since from (
      (select *, 'failed' as why from flows.runs where state = 'failed' order by wake_at limit ${limit})
      union all
      (select *, 'unknown_version' as why from flows.runs
        where state = 'active' and wake_at <= ${now} and not ${isKnown} order by wake_at limit ${limit})
    ) stuck order by wake_at, id limit ${limit}`.execute(db);
  return rows;
}
