/**
 * The world outside the hub, on loopback: every simulator, with one clock and one seed, and a page that
 * lists them. What each does on which input is listed on its own page and at the top of its `start-*.ts`.
 */
import { listAt, recordAt } from '@gigafibre/outside/wire';
import { startGenieAcs, type GenieAcsSimulator } from '../genieacs/start-genieacs.ts';
import { listenOnLoopback, createHttpSimulator } from '../kit/http-simulator.ts';
import { seededRandom } from '../kit/random.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import { openStateFile } from '../kit/state-file.ts';
import { startOlt, type OltSimulator } from '../olt/start-olt.ts';
import { OntRegistry, type NewOnt, type OntChange, type WorldOnt } from '../onts/ont-registry.ts';
import { startSmtp, type SmtpSimulator } from '../smtp/start-smtp.ts';
import { startStripe, type StripeSimulator } from '../stripe/start-stripe.ts';
import { startTwilio, type TwilioSimulator } from '../twilio/start-twilio.ts';
import { serveWorld } from './serve-world.ts';

/** Where each part of the world is. */
export type WorldAddresses = {
  readonly stripe: string;
  readonly twilio: string;
  /** `smtp://127.0.0.1:<port>` */
  readonly smtp: string;
  /** The inbox of the mail server, as a page and as JSON at `/mail?to=`. */
  readonly inbox: string;
  readonly genieacs: string;
  /** `127.0.0.1:<port>` of the first OLT's agent, UDP, community `public`. */
  readonly olt: string;
  /** The page of the whole world; its state as JSON at `/state`. */
  readonly control: string;
};

/** Loopback ports by name; 0 or absent for any free one. OLTs after the first take the ports that follow. */
export type WorldPorts = Partial<Record<keyof WorldAddresses, number>>;

export type WorldOptions = {
  readonly clock: () => Date;
  readonly seed: string | number;
  readonly ports?: WorldPorts;
  /** Names of the OLTs; `OLT-1` alone when not given. */
  readonly olts?: readonly string[];
  /** Where the world remembers payments and ONTs from one run to the next; nowhere when not given. */
  readonly stateFile?: string;
  readonly log: SimEnv['log'];
};

/** What the world is told about the hub. */
export type WorldConfiguration = {
  readonly stripeWebhookUrl: string;
  readonly stripeWebhookSecret: string;
};

/** What is asked to put an ONT in the world. The OLT by name or by address. */
export type PlacedOnt = NewOnt & { readonly oltAddress?: string | undefined };

/** The running world. */
export type SimulatedWorld = {
  readonly addresses: WorldAddresses;
  readonly stripe: StripeSimulator;
  readonly twilio: TwilioSimulator;
  readonly smtp: SmtpSimulator;
  readonly genieacs: GenieAcsSimulator;
  readonly olts: readonly OltSimulator[];
  configure(configuration: WorldConfiguration): void;
  /** Puts an ONT on a wall: the OLT sees it at once, the ACS once it is `online` (the default). Throws a
   * sentence when what is asked cannot be. */
  addOnt(ont: PlacedOnt): WorldOnt;
  /** Configures, darkens, lights up or attenuates an ONT. */
  changeOnt(serial: string, change: OntChange): WorldOnt;
  removeOnt(serial: string): boolean;
  onts(): readonly WorldOnt[];
  /** Resolves when every webhook and callback on its way has been answered. */
  settled(): Promise<void>;
  state(): Record<string, unknown>;
  stop(): Promise<void>;
};

const KEEP_AFTER_MS = 200;

/** Starts everything. */
export async function startSimulatedWorld(options: WorldOptions): Promise<SimulatedWorld> {
  const { clock, seed, log, ports = {}, olts: names = ['OLT-1'] } = options;
  const file = openStateFile(options.stateFile);
  let parts: Parts | null = null;
  const keep = keeper(() => {
    if (parts !== null) file.keep({ stripe: parts.stripe.snapshot(), onts: registry.snapshot() });
  });
  const env = (part: string): SimEnv => ({
    clock,
    log,
    random: seededRandom(`${seed} ${part}`),
    changed: keep.now,
  });
  const registry = new OntRegistry({ ...env('onts'), changed: keep.soon }, names);
  registry.restore(listAt(file.kept, 'onts'));
  const olts = await Promise.all(
    names.map((name, at) =>
      startOlt({ env: env(name), registry, name, port: ports.olt ? ports.olt + at : 0 }),
    ),
  );
  const [stripe, twilio, smtp, genieacs] = await Promise.all([
    startStripe({ env: env('stripe'), port: ports.stripe ?? 0, kept: recordAt(file.kept, 'stripe') }),
    startTwilio({ env: env('twilio'), port: ports.twilio ?? 0 }),
    startSmtp({ env: env('smtp'), port: ports.smtp ?? 0, httpPort: ports.inbox ?? 0 }),
    startGenieAcs({ env: env('genieacs'), registry, port: ports.genieacs ?? 0 }),
  ]);
  parts = { stripe, twilio, smtp, genieacs };
  return worldOf({ clock, registry, olts, port: ports.control ?? 0, keep, ...parts });
}

type Keeper = { readonly now: () => void; readonly soon: () => void };

/** Money is kept before it is answered for; ONTs, which come by the thousand, a little later. */
function keeper(write: () => void): Keeper {
  let timer: NodeJS.Timeout | undefined;
  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    write();
  };
  return { now, soon: () => (timer ??= setTimeout(now, KEEP_AFTER_MS).unref()) };
}

type Parts = Pick<SimulatedWorld, 'stripe' | 'twilio' | 'smtp' | 'genieacs'>;

type Pieces = Parts & {
  readonly clock: () => Date;
  readonly registry: OntRegistry;
  readonly olts: readonly OltSimulator[];
  readonly port: number;
  readonly keep: Keeper;
};

async function worldOf(pieces: Pieces): Promise<SimulatedWorld> {
  const { registry, olts, clock, keep, stripe, twilio, smtp, genieacs } = pieces;
  const all = [stripe, twilio, smtp, genieacs, ...olts];
  const app = createHttpSimulator();
  const world: Omit<SimulatedWorld, 'addresses'> = {
    stripe,
    twilio,
    smtp,
    genieacs,
    olts,
    configure: (told) => stripe.configure({ url: told.stripeWebhookUrl, secret: told.stripeWebhookSecret }),
    addOnt: ({ oltAddress, ...ont }) =>
      registry.add({
        ...ont,
        olt:
          ont.olt ??
          olts.find(({ address, name }) => oltAddress === address || oltAddress === name)?.name ??
          oltAddress,
      }),
    changeOnt: (serial, change) => registry.change(serial, change),
    removeOnt: (serial) => registry.remove(serial),
    onts: () => [...registry.onts.values()],
    settled: async () => {
      await stripe.settled();
      await twilio.settled();
    },
    state: () => ({
      now: clock(),
      stripe: stripe.state(),
      twilio: twilio.state(),
      smtp: smtp.state(),
      genieacs: genieacs.state(),
      olts: olts.map((olt) => olt.state()),
    }),
    stop: async () => {
      await Promise.all([app.close(), ...all.map((part) => part.stop())]);
      keep.now();
    },
  };
  const addresses = {
    stripe: stripe.address,
    twilio: twilio.address,
    smtp: `smtp://${smtp.host}:${smtp.port}`,
    inbox: smtp.address,
    genieacs: genieacs.address,
    olt: olts[0]?.address ?? '',
  };
  serveWorld(app, { world, addresses, clock });
  return { ...world, addresses: { ...addresses, control: await listenOnLoopback(app, pieces.port) } };
}
