import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Folder } from './folder.ts';
import type { OrdinaryUser } from './ordinary-user.ts';
import { pidFileIn, readPidFile } from './postmaster.ts';
import { boundServerLog, withServerLog } from './server-log.ts';

/** A running postmaster that this process started. */
export type Server = Readonly<{
  /** On 127.0.0.1. */
  port: number;
  /** Settles when the postmaster is gone, for whatever reason. */
  ended: Promise<void>;
  /** Within 16 s; cancels what runs. */
  stop: () => Promise<void>;
}>;

export type ServerPlan = Readonly<{
  folder: Folder;
  postgres: string;
  user: OrdinaryUser;
  settings: Readonly<Record<string, string>>;
}>;

/** The postmaster ended before it was ready; its log says why. */
export class DidNotStart extends Error {}

const pollMs = 15;
/** Recovery after a crash replays at most max_wal_size: minutes on a slow disk. */
const startDeadlineMs = 300_000;
const fastShutdownMs = 10_000;
const immediateShutdownMs = 5_000;

/**
 * Starts the postmaster on a free port of 127.0.0.1 and waits until it accepts connections. It gets a
 * session of its own, so that Ctrl-C reaches the hub alone, which then stops it in order. Refused with
 * DidNotStart.
 */
export async function startServer(plan: ServerPlan): Promise<Server> {
  const port = await freePort();
  const child = run(plan, port);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const watcher = child.pid === undefined ? undefined : watchOver(child.pid, plan);
  const endBound = boundServerLog(plan.folder);
  void ended.then(endBound);
  void ended.then(() => watcher?.kill('SIGKILL'));
  await untilReady(plan.folder, child, ended);
  let stopping: Promise<void> | undefined;
  return { port, ended, stop: () => (stopping ??= stop(child, ended)) };
}

function run({ folder, postgres, user, settings }: ServerPlan, port: number): ChildProcess {
  const chosen = Object.entries({ ...settings, port: String(port) });
  const options = chosen.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, as } = user.command(postgres, ['-D', folder.cluster, ...options]);
  const child = withServerLog(folder, (log) =>
    spawn(file, args, {
      ...as,
      cwd: folder.home,
      // Nothing of the hub's environment, which holds keys.
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log],
      detached: true,
    }),
  );
  child.unref();
  return child;
}

/**
 * A shell that waits on a pipe only we hold. When the hub ends, however it ends, the pipe closes and the
 * shell stops the postmaster, unless the number in the pid file has become another's.
 */
function watchOver(pid: number, { folder, user }: ServerPlan): ChildProcess {
  const script = 'read -r _; read -r p <"$2" && [ "$p" = "$1" ] && kill -INT "$1"';
  const { file, args, as } = user.command('/bin/sh', ['-c', script, 'sh', String(pid), pidFileIn(folder)]);
  const child = spawn(file, args, {
    ...as,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.once('error', () => undefined); // then the next start finds the postmaster and stops it
  child.unref();
  return child;
}

async function untilReady(folder: Folder, child: ChildProcess, ended: Promise<void>): Promise<void> {
  const deadline = AbortSignal.timeout(startDeadlineMs);
  while (!deadline.aborted) {
    const state = await readPidFile(folder);
    if (state?.ready === true && state.pid === child.pid) return;
    if (await settlesWithin(ended, pollMs)) throw new DidNotStart('It ended before it was ready');
  }
  await stop(child, ended);
  throw new DidNotStart(`It was not ready after ${startDeadlineMs / 1000} s`);
}

/** Fast first: running work is cancelled, everything acknowledged is kept. Then harder, if it does not end. */
async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGINT');
  if (await settlesWithin(ended, fastShutdownMs)) return;
  child.kill('SIGQUIT');
  if (await settlesWithin(ended, immediateShutdownMs)) return;
  child.kill('SIGKILL');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Whether `promise` settles before the time is over. */
async function settlesWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  const cancel = new AbortController();
  const late = pause(ms, false, { signal: cancel.signal }).catch(() => false);
  const settled = await Promise.race([promise.then(() => true), late]);
  cancel.abort();
  return settled;
}
