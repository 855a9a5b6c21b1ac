import { CAPABILITIES, type Language } from '@gigafibre/contract';
import type pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Env, Outside } from '../../../apps/hub/src/env.ts';
import { openHub, type Hub } from '../../../apps/hub/src/hub.ts';
import type { Actor, Reading, Tx } from '../../../apps/hub/src/platform/acting.ts';
import { handClock } from '../../../apps/hub/src/platform/clock.ts';
import { readConfig } from '../../../apps/hub/src/platform/config.ts';
import type { Log } from '../../../apps/hub/src/platform/log.ts';
import { transact } from '../../../apps/hub/src/platform/transact.ts';
import { silentLog } from './silent-log.ts';
import { testDatabase } from './test-database.ts';

/** A staff member who may do everything; tests that care about rights make their own actor. */
export const ADMIN: Actor = {
  kind: 'staff',
  id: 'ST-100',
  name: 'Testeur',
  capabilities: new Set(CAPABILITIES),
  language: 'fr' satisfies Language,
  onBehalfOf: null,
};

/** Monday 2 November 2026, 09:00 in Montréal. */
export const START = new Date('2026-11-02T14:00:00Z');

export type TestHub = Reading &
  Readonly<{
    hub: Hub;
    env: Env;
    pool: pg.Pool;
    url: string;
    /** Where its database is; `url` is the hub's own address once it is served. */
    databaseUrl: string;
    /** Runs a verb in its own transaction, as `by` (an administrator unless said otherwise). */
    act: <T>(verb: (tx: Tx) => Promise<T>, by?: Actor) => Promise<T>;
    /** Runs every waiting job and tick. */
    drain: () => Promise<number>;
    /** Moves the clock, in code and in SQL, to an instant or forward by a number of days. */
    moveTo: (instant: Date) => Promise<void>;
    passDays: (days: number) => Promise<void>;
  }>;

export type TestHubOptions = Readonly<{
  clock?: ReturnType<typeof handClock>;
  outside?: Partial<Outside>;
  environment?: Record<string, string>;
  start?: Date;
  /** Hears what the hub logs; nobody does unless asked. */
  log?: Log;
  /** A flow that fails fails the test, unless the test is about that. */
  failedFlows?: 'expected';
}>;

/**
 * The hub on a fresh database and a clock set by hand, without web server. Outside systems that were not
 * given refuse every call. When the test ends, leftover jobs are run, and a failed job or flow fails the test.
 */
export async function testHub(options: TestHubOptions = {}): Promise<TestHub> {
  const { url, pool } = await testDatabase();
  const clock = options.clock ?? handClock(options.start ?? START);
  const hub = await openHub({
    config: readConfig(options.environment ?? {}),
    pool,
    clock,
    log: options.log ?? silentLog,
    outside: { ...unconnected(), ...options.outside },
  });
  const moveTo = async (instant: Date) => {
    clock.set(instant);
    await pool.query(
      'insert into app.clock (stands_at) values ($1) on conflict (single) do update set stands_at = excluded.stands_at',
      [instant],
    );
  };
  if (clock.virtual) await moveTo(clock.now());
  const close = async () => {
    await hub.drain();
    const { rows } = await pool.query<{ data: unknown; output: unknown }>(
      `select data, output from pgboss.job where state in ('failed', 'retry')`,
    );
    const failed = await pool.query(
      `select id, flow, key, error from flows.runs where state = 'failed' or failures > 0`,
    );
    await hub.close();
    if (rows.length > 0) throw new Error(`jobs failed: ${JSON.stringify(rows)}`);
    if (failed.rows.length > 0 && options.failedFlows !== 'expected')
      throw new Error(`flows failed: ${JSON.stringify(failed.rows)}`);
  };
  onTestFinished(close);
  return {
    hub,
    env: hub.env,
    pool,
    url,
    databaseUrl: url,
    db: hub.env.db,
    by: ADMIN,
    get now() {
      return clock.now();
    },
    act: (verb, by = ADMIN) => transact(hub.ground, { by }, verb),
    drain: () => hub.drain(),
    moveTo,
    passDays: (days) => moveTo(new Date(clock.now().getTime() + days * 86_400_000)),
  };
}

/** A payment provider that has transferred nothing, and is asked nothing else: for tests that are not about it. */
export const noTransfers = (): Outside['payments'] =>
  new Proxy({} as Outside['payments'], {
    get: (_, method) => async () => {
      if (method !== 'listPayouts')
        throw new Error(`payments.${String(method)} called by a test without payments`);
      return { is: 'done', value: { rows: [], next: null } };
    },
  });

/** Outside systems nobody connected: every call is a mistake of the test. */
function unconnected(): Outside {
  const refusing = (name: string) =>
    new Proxy(
      {},
      {
        get: (_, method) => () => {
          throw new Error(`${name}.${String(method)} called, but this test connected no ${name}`);
        },
      },
    );
  const names = ['payments', 'sms', 'mail', 'acs', 'olt', 'vision'] as const;
  return Object.fromEntries(names.map((name) => [name, refusing(name)])) as unknown as Outside; // every port is a record of functions
}
