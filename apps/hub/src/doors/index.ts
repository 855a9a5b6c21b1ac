import type { FastifyInstance } from 'fastify';
import type { Env } from '../env.ts';
import { registerApps } from './apps.ts';

/** The other ways in: browser apps, webhooks, plain pages. */
export async function registerDoors(
  app: FastifyInstance,
  _env: Env,
  { apps }: { apps?: string | undefined },
): Promise<void> {
  if (apps !== undefined) await registerApps(app, apps);
}
