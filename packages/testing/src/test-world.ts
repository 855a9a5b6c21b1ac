import { startSimulatedWorld, type SimulatedWorld } from '@gigafibre/simulators';
import { onTestFinished } from 'vitest';
import { connectOutside, type Deadlines } from '../../../apps/hub/src/outside.ts';
import { handClock, systemClock } from '../../../apps/hub/src/platform/clock.ts';
import { readConfig } from '../../../apps/hub/src/platform/config.ts';
import { setMessageMode } from '../../../apps/hub/src/domains/messages/index.ts';
import type { Log } from '../../../apps/hub/src/platform/log.ts';
import { serveHub, type ServedHub } from './serve-hub.ts';
import { START, testHub, type TestHub } from './test-hub.ts';

const SEED = 1;
const STRIPE_SECRET = 'whsec_test';
/** A story in which jobs make webhooks that make jobs forever is a bug; this many rounds are plenty. */
const ROUNDS_MAX = 50;

export type TestWorld = TestHub &
  ServedHub &
  Readonly<{
    world: SimulatedWorld;
    /** Lets everything that is under way come to rest: jobs here, webhooks and callbacks there. */
    settle: () => Promise<void>;
  }>;

/** The hub over HTTP, the simulated world around it, and one clock set by hand for both. */
export async function testWorld(
  options: {
    start?: Date;
    messages?: 'sandbox' | 'live';
    apps?: string;
    realTime?: boolean;
    /** Other addresses than the simulators' own, and how long each system is waited for. */
    reach?: (found: Record<string, string>) => Promise<Record<string, string>>;
    deadlines?: Deadlines;
    log?: Log;
  } = {},
): Promise<TestWorld> {
  // A browser has its own clock: what people see in it needs a hub that lives in the same moment.
  const clock = options.realTime
    ? { ...systemClock, set: () => undefined }
    : handClock(options.start ?? START);
  const world = await startSimulatedWorld({ clock: clock.now, seed: SEED, log: () => undefined });
  onTestFinished(() => world.stop());
  const found = environmentOf(world);
  const environment = options.reach ? await options.reach(found) : found;
  const { outside, close } = connectOutside(readConfig(environment), options.deadlines);
  onTestFinished(close);
  const hub = await testHub({ clock, outside, environment, ...(options.log ? { log: options.log } : {}) });
  const served = await serveHub(hub, options.apps === undefined ? {} : { apps: options.apps });
  world.configure({ stripeWebhookUrl: `${served.url}/webhook/stripe`, stripeWebhookSecret: STRIPE_SECRET });
  if (options.messages === 'live') await hub.act((tx) => setMessageMode(tx, { mode: 'live', allowlist: [] }));
  const settle = async () => {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      // What the world has under way first: it may leave jobs here, and jobs may set it going again.
      await world.settled();
      if ((await hub.drain()) === 0) return;
    }
    throw new Error(`the world does not come to rest in ${ROUNDS_MAX} rounds`);
  };
  return {
    ...hub,
    ...served,
    get now() {
      return clock.now();
    },
    world,
    settle,
  };
}

/** What a hub is told so that it finds the simulated world. */
export function environmentOf({ addresses }: SimulatedWorld): Record<string, string> {
  return {
    STRIPE_SECRET_KEY: 'sk_test_1',
    STRIPE_WEBHOOK_SECRET: STRIPE_SECRET,
    STRIPE_API_URL: addresses.stripe,
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'test',
    TWILIO_FROM: '+14505550100',
    TWILIO_API_URL: addresses.twilio,
    SMTP_URL: addresses.smtp,
    GENIEACS_URL: addresses.genieacs,
  };
}
