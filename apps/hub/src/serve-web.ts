import { events, type EventDeclaration } from '@gigafibre/contract';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { registerDoors } from './doors/index.ts';
import type { Env } from './env.ts';
import { identify } from './identify.ts';
import { registerHealth } from './platform/http/health.ts';
import { registerReference } from './platform/http/reference.ts';
import { buildServer } from './platform/http/server.ts';
import { registerSse } from './platform/http/sse.ts';
import { startLive } from './platform/live/live.ts';
import { allRoutes } from './routes.ts';

const eventTable = new Map<string, EventDeclaration>(
  Object.values(events)
    .flatMap((domain) => Object.values(domain))
    .map((event) => [event.type, event]),
);

export type WebOptions = Readonly<{ port: number; host: string; apps?: string | undefined; pool: pg.Pool }>;
export type ServedWeb = Readonly<{ app: FastifyInstance; port: number; close: () => Promise<void> }>;

/** Serves operations, live messages, the reference and the doors; a port that cannot be had leaves nothing behind. */
export async function serveWeb(env: Env, { port, host, apps, pool }: WebOptions): Promise<ServedWeb> {
  const live = await startLive(pool, env.db, { events: eventTable, log: env.log });
  const close = async (app: FastifyInstance) => {
    await live.stop();
    await app.close();
  };
  const parts = { ground: env.ground, log: env.log, identify: identify(env), publicUrl: env.publicUrl };
  const routes = allRoutes(env);
  const app = await buildServer({ ...parts, routes });
  try {
    registerHealth(app, env.db);
    registerSse(app, { ...parts, live });
    registerReference(
      app,
      routes.map((route) => route.operation),
    );
    await registerDoors(app, env, { apps });
    await app.listen({ port, host });
  } catch (error) {
    await close(app);
    throw error;
  }
  return { app, port: portOf(app, port), close: () => close(app) };
}

/** The port that was really taken when 0 was asked for. */
function portOf(app: FastifyInstance, asked: number): number {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : asked;
}
