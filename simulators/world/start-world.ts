/**
 * The world outside the hub, on loopback: every simulator, with one clock and one seed, and a page that
 * lists them. What each does on which input is listed on its own page and at the top of its `start-*.ts`.
 */
import { createHttpSimulator, listenOnLoopback } from '../kit/http-simulator.ts';
import { seededRandom } from '../kit/random.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import { startSmtp, type SmtpSimulator } from '../smtp/start-smtp.ts';
import { startStripe, type StripeSimulator } from '../stripe/start-stripe.ts';
import { startTwilio, type TwilioSimulator } from '../twilio/start-twilio.ts';
import { worldPage } from './world-page.ts';

/** Loopback ports by name; 0 or absent for any free one. */
export type WorldPorts = Partial<Record<keyof WorldAddresses, number>>;

/** Where each part of the world is. */
export type WorldAddresses = {
  readonly stripe: string;
  readonly twilio: string;
  /** `smtp://127.0.0.1:<port>` */
  readonly smtp: string;
  /** The inbox of the mail server, as a page and as JSON at `/mail?to=`. */
  readonly inbox: string;
  /** The page of the whole world; its state as JSON at `/state`. */
  readonly control: string;
};

export type WorldOptions = {
  readonly clock: () => Date;
  readonly seed: string | number;
  readonly ports?: WorldPorts;
  readonly log: SimEnv['log'];
};

/** What the world is told about the hub. */
export type WorldConfiguration = {
  readonly stripeWebhookUrl: string;
  readonly stripeWebhookSecret: string;
};

/** The running world. */
export type SimulatedWorld = {
  readonly addresses: WorldAddresses;
  readonly stripe: StripeSimulator;
  readonly twilio: TwilioSimulator;
  readonly smtp: SmtpSimulator;
  configure(configuration: WorldConfiguration): void;
  /** Resolves when every webhook and callback on its way has been answered. */
  settled(): Promise<void>;
  state(): Record<string, unknown>;
  stop(): Promise<void>;
};

/** Starts everything. */
export async function startSimulatedWorld({
  clock,
  seed,
  ports = {},
  log,
}: WorldOptions): Promise<SimulatedWorld> {
  const env = (part: string): SimEnv => ({ clock, random: seededRandom(`${seed} ${part}`), log });
  const [stripe, twilio, smtp] = await Promise.all([
    startStripe({ env: env('stripe'), port: ports.stripe ?? 0 }),
    startTwilio({ env: env('twilio'), port: ports.twilio ?? 0 }),
    startSmtp({ env: env('smtp'), port: ports.smtp ?? 0, httpPort: ports.inbox ?? 0 }),
  ]);
  const parts = { stripe, twilio, smtp };
  const state = () => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.state()]));
  const app = createHttpSimulator();
  app.get('/state', async () => state());
  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(worldPage(addresses, clock())),
  );
  const addresses: WorldAddresses = {
    stripe: stripe.address,
    twilio: twilio.address,
    smtp: `smtp://${smtp.host}:${smtp.port}`,
    inbox: smtp.address,
    control: await listenOnLoopback(app, ports.control ?? 0),
  };
  return {
    ...parts,
    addresses,
    configure: (told) => stripe.configure({ url: told.stripeWebhookUrl, secret: told.stripeWebhookSecret }),
    settled: async () => {
      await stripe.settled();
      await twilio.settled();
    },
    state,
    stop: async () => {
      await Promise.all([app.close(), ...Object.values(parts).map((part) => part.stop())]);
    },
  };
}
