import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const main = join(import.meta.dirname, '../../../apps/hub/src/main.ts');
/** Loading the program takes seconds when two processors are shared by many. */
const START_DEADLINE_MS = 120_000;

/** The hub as it really runs, in a process of its own that can be killed. */
export type HubProcess = Readonly<{
  /** The same after every start. */
  url: string;
  /** Starts it and waits until it answers; when it runs already, nothing. */
  start: () => Promise<void>;
  /** Ends it as a power cut would; settles when it is gone. */
  kill: () => Promise<void>;
  alive: () => boolean;
}>;

/** A web server and worker on a database, with these variables and nothing else; killed when the test ends. */
export async function hubProcess(environment: Record<string, string>): Promise<HubProcess> {
  const port = String(await freePort());
  // What was compiled once is read by the next start, which is then quicker by a fifth.
  const compiled = mkdtempSync(join(tmpdir(), 'gigafibre-compiled-'));
  onTestFinished(() => rmSync(compiled, { recursive: true, force: true }));
  const args = [main, 'serve', '--demo', 'none', '--host', '127.0.0.1', '--port', port];
  let child: ChildProcess | undefined;
  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const kill = async () => {
    if (child === undefined || !alive()) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  return {
    url: `http://127.0.0.1:${port}`,
    alive,
    kill,
    start: async () => {
      if (alive()) return;
      const env = {
        PATH: process.env['PATH'] ?? '',
        NODE_COMPILE_CACHE: compiled,
        GIGAFIBRE_LOG_LEVEL: 'error',
        ...environment,
      };
      child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
      await saysItRuns(child);
    },
  };
}

async function saysItRuns(child: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the hub ${why}: ${said}`));
    const deadline = setTimeout(() => fail(`is not up after ${START_DEADLINE_MS} ms`), START_DEADLINE_MS);
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      // Only on request: a hub that is killed on purpose complains a lot.
      if (process.env['GIGAFIBRE_LOG'] !== undefined) process.stderr.write(chunk);
    });
    child.once('exit', () => fail('ended while starting'));
    child.stdout?.on('data', (chunk: Buffer) => {
      if (!chunk.toString().includes('is running')) return;
      clearTimeout(deadline);
      resolve();
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
