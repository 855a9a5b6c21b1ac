import type { FlowStore, Json, Topic } from '@gigafibre/flow';
import { sql } from 'kysely';
import type { Tx } from '../acting.ts';
import type { Db } from '../db/connect.ts';
import { json, lockFor } from '../transact.ts';

/** A signal is kept at least this long; a run that is older than it keeps it longer. */
const KEEP_DAYS = 30;
/** Far longer than a transaction may last: a signal this much older than a run was committed before it. */
const OVERLAP_DAYS = 1;
const PURGE_BATCH = 1_000;

type SignalStore = Pick<FlowStore<Tx>, 'lockTopic' | 'saveSignal' | 'findSignal' | 'wakeWaiting'>;

/** Signals in PostgreSQL; what each method promises stands in the port. */
export const signalStore: SignalStore = {
  lockTopic: async (tx, { event, key }: Topic) => {
    await lockFor(tx, `flow topic ${JSON.stringify([event, key])}`);
  },

  saveSignal: async (tx, { event, key, data }) => {
    await tx.db
      .insertInto('flows.signals')
      .values({ event, key, data: json(data), at: tx.now })
      .execute();
  },

  findSignal: async (tx, { runId, topic, consumed }) => {
    const { rows } = await sql<{ id: bigint; data: Json }>`
      select signal.id, signal.data
        from flows.signals signal, flows.runs run
       where run.id = ${runId} and signal.event = ${topic.event} and signal.key = ${topic.key}
         and signal.id <> all(${consumed.map(BigInt)}::bigint[])
         and case when signal.cluster = run.cluster
               then signal.tx = run.started_tx or not pg_visible_in_snapshot(signal.tx, run.snapshot)
               else signal.at >= run.started_at end
       order by signal.id limit 1`.execute(tx.db);
    const [found] = rows;
    return found && { id: found.id.toString(), data: found.data };
  },

  wakeWaiting: async (tx, { event, key, now }) => {
    const { rows } = await sql`
      update flows.runs set wake_at = ${now}, revision = revision + 1
       where id in (
         select id from flows.runs
          where state = 'active' and wait_event = ${event} and wait_key = ${key}
            for update skip locked)
      returning id`.execute(tx.db);
    return rows.length;
  },
};

/** Deletes signals that no run can ask for any more, a bounded number at once. Returns how many. */
export async function purgeSignals(db: Db, now: Date): Promise<number> {
  const { rows } = await sql`
    delete from flows.signals where id in (
      select id from flows.signals
       where at < ${now}::timestamptz - make_interval(days => ${KEEP_DAYS})
         and at < coalesce(
               (select min(started_at) from flows.runs where state in ('active', 'failed'))
                 - make_interval(days => ${OVERLAP_DAYS}), 'infinity')
       order by at limit ${PURGE_BATCH})
    returning id`.execute(db);
  return rows.length;
}
