import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { allDocuments } from './documents.ts';
import type { Env, Outside } from './env.ts';
import { allFlows } from './flows/index.ts';
import { allJobs, allTicks } from './jobs.ts';
import { openKnownCallers } from './platform/auth/known-callers.ts';
import { openLinkSigner } from './platform/auth/tokens.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { openDb } from './platform/db/connect.ts';
import { openDocuments } from './platform/documents.ts';
import { openFlows, type Flows } from './platform/flows/open-flows.ts';
import { openQueue } from './platform/jobs/queue.ts';
import { drain, startWorker, type JobTable, type WorkerParts } from './platform/jobs/worker.ts';
import type { Log } from './platform/log.ts';
import { openSettings } from './platform/settings.ts';
import type { Ground } from './platform/transact.ts';
import { serveWeb } from './serve-web.ts';
import { reactions as allReactions } from './reactions/index.ts';
import { followersOf } from './reactions/reaction.ts';

export type HubParts = Readonly<{
  config: Config;
  pool: pg.Pool;
  clock: Clock;
  log: Log;
  outside: Outside;
  supervise?: boolean;
}>;

/** The hub without its roles: dependencies, tables of work, ways to serve and to work. */
export type Hub = Readonly<{
  env: Env;
  ground: Ground;
  pool: pg.Pool;
  /** Builds the web server and starts telling screens. Close it with `close()`. */
  serve: (options: {
    port: number;
    host: string;
    apps?: string;
  }) => Promise<{ app: FastifyInstance; url: string; close: () => Promise<void> }>;
  work: () => Promise<{ stop: () => Promise<void> }>;
  /** Runs every waiting job and due tick until nothing is left. */
  drain: () => Promise<number>;
  close: () => Promise<void>;
}>;

/** Puts the hub together on a migrated database. */
export async function openHub(parts: HubParts): Promise<Hub> {
  const db = openDb(parts.pool);
  let jobs: JobTable = {};
  const queue = await openQueue(parts.pool, (job) => jobs[job]?.queue ?? 'inside', {
    supervise: parts.supervise ?? false,
  });
  let followers: Ground['followers'] = () => [];
  const callers = openKnownCallers();
  let url = parts.config.publicUrl ?? 'http://127.0.0.1';
  const ground: Ground = {
    db,
    clock: parts.clock,
    queue,
    followers: (type) => followers(type),
    publicUrl: () => url,
    written: callers.forget,
  };
  const settings = await openSettings(db);
  const env: Env = {
    config: parts.config,
    clock: parts.clock,
    log: parts.log,
    db,
    ground,
    // Steps of flows ask for the environment, and the environment carries the flows.
    get flows() {
      return flows;
    },
    callers,
    links: await openLinkSigner(db),
    outside: parts.outside,
    documents: openDocuments({ db, clock: parts.clock }, allDocuments({ publicUrl: () => url })),
    messageMode: () => settings.messageMode(),
    publicUrl: () => url,
  };
  const flows: Flows = openFlows({ ground, flows: allFlows(env) });
  const reactions = allReactions(env);
  followers = followersOf(reactions);
  jobs = allJobs(env, reactions);
  const worker: WorkerParts = {
    ground,
    pool: parts.pool,
    log: parts.log,
    jobs,
    ticks: [...allTicks(env), { name: 'settings', run: settings.refresh }],
  };
  return {
    env,
    ground,
    pool: parts.pool,
    serve: async (options) => {
      const served = await serveWeb(env, { ...options, pool: parts.pool });
      url = parts.config.publicUrl ?? `http://127.0.0.1:${served.port}`;
      return { ...served, url };
    },
    work: () => startWorker(worker),
    drain: () => drain(worker),
    close: async () => {
      await queue.stop();
      if (!parts.pool.ended) await parts.pool.end();
    },
  };
}
