import { randomBytes } from 'node:crypto';
import { startSimulatedWorld } from '@gigafibre/simulators';
import type { Hub } from '../hub.ts';
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
export async function startDemoWorld(config: Config): Promise<DemoWorld> {
  const world = await startSimulatedWorld({ clock: () => new Date(), seed: SEED, log: () => undefined });
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
    links: async () => ({ technicianLink: null, customerLink: null }),
    stop: () => world.stop(),
  };
}
