import type { EventDeclaration } from '@gigafibre/contract';
import { sql } from 'kysely';
import type { Actor, Telling, Tx } from './acting.ts';
import type { Clock } from './clock.ts';
import type { Db } from './db/connect.ts';
import { insertMany } from './db/insert-many.ts';
import { payloadsOf } from './jobs/causes.ts';
import type { JobQueue } from './jobs/queue.ts';

/** Deadlocks and serialisation failures are nobody's fault: the transaction is played again, this often. */
const ATTEMPTS_MAX = 4;
const AGAIN = new Set(['40001', '40P01']);

/** What the platform needs to open an acting transaction. */
export type Ground = Readonly<{
  db: Db;
  clock: Clock;
  queue: JobQueue;
  /** Names of the jobs that follow from an event type, from the table of reactions. */
  followers: (eventType: string) => readonly string[];
  /** Where customers and staff reach the product; documents that are kept say it. */
  publicUrl?: () => string;
  /** Told after each transaction of this process: what is remembered of the database may be old. */
  written?: () => void;
}>;

export type Occasion = Readonly<{ by: Actor; requestId?: string | null; cause?: bigint | null }>;

/** Runs `act` in one transaction on behalf of `occasion.by`; commits what it wrote and told, or nothing. */
export async function transact<T>(
  ground: Ground,
  occasion: Occasion,
  act: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Said, not assumed: locks are of use only where the next statement sees what was committed before it.
      const result = await ground.db
        .transaction()
        .setIsolationLevel('read committed')
        .execute((db) => act(openTx(ground, occasion, db)));
      ground.queue.nudge();
      return result;
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !isNobodysFault(error)) throw error;
    } finally {
      ground.written?.();
    }
  }
}

/** Carries `result` out of a transaction that must not commit. */
class Rehearsed extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super('rehearsed');
    this.result = result;
  }
}

/** Runs `act` as `transact` would and gives what it gave; nothing of what it wrote or told remains (ADR 7). */
export async function rehearse<T>(
  ground: Ground,
  occasion: Occasion,
  act: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await transact(ground, occasion, async (tx): Promise<T> => {
      throw new Rehearsed(await act(tx));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.result as T; // what `act` gave, carried by the line above
    throw error;
  }
}

/** Whether to play again: said by the error, or by its cause when somebody wrapped it. */
export const isNobodysFault = (error: unknown): boolean =>
  AGAIN.has(databaseCode(error)) || (error instanceof Error && AGAIN.has(databaseCode(error.cause)));

/** SQLSTATE of a database error, or an empty string. */
export const databaseCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** An acting transaction of `occasion` over a database transaction that is already open. */
export function openTx(ground: Ground, occasion: Occasion, db: Db): Tx {
  const base = {
    db,
    by: occasion.by,
    now: ground.clock.now(),
    requestId: occasion.requestId ?? null,
    cause: occasion.cause ?? null,
    publicUrl: ground.publicUrl?.() ?? null,
  };
  const enqueue = (job: string, payload: object) => ground.queue.add(db, job, payload);
  return {
    ...base,
    enqueue,
    tell: async (declaration, telling) => {
      const event = await appendEvent({ ...base, declaration, telling });
      for (const follower of ground.followers(declaration.type))
        await enqueue(follower, { event: event.toString() });
      return event;
    },
    tellAll: async (declaration, tellings) => {
      const events = await insertMany<{ id: bigint }>(db, 'app.events', {
        rows: tellings.map((telling) => eventRow({ ...base, declaration, telling })),
        returning: ['id'],
      });
      const payloads = payloadsOf(events.map(({ id }) => BigInt(id)));
      for (const follower of ground.followers(declaration.type))
        await ground.queue.addAll(db, follower, payloads);
    },
  };
}

type Appending = Omit<Tx, 'tell' | 'tellAll' | 'enqueue' | 'db'> & {
  declaration: EventDeclaration;
  telling: Telling<unknown>;
};

async function appendEvent({ db, ...appending }: Appending & { db: Db }): Promise<bigint> {
  const { data, changes, ...row } = eventRow(appending);
  const { id } = await db
    .insertInto('app.events')
    .values({ ...row, data: json(data), changes: json(changes) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return BigInt(id);
}

function eventRow({ by, now, requestId, cause, declaration, telling }: Appending) {
  return {
    at: now,
    type: declaration.type,
    subject_kind: declaration.subject,
    subject_id: telling.subject,
    customer_id: telling.customerId ?? null,
    technician_id: telling.technicianId ?? null,
    actor_kind: by.kind,
    actor_id: by.id,
    actor_name: by.name,
    on_behalf_of: by.onBehalfOf,
    request_id: requestId,
    cause,
    data: declaration.data.encode(declaration.data.parse(telling.data)),
    changes: telling.changes ?? {},
  };
}

/** JSON text for a jsonb parameter; bigints become numbers (cents fit) . */
export const json = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));

/** Takes several such locks, in the order of their names, so that two who want the same do not hold each other up. */
export const lockForAll = (tx: { db: Db }, names: readonly string[]): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(name, 0))
        from (select name from unnest(${names.toSorted()}::text[]) with ordinality as given(name, place) order by place) names`.execute(
    tx.db,
  );

/** Takes a lock named by text until the transaction ends: for "only one at a time" without a row to lock. */
export const lockFor = (tx: { db: Db }, name: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx.db);
