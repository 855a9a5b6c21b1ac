import { join, resolve } from 'node:path';
import { openHub, type Hub } from '../hub.ts';
import { connectOutside } from '../outside.ts';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { openLog, type Log } from '../platform/log.ts';
import { StartupProblem } from '../platform/startup-problem.ts';
import type { ServeArguments } from './arguments.ts';
import { banner } from './banner.ts';
import { openDatabase } from './database.ts';
import { makeDemoAccess, writeDemoAccess } from './demo-access.ts';
import { openDemoCompany } from './demo-company.ts';
import { startDemoWorld, type DemoWorld } from './demo-world.ts';

const apps = join(import.meta.dirname, '../../..');
const LOOPBACK = '127.0.0.1';
const EVERYWHERE = '0.0.0.0';

/** Something to close at the end, the last opened first. */
type Closing = () => Promise<unknown>;

export type Serving = Readonly<{
  stop: () => Promise<void>;
  /** Settles, with a sentence for the person at the terminal, when this process can do nothing any more. */
  lost: Promise<string>;
}>;

/** Starts what the arguments ask for; a failed start leaves nothing behind. */
export async function serve(config: Config, args: ServeArguments): Promise<Serving> {
  const closings: Closing[] = [];
  const stop = async () => {
    for (const close of closings.splice(0).toReversed()) await close();
  };
  try {
    const { lost } = await start(config, args, closings);
    return { stop, lost };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  args: ServeArguments,
  closings: Closing[],
): Promise<Pick<Serving, 'lost'>> {
  const log = openLog(config.logLevel === 'info' && args.demo !== 'none' ? 'warn' : config.logLevel);
  const data = resolve(args.data);
  const database = await openDatabase(config, { data, log });
  closings.push(database.stop);
  const demo = args.demo !== 'none';
  const world = demo ? await startDemoWorld(config, { data }) : undefined;
  if (world) closings.push(world.stop);
  const effective = world?.config ?? config;
  const connected = connectOutside(effective);
  closings.push(connected.close);
  const hub = await openHub({
    config: effective,
    pool: database.pool,
    clock: systemClock,
    log,
    outside: connected.outside,
    supervise: args.role !== 'web',
  });
  closings.push(hub.close);
  if (args.demo !== 'none' && world) await openDemoCompany(hub, { size: args.demo, world });
  const served = args.role === 'worker' ? undefined : await listen(hub, args, demo);
  if (served) closings.push(served.close);
  if (world && served) await world.callBack(served.url);
  if (args.role !== 'web') closings.push((await hub.work()).stop);
  await announce(hub, { args, data, world, url: served?.url, log });
  return database;
}

async function listen(hub: Hub, { port, host }: ServeArguments, demo: boolean) {
  try {
    return await hub.serve({ port, host: demo ? LOOPBACK : (host ?? EVERYWHERE), apps });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new StartupProblem(`Port ${port} is taken by another program. Choose another one with --port.`, {
        cause: error,
      });
    if (error instanceof Error && 'code' in error && error.code === 'EACCES')
      throw new StartupProblem(
        `Port ${port} needs more rights than this user has. Choose one above 1023 with --port.`,
        { cause: error },
      );
    throw error;
  }
}

type Announcing = Readonly<{
  args: ServeArguments;
  data: string;
  world: DemoWorld | undefined;
  url: string | undefined;
  log: Log;
}>;

async function announce(hub: Hub, { data, world, url, log }: Announcing): Promise<void> {
  if (url === undefined) {
    log.info({}, 'worker is running');
    return;
  }
  const access = world
    ? await makeDemoAccess(hub.env, { ...(await world.links(hub)), simulators: world.addresses })
    : null;
  const file = access ? await writeDemoAccess(data, access) : null;
  process.stdout.write(banner({ url, access, file }));
}
