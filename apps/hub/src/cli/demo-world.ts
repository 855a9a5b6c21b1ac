import { sql } from 'kysely';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { startSimulatedWorld } from '@gigafibre/simulators';
import { DEMO_OLTS } from '../../db/demo/plant.ts';
import { mintTechLink } from '../domains/dispatch/index.ts';
import { portalLink } from '../doors/portal-sign-in/index.ts';
import type { Hub } from '../hub.ts';
import { SYSTEM } from '../platform/acting.ts';
import { secretToken } from '../platform/chance.ts';
import { transact } from '../platform/transact.ts';
import type { Env } from '../env.ts';
import type { Config } from '../platform/config.ts';

/** The simulated outside of a demo: the same adapters, speaking the same wire, to servers on loopback. */
export type DemoWorld = Readonly<{
  config: Config;
  addresses: Readonly<Record<string, string>>;
  /** Tells the simulators where the hub listens, for their webhooks. */
  callBack: (hubUrl: string) => Promise<void>;
  links: (hub: Hub) => Promise<{ technicianLink: string | null; customerLink: string | null }>;
  world: Awaited<ReturnType<typeof startSimulatedWorld>>;
  stop: () => Promise<void>;
}>;

const SEED = 20_261_121;

/** Starts the simulators and points the configuration at them, except where it already names a real system. */
export async function startDemoWorld(config: Config, { data }: { data: string }): Promise<DemoWorld> {
  await mkdir(data, { recursive: true });
  const world = await startSimulatedWorld({
    clock: () => new Date(),
    seed: SEED,
    olts: DEMO_OLTS.map(({ name }) => name),
    // Payments and ONTs the database refers to are still there after a restart.
    stateFile: join(data, 'world.json'),
    log: () => undefined,
  });
  const stripeSecret = `whsec_${randomBytes(24).toString('hex')}`;
  const twilioToken = randomBytes(16).toString('hex');
  const { addresses } = world;
  return {
    world,
    addresses,
    config: {
      ...config,
      stripe:
        config.stripe.secretKey === undefined
          ? { secretKey: 'sk_test_demo', webhookSecret: stripeSecret, apiUrl: addresses.stripe }
          : config.stripe,
      twilio:
        config.twilio.accountSid === undefined
          ? {
              accountSid: `AC${randomBytes(16).toString('hex')}`,
              authToken: twilioToken,
              from: '+14505550100',
              apiUrl: addresses.twilio,
            }
          : config.twilio,
      mail: { ...config.mail, smtpUrl: config.mail.smtpUrl ?? addresses.smtp },
      genieacsUrl: config.genieacsUrl ?? addresses.genieacs,
    },
    callBack: async (hubUrl) =>
      world.configure({ stripeWebhookUrl: `${hubUrl}/webhook/stripe`, stripeWebhookSecret: stripeSecret }),
    links: async ({ env }) => ({
      technicianLink: await technicianLink(env),
      customerLink: await customerLink(env),
    }),
    stop: () => world.stop(),
  };
}

/** A link to the day of the first technician. */
async function technicianLink(env: Env): Promise<string | null> {
  const row = await env.db
    .selectFrom('dispatch.technicians')
    .select('id')
    .where('active', '=', true)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  const technicianId = row?.id;
  return technicianId === undefined
    ? null
    : (
        await transact(env.ground, { by: SYSTEM }, (tx) =>
          mintTechLink(tx, env, { technicianId, jobId: null }),
        )
      ).url;
}

/** A link to the portal of a customer with something to pay: at home, in French and by e-mail where there is one. */
async function customerLink(env: Env): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select c.id from customers.customers c
     order by c.status <> 'active',
              not exists (select from billing.invoices i where i.customer_id = c.id and i.outstanding_cents > 0),
              c.language <> 'fr', c.kind <> 'residential', c.email_id is null, c.id
     limit 1`.execute(env.db);
  const row = rows[0];
  return row ? portalLink(env, { customerIds: [row.id], now: env.clock.now(), id: secretToken() }) : null;
}
