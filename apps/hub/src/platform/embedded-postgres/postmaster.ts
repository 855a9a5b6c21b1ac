import { spawn } from 'node:child_process';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Folder } from './folder.ts';

/** What a postmaster writes about itself in its data directory. */
export type PidFile = Readonly<{ pid: number; ready: boolean }>;

export const pidFileIn = ({ cluster }: Folder): string => path.join(cluster, 'postmaster.pid');

/** First line the process, eighth line its state. Undefined while there is none, or only half of one. */
export async function readPidFile(folder: Folder): Promise<PidFile | undefined> {
  const text = await readFile(pidFileIn(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 1 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

const pollMs = 15;
const ways = [
  ['SIGINT', 10_000], // fast: cancels what runs, loses nothing
  ['SIGQUIT', 5_000], // immediate: the next start recovers from the log
  ['SIGKILL', 5_000],
] as const;

/**
 * Ends what a killed hub left behind. Called with the folder held, so a postmaster found here is nobody's.
 * A pid file whose number now belongs to another program is removed: PostgreSQL itself would refuse to start.
 */
export async function endLeftover(folder: Folder): Promise<void> {
  const left = await readPidFile(folder);
  if (left === undefined) return;
  for (const [signal, ms] of ways) {
    if (!(await isPostmaster(left.pid, folder))) break;
    kill(left.pid, signal);
    const deadline = AbortSignal.timeout(ms);
    while (!deadline.aborted && (await isPostmaster(left.pid, folder))) await pause(pollMs);
  }
  const still = await readPidFile(folder);
  if (still?.pid === left.pid) await rm(pidFileIn(folder), { force: true });
}

/**
 * Ends the processes that outlive a postmaster killed with -9 because they are in the middle of something
 * long. They work in the data directory, which is how Linux shows them; elsewhere they must be waited for.
 */
export async function endOrphans({ cluster }: Folder): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const worksIn = await readlink(`/proc/${entry}/cwd`).catch(() => undefined);
    if (worksIn === cluster) kill(Number(entry), 'SIGKILL');
  }
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
