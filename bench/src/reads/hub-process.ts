import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../../apps/hub/src/main.ts');
/** The full company is made in a minute or two; a slow machine may take ten. */
const START_DEADLINE_MS = 600_000;
const STOP_DEADLINE_MS = 20_000;
const OUTPUT_CHARS_MAX = 20_000;

export type RunningHub = Readonly<{
  baseUrl: string;
  apiKey: string;
  /** Processor time it has used so far; undefined where the system does not tell. */
  cpuMs: () => number | undefined;
  stop: () => Promise<void>;
}>;

export type HubToStart = Readonly<{
  url: string;
  data: string;
  demo?: 'full' | 'none';
  env?: Readonly<Record<string, string>>;
}>;

/** Starts the hub's web role as people start it, with its log of requests, and waits until it is ready. */
export async function startHub({ url, data, demo = 'full', env = {} }: HubToStart): Promise<RunningHub> {
  await mkdir(data, { recursive: true });
  const flags = process.execArgv.filter(
    (flag) => flag.startsWith('--import') || flag.startsWith('--no-warnings'),
  );
  const profile = process.env['BENCH_HUB_FLAGS']?.split(' ') ?? [];
  const child = spawn(
    process.execPath,
    [...flags, ...profile, main, 'serve', '--role', 'web', '--demo', demo, '--port', '0', '--data', data],
    // At `debug` a demo logs every request, as production does; its lines go where nobody reads them.
    {
      env: { ...process.env, ...env, DATABASE_URL: url, GIGAFIBRE_LOG_LEVEL: 'debug' },
      // The channel ends the hub when this process ends, however it ends.
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    },
  );
  const said = await ready(child);
  return {
    baseUrl: /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '',
    apiKey: demo === 'none' ? '' : await adminKey(data),
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    stop: () => end(child),
  };
}

async function adminKey(data: string): Promise<string> {
  const { apiKeys } = JSON.parse(await readFile(join(data, 'demo-access.json'), 'utf8')) as {
    apiKeys: Record<string, string>;
  }; // written by the hub that has just said so
  return apiKeys['admin'] ?? '';
}

/** Linux counts in hundredths of a second, user and system apart. */
const TICK_MS = 10;
function cpuMsOf(pid: number): number | undefined {
  if (!existsSync(`/proc/${pid}/stat`)) return undefined;
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(afterName[11]) + Number(afterName[12])) * TICK_MS;
}

/** What it has said when it says that it is ready. */
async function ready(child: ChildProcess): Promise<string> {
  let said = '';
  const { stdout } = child;
  if (!stdout) throw new Error('the hub has no output');
  return new Promise<string>((resolve, reject) => {
    const deadline = setTimeout(
      () => reject(new Error(`the hub did not start in time: ${said}`)),
      START_DEADLINE_MS,
    );
    const settled = (act: () => void) => {
      clearTimeout(deadline);
      act();
    };
    child.once('exit', (code) => settled(() => reject(new Error(`the hub ended with ${code}: ${said}`))));
    stdout.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-OUTPUT_CHARS_MAX);
      if (said.includes('Press Ctrl-C')) settled(() => resolve(said));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  await gone;
  clearTimeout(force);
}
