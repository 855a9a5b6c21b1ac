import type { Checkpoint, ClaimedRun, FlowStore, Json, Waiting } from '@gigafibre/flow';
import { sql, type Selectable } from 'kysely';
import type { Tx } from '../acting.ts';
import type { Db } from '../db/connect.ts';
import type { FlowsCheckpoints, FlowsRuns } from '../db/types.ts';
import { json } from '../transact.ts';

type RunRow = Selectable<FlowsRuns>;
type RunStore = Pick<
  FlowStore<Tx>,
  | 'insertRun'
  | 'claimDueRun'
  | 'saveCheckpoint'
  | 'suspend'
  | 'finish'
  | 'retryLater'
  | 'fail'
  | 'retry'
  | 'requestCancel'
>;

/** Every write to a run goes through here: it raises the revision, by which a late report is recognised. */
const changeRun = (db: Db) =>
  db.updateTable('flows.runs').set((eb) => ({ revision: eb('revision', '+', 1) }));

const nothingAwaited = { wait_name: null, wait_until: null, wait_event: null, wait_key: null };

/** Runs and their checkpoints in PostgreSQL; what each method promises stands in the port. */
export const runStore: RunStore = {
  insertRun: async (tx, { flow, version, key, input, startedAt }) => {
    const inserted = await tx.db
      .insertInto('flows.runs')
      .values({
        flow,
        version,
        key,
        input: json(input),
        started_at: startedAt,
        wake_at: startedAt,
        cause: tx.cause,
      })
      .onConflict((c) => c.columns(['flow', 'key']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (inserted) return { runId: inserted.id, inserted: true };
    // The conflict was waited for until it was committed, so this next statement sees it.
    const { id } = await tx.db
      .selectFrom('flows.runs')
      .select('id')
      .where('flow', '=', flow)
      .where('key', '=', key)
      .executeTakeFirstOrThrow();
    return { runId: id, inserted: false };
  },

  claimDueRun: async (tx, { now, flows }) => {
    if (flows.length === 0) return undefined;
    const known = flows.map(({ flow, version }) => sql`(${flow}::text, ${version}::integer)`);
    const row = await tx.db
      .selectFrom('flows.runs')
      .selectAll()
      .where('state', '=', 'active')
      .where('wake_at', '<=', now.toISOString())
      .where(sql<boolean>`(flow, version) in (${sql.join(known)})`)
      .orderBy('wake_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    return row && claimed(row, await checkpointsOf(tx.db, row.id));
  },

  saveCheckpoint: async (tx, { runId, checkpoint }) => {
    const { phase, index, name, kind, result, signalId } = checkpoint;
    await tx.db
      .insertInto('flows.checkpoints')
      .values({
        run_id: runId,
        phase,
        index,
        name,
        kind,
        result: json(result),
        signal_id: signalId ?? null,
        at: tx.now,
      })
      .execute();
  },

  suspend: async (tx, { runId, wakeAt, waiting }) => {
    await changeRun(tx.db)
      .set({ wake_at: wakeAt, failures: 0, error: null, ...awaited(waiting) })
      .where('id', '=', runId)
      .execute();
  },

  finish: async (tx, { runId, state, result }) => {
    await changeRun(tx.db)
      .set({ state, result: json(result), failures: 0, error: null, ended_at: tx.now, ...nothingAwaited })
      .where('id', '=', runId)
      .execute();
  },

  retryLater: async (tx, { runId, revision, failures, error, wakeAt }) => {
    await changeRun(tx.db)
      .set({ failures, error: storable(error), wake_at: wakeAt })
      .where('id', '=', runId)
      .where('revision', '=', revision)
      .execute();
  },

  fail: async (tx, { runId, revision, error }) => {
    await changeRun(tx.db)
      .set({ state: 'failed', error: storable(error) })
      .where('id', '=', runId)
      .where('revision', '=', revision)
      .execute();
  },

  retry: async (tx, { runId, now }) => {
    const changed = await changeRun(tx.db)
      .set({ state: 'active', failures: 0, wake_at: now })
      .where('id', '=', runId)
      .where('state', '=', 'failed')
      .returning('id')
      .executeTakeFirst();
    return changed !== undefined;
  },

  requestCancel: async (tx, { flow, key, reason, now }) => {
    const changed = await changeRun(tx.db)
      .set({ state: 'active', failures: 0, wake_at: now, ...nothingAwaited })
      .set((eb) => ({ cancel_reason: eb.fn.coalesce('cancel_reason', sql<string>`${reason}`) }))
      .where('flow', '=', flow)
      .where('key', '=', key)
      .where('state', 'in', ['active', 'failed'])
      .returning('id')
      .executeTakeFirst();
    return changed !== undefined;
  },
};

/** The event from which the run was started, when it was. */
export async function causeOfRun(db: Db, runId: string): Promise<bigint | null> {
  const row = await db
    .selectFrom('flows.runs')
    .select('cause')
    .where('id', '=', runId)
    .executeTakeFirstOrThrow();
  return row.cause;
}

const checkpointsOf = (db: Db, runId: string): Promise<Selectable<FlowsCheckpoints>[]> =>
  db.selectFrom('flows.checkpoints').selectAll().where('run_id', '=', runId).orderBy('index').execute();

function claimed(row: RunRow, checkpoints: readonly Selectable<FlowsCheckpoints>[]): ClaimedRun {
  return {
    id: row.id,
    flow: row.flow,
    version: row.version,
    key: row.key,
    input: row.input as Json, // written by insertRun from a Json
    startedAt: new Date(row.started_at),
    revision: row.revision,
    failures: row.failures,
    waiting: waitingOf(row),
    cancelReason: row.cancel_reason ?? undefined,
    checkpoints: checkpoints.map(checkpointOf),
  };
}

function waitingOf(row: RunRow): Waiting | undefined {
  if (row.wait_name === null || row.wait_until === null) return undefined;
  const rest = { name: row.wait_name, until: new Date(row.wait_until) };
  if (row.wait_event === null || row.wait_key === null) return rest;
  return { ...rest, topic: { event: row.wait_event, key: row.wait_key } };
}

/** A row as the checkpoint; unions are held by check constraints, the result was written from a Json. */
const checkpointOf = (row: Selectable<FlowsCheckpoints>): Checkpoint => ({
  phase: row.phase as Checkpoint['phase'],
  index: row.index,
  name: row.name,
  kind: row.kind as Checkpoint['kind'],
  result: row.result as Json,
  signalId: row.signal_id?.toString(),
});

const awaited = (waiting: Waiting | undefined) =>
  waiting === undefined
    ? nothingAwaited
    : {
        wait_name: waiting.name,
        wait_until: waiting.until,
        wait_event: waiting.topic?.event ?? null,
        wait_key: waiting.topic?.key ?? null,
      };

/** PostgreSQL refuses a zero character in text, and the report of a failure must not fail itself. */
const storable = (error: string): string => error.replaceAll('\u0000', '\ufffd');
