import type { FastifyInstance } from 'fastify';
import type { Env } from '../env.ts';
import { registerAcceptPage } from './accept/index.ts';
import { registerApps } from './apps.ts';
import { registerShortLinks } from './short-link/register.ts';
import { registerTechPage } from './tech-page/register.ts';
import { registerStripeWebhook } from './webhooks/stripe.ts';
import { registerTwilioWebhook } from './webhooks/twilio.ts';

/** The other ways in: browser apps, webhooks, plain pages. */
export async function registerDoors(
  app: FastifyInstance,
  env: Env,
  { apps }: { apps?: string | undefined },
): Promise<void> {
  await registerTwilioWebhook(app, env);
  await registerStripeWebhook(app, env);
  registerShortLinks(app, env);
  registerTechPage(app, env);
  registerAcceptPage(app, env);
  if (apps !== undefined) await registerApps(app, apps);
}
