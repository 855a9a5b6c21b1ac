import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const main = join(import.meta.dirname, '../main.ts');

/** A hub on an embedded database of its own, once it says that it is up. */
async function startHub(role: 'both' | 'worker') {
  const data = mkdtempSync(join(tmpdir(), 'gigafibre-lost-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const args = ['--data', data, '--demo', 'none', '--role', role, '--host', '127.0.0.1', '--port', '0'];
  const { DATABASE_URL: _, ...env } = process.env;
  const hub = spawn(process.execPath, [main, 'serve', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void hub.kill('SIGKILL'));
  let said = '';
  for (const stream of [hub.stdout, hub.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const exit = once(hub, 'exit');
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/is running/);
  const postmaster = readFileSync(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0];
  return { hub, exit, data, postmaster: Number(postmaster), said: () => said };
}

test.each(['both', 'worker'] as const)(
  'a hub (%s) whose embedded database was killed says so in one sentence and ends',
  async (role) => {
    const { exit, data, postmaster, said } = await startHub(role);
    process.kill(postmaster, 'SIGKILL');
    expect(await exit).toEqual([2, null]);
    const sentences = said()
      .split('\n')
      .filter((line) => line.startsWith('The database'));
    expect(sentences).toEqual([expect.stringContaining(`The database in ${data} ended by itself`)]);
    expect(said()).not.toMatch(/^\s+at /m);
  },
  120_000,
);

test('a database that ends because the hub was asked to end is not lost', async () => {
  const { hub, exit, said } = await startHub('both');
  hub.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  expect(said()).not.toContain('ended by itself');
}, 120_000);
