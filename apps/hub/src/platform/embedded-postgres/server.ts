import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Folder } from './folder.ts';
import type { OrdinaryUser } from './ordinary-user.ts';

/** A running postmaster that this process started. */
export type Server = Readonly<{
  port: number;
  /** Settles when the postmaster is gone, for whatever reason. */
  ended: Promise<void>;
  stop: () => Promise<void>;
}>;

export type ServerPlan = Readonly<{
  folder: Folder;
  postgres: string;
  user: OrdinaryUser;
  settings: Readonly<Record<string, string>>;
}>;

/** The postmaster ended before it was ready; the log says why. */
export class DidNotStart extends Error {}

const pollMs = 15;
/** Recovery after a crash replays at most max_wal_size, minutes on a slow disk. */
const startDeadlineMs = 300_000;
const fastShutdownMs = 10_000;
const immediateShutdownMs = 5_000;

/**
 * Starts the postmaster on a free port of 127.0.0.1 and waits until it accepts connections. It gets a
 * session of its own, so that Ctrl-C reaches the hub alone, which then stops it in order.
 */
export async function startServer(plan: ServerPlan): Promise<Server> {
  const port = await freePort();
  const child = run(plan, port);
  const watch = child.pid === undefined ? undefined : watchOver(child.pid, plan);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  void ended.then(() => watch?.kill('SIGKILL'));
  await untilReady(plan.folder, child, ended);
  const stop = async (): Promise<void> => {
    // Fast: running work is cancelled, everything acknowledged is kept. Then harder, if it does not answer.
    for (const [signal, ms] of [
      ['SIGINT', fastShutdownMs],
      ['SIGQUIT', immediateShutdownMs],
    ] as const) {
      child.kill(signal);
      if (await settlesWithin(ended, ms)) return;
    }
    child.kill('SIGKILL');
    await ended;
  };
  let stopping: Promise<void> | undefined;
  return { port, ended, stop: () => (stopping ??= stop()) };
}

function run({ folder, postgres, user, settings }: ServerPlan, port: number): ChildProcess {
  const options = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const { file, args, as } = user.command(postgres, ['-D', folder.cluster, ...options]);
  const log = openSync(folder.log, 'a', 0o600);
  try {
    const child = spawn(file, args, {
      ...as,
      cwd: folder.home,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log],
      detached: true,
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/**
 * A shell that waits on a pipe only we hold. When the hub ends, however it ends, the pipe closes and the
 * shell stops the postmaster, unless the number in its pid file has become another's.
 */
function watchOver(pid: number, { folder, user }: ServerPlan): ChildProcess {
  const script = 'read -r _; read -r p <"$2" && [ "$p" = "$1" ] && kill -INT "$1"';
  const pidFile = path.join(folder.cluster, 'postmaster.pid');
  const { file, args, as } = user.command('/bin/sh', ['-c', script, 'sh', String(pid), pidFile]);
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
    if (state?.pid === child.pid && state?.ready) return;
    if (await settlesWithin(ended, pollMs)) throw new DidNotStart('The postmaster ended');
  }
  child.kill('SIGQUIT');
  await ended;
  throw new DidNotStart(`The postmaster was not ready after ${startDeadlineMs} ms`);
}

type PidFile = Readonly<{ pid: number; ready: boolean }>;

/** First line the process, eighth line its state: documented as the contents of postmaster.pid. */
async function readPidFile({ cluster }: Folder): Promise<PidFile | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 1 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

/**
 * Ends what a killed hub left behind. Called with the folder held, so a postmaster found here is nobody's.
 * A pid file whose number now belongs to another program is removed: PostgreSQL itself would refuse to start.
 */
export async function endLeftover(folder: Folder): Promise<void> {
  const left = await readPidFile(folder);
  if (left === undefined) return;
  for (const [signal, ms] of [
    ['SIGINT', fastShutdownMs],
    ['SIGQUIT', immediateShutdownMs],
    ['SIGKILL', immediateShutdownMs],
  ] as const) {
    if (!(await isPostmaster(left.pid, folder))) break;
    kill(left.pid, signal);
    const deadline = AbortSignal.timeout(ms);
    while (!deadline.aborted && (await isPostmaster(left.pid, folder))) await pause(pollMs);
  }
  const still = await readPidFile(folder);
  if (still?.pid === left.pid) await rm(path.join(folder.cluster, 'postmaster.pid'), { force: true });
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone in the meantime
  }
}

/** A process is the postmaster of this folder when its command line names the folder. */
async function isPostmaster(pid: number, { cluster }: Folder): Promise<boolean> {
  const line = process.platform === 'linux' ? await commandLine(pid) : await listedCommand(pid);
  return line.includes(cluster);
}

const commandLine = (pid: number): Promise<string> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');

function listedCommand(pid: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', () => resolve(''));
    child.once('close', () => resolve(output));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('No port')),
      );
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
