import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';

/** Where a reader stands in the log: (transaction, event), in commit-safe order. */
export type Position = Readonly<{ tx: string; id: string }>;
export type LoggedEvent = Readonly<{
  tx: string;
  id: string;
  type: string;
  subject_kind: string;
  subject_id: string;
  customer_id: string | null;
  technician_id: string | null;
}>;

const BATCH = 500;

/**
 * Events after `position` that no still-running transaction could yet precede: ids alone would lose the
 * earlier of two overlapping transactions that commit in the other order.
 */
export async function readAfter(db: Db, position: Position): Promise<LoggedEvent[]> {
  const { rows } = await sql<LoggedEvent>`
    select tx::text as tx, id::text as id, type, subject_kind, subject_id, customer_id, technician_id
      from app.events
     where (tx, id) > (${position.tx}::xid8, ${position.id}::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
     order by events.tx, events.id limit ${BATCH}`.execute(db);
  return rows;
}

/** The end of the log now. */
export async function endOfLog(db: Db): Promise<Position> {
  const { rows } = await sql<Position>`
    select coalesce(max(tx)::text, '0') as tx, '9223372036854775807' as id from (
      select tx from app.events where tx < pg_snapshot_xmin(pg_current_snapshot()) order by tx desc limit 1) newest`.execute(
    db,
  );
  return rows[0] ?? { tx: '0', id: '0' };
}

/** `tx.id`, as browsers send it back in Last-Event-ID. */
export const positionText = ({ tx, id }: Position): string => `${tx}.${id}`;
export function parsePosition(value: string | undefined): Position | undefined {
  const match = /^(\d{1,20})\.(\d{1,19})$/.exec(value ?? '');
  return match?.[1] && match[2] ? { tx: match[1], id: match[2] } : undefined;
}
