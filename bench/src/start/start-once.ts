import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processTree, type Running } from './process-tree.ts';

const root = join(import.meta.dirname, '../../..');
const START_DEADLINE_MS = 300_000;
const STOP_DEADLINE_MS = 30_000;
const LAST_ONES_MS = 3_000;
const POLL_MS = 50;
const OUTPUT_CHARS_MAX = 20_000;
/** At rest: less than this share of one core over so long. */
const REST = { share: 0.03, overMs: 2_000, deadlineMs: 60_000 } as const;

/** One start as a person types it, and its end by Ctrl-C. Times in milliseconds, memory in bytes. */
export type Start = Readonly<{
  /** Until `/health/ready` says yes. */
  readyMs: number;
  /** Processor time of all processes until then, which a busy machine stretches less. */
  cpuMs: number;
  hub: Memory;
  launcher: Memory;
  database: Memory;
  stopMs: number;
  /** The apps or the packages were not current: not a start to be counted. */
  built: boolean;
}>;
export type Memory = Readonly<{ processes: number; rssBytes: number; pssBytes: number }>;

/** Starts by `npm start`, waits for rest, stops. Refused when it does not start, or does not end with code 0. */
export async function startOnce(args: readonly string[]): Promise<Start> {
  const started = performance.now();
  // A group of its own, as a terminal makes it: Ctrl-C signals all of them.
  const child = spawn('npm', ['start', '--', '--port', '0', ...args], {
    cwd: root,
    env: ownEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('npm cannot be started');
  const unheed = endWithUs(pid);
  try {
    const said = await untilReady(child);
    const readyMs = performance.now() - started;
    const cpuMs = cpuOf(await processTree(pid));
    const resting = await atRest(pid);
    const stopping = performance.now();
    await stop(child, pid);
    const stopMs = performance.now() - stopping;
    await allGone(resting);
    return {
      readyMs,
      cpuMs,
      stopMs,
      hub: memoryOf(resting, ({ command }) => command.includes('apps/hub/src/main.ts')),
      database: memoryOf(resting, isDatabase),
      launcher: memoryOf(resting, (one) => !one.command.includes('apps/hub/src/main.ts') && !isDatabase(one)),
      built: /Building apps|Packages installed/.test(said),
    };
  } finally {
    unheed();
    if (child.exitCode === null && child.signalCode === null) endGroup(pid);
  }
}

/** Whoever ends the report ends what it started: a group of its own hears nothing of our Ctrl-C. */
function endWithUs(pid: number): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const end = (): void => {
    endGroup(pid);
    process.exit(1);
  };
  for (const signal of signals) process.once(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}

/** Lets the database be stopped in order: it ends by itself when its hub is gone. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // gone in the meantime
  }
}

/** Without what the npm that runs this report left there. */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|DATABASE_URL$)/.test(name)),
  );

async function untilReady(child: ChildProcess): Promise<string> {
  const deadline = AbortSignal.timeout(START_DEADLINE_MS);
  let said = '';
  const keep = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-OUTPUT_CHARS_MAX));
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const url = /Ops \(staff\)\s+(\S+)\/ops\//.exec(keep(chunk))?.[1];
      if (url !== undefined && said.includes('Press Ctrl-C')) resolve(url);
    });
    child.stderr?.on('data', keep);
    child.once('exit', (code) => reject(new Error(`the start ended with ${code}: ${said}`)));
    deadline.addEventListener('abort', () => reject(new Error(`no start in time: ${said}`)));
  });
  const answer = await fetch(`${await ready}/health/ready`, { signal: deadline });
  if (answer.status !== 200) throw new Error(`/health/ready answered ${answer.status}`);
  return said;
}

/** Waits until next to nothing is being worked on, then looks at the processes. */
async function atRest(pid: number): Promise<readonly Running[]> {
  const deadline = performance.now() + REST.deadlineMs;
  let before = await processTree(pid);
  while (performance.now() < deadline) {
    await pause(REST.overMs);
    const after = await processTree(pid);
    if (cpuOf(after) - cpuOf(before) < REST.share * REST.overMs) return after;
    before = after;
  }
  throw new Error(`not at rest after ${REST.deadlineMs / 1_000} s`);
}

async function stop(child: ChildProcess, pid: number): Promise<void> {
  const gone = once(child, 'exit', { signal: AbortSignal.timeout(STOP_DEADLINE_MS) });
  process.kill(-pid, 'SIGINT');
  const [code] = (await gone) as [number | null]; // as Node documents `exit`
  if (code !== 0) throw new Error(`Ctrl-C ended it with ${code}, not 0`);
}

/** The shell that watches over the database ends a moment after the hub it watches. */
async function allGone(processes: readonly Running[]): Promise<void> {
  const deadline = performance.now() + LAST_ONES_MS;
  for (;;) {
    const left = processes.filter(({ pid }) => isAlive(pid));
    if (left.length === 0) return;
    if (performance.now() > deadline)
      throw new Error(`still running after the end: ${left.map(({ command }) => command).join(', ')}`);
    await pause(POLL_MS);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const isDatabase = ({ command }: Running): boolean => /(^postgres: |\/bin\/postgres )/.test(command);

const cpuOf = (tree: readonly Running[]): number => tree.reduce((sum, { cpuMs }) => sum + cpuMs, 0);

function memoryOf(tree: readonly Running[], counts: (one: Running) => boolean): Memory {
  const own = tree.filter(counts);
  return {
    processes: own.length,
    rssBytes: own.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
    pssBytes: own.reduce((sum, { pssBytes }) => sum + pssBytes, 0),
  };
}
