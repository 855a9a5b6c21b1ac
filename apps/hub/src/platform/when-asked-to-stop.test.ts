import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

function program(stop: string) {
  const source = `
    const { whenAskedToStop } = await import(${JSON.stringify(new URL('when-asked-to-stop.ts', import.meta.url).href)});
    whenAskedToStop(${stop});
    const alive = setInterval(() => undefined, 1_000);
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (child.stdout === null) throw new Error('a pipe was asked for');
  return { child, ready: once(child.stdout, 'data'), exit: once(child, 'exit') };
}

const saying = `async () => { console.log('stopping'); }`;
const never = `() => new Promise(() => undefined)`;

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops in order', async (signal) => {
  const { child, ready, exit } = program(saying);
  await ready;
  child.kill(signal);
  expect(await exit).toEqual([0, null]);
});

test('so does the end of the launcher', async () => {
  const { child, ready, exit } = program(saying);
  await ready;
  child.disconnect();
  expect(await exit).toEqual([0, null]);
});

test('a stop that fails is an exit code', async () => {
  const { child, ready, exit } = program(`async () => { throw new Error('no'); }`);
  await ready;
  child.kill('SIGTERM');
  expect(await exit).toEqual([1, null]);
});

test('one Ctrl-C that arrives three times does not cut the stop short; asking again later does', async () => {
  const { child, ready, exit } = program(never);
  await ready;
  for (let times = 0; times < 3; times += 1) child.kill('SIGINT');
  const first = await Promise.race([
    exit,
    new Promise((resolve) => setTimeout(resolve, 2_500, 'still stopping')),
  ]);
  expect(first).toBe('still stopping');
  child.kill('SIGINT');
  expect(await exit).toEqual([1, null]);
});
