import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

// The launcher is tried on a copy of itself beside a tiny project, in a folder with spaces and accents.
const scripts = path.resolve(import.meta.dirname, '..');
const made: string[] = [];

const lock = {
  name: 'tiny',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'tiny', version: '1.0.0', optionalDependencies: { elsewhere: '1.0.0' } },
    'node_modules/elsewhere': { version: '1.0.0', optional: true, os: ['none'], cpu: ['none'] },
  },
};

function tinyProject(main: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'projet d’été '));
  made.push(folder);
  cpSync(scripts, path.join(folder, 'scripts'), { recursive: true });
  mkdirSync(path.join(folder, 'apps/hub/src'), { recursive: true });
  mkdirSync(path.join(folder, 'packages'));
  writeFileSync(path.join(folder, 'apps/hub/src/main.ts'), main);
  const { optionalDependencies } = lock.packages[''];
  const manifest = { name: 'tiny', version: '1.0.0', type: 'module', optionalDependencies };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock));
  return folder;
}

type Ended = Readonly<{ code: number | null; out: string; err: string }>;

function launch(folder: string, args: readonly string[]) {
  const { INIT_CWD: _, ...env } = process.env;
  const child = spawn(process.execPath, [path.join(folder, 'scripts/start.mjs'), ...args], {
    cwd: folder,
    env,
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => ({ code, out, err }));
  return { child, ended };
}

const start = (folder: string, args: readonly string[]): Promise<Ended> => launch(folder, args).ended;

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

test('--help answers before anything is installed', async () => {
  const folder = tinyProject('');
  const { code, out, err } = await start(folder, ['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const option of ['--port', '--data DIR', '--demo', '--role', '--help', 'DATABASE_URL'])
    expect(out).toContain(option);
  expect(existsSync(path.join(folder, 'node_modules'))).toBe(false);
});

test.each([
  [['--port', 'http'], '--port takes a number from 0 to 65535, not "http".'],
  [['--port', '70000'], '--port takes a number from 0 to 65535, not "70000".'],
  [['--demo', 'huge'], '--demo takes small, full, none, not "huge".'],
  [['--role', 'boss'], '--role takes web, worker, both, not "boss".'],
  [['--data='], '--data takes the name of a folder.'],
  [['--prot', '80'], "Unknown option '--prot'. See"],
  [['--port'], "Option '--port <value>' argument missing. See"],
  [['serve'], "Unexpected argument 'serve'"],
])('%j is refused in one sentence before anything is installed', async (args, sentence) => {
  const folder = tinyProject('');
  const { code, err } = await start(folder, args);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(existsSync(path.join(folder, 'node_modules'))).toBe(false);
});

test('a first start installs, a second does not, and both hand the options and the exit code on', async () => {
  const folder = tinyProject('console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;');
  const first = await start(folder, [
    '--port',
    '0',
    '--data',
    'mes données',
    '--demo=none',
    '--role',
    'both',
  ]);
  expect(first.err).toContain('Packages installed');
  expect(first.code).toBe(7);
  const [command, ...given] = JSON.parse(first.out) as string[];
  expect(command).toBe('serve');
  expect(given).toContain(path.join(folder, 'mes données'));
  expect(given.join(' ')).toContain('--port 0');
  const second = await start(folder, []);
  expect(second).toEqual({ code: 7, out: '["serve"]\n', err: '' });
});

test('a changed lockfile is installed anew', async () => {
  const folder = tinyProject('');
  await start(folder, []);
  mkdirSync(path.join(folder, 'extra'));
  const manifest = { name: 'extra', version: '1.0.0' };
  writeFileSync(path.join(folder, 'extra/package.json'), JSON.stringify(manifest));
  const own = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as object;
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...own, workspaces: ['extra'] }));
  const packages = {
    ...lock.packages,
    '': { ...lock.packages[''], workspaces: ['extra'] },
    extra: { version: '1.0.0' },
    'node_modules/extra': { resolved: 'extra', link: true },
  };
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
  const { code, err } = await start(folder, []);
  expect({ code, installed: existsSync(path.join(folder, 'node_modules/extra')) }).toEqual({
    code: 0,
    installed: true,
  });
  expect(err).toContain('Packages installed');
});

test('an installation that fails ends with one clear sentence', async () => {
  const folder = tinyProject('');
  const manifest = { name: 'tiny', version: '1.0.0', dependencies: { other: 'file:./missing.tgz' } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  const { code, err } = await start(folder, []);
  expect(code).toBe(1);
  expect(err.trim().split('\n').at(-1)).toContain('The packages could not be installed');
});

const waiting = `
  process.on('SIGTERM', () => { console.log('told to end'); process.exit(0); });
  process.on('disconnect', () => { console.log('launcher gone'); process.exit(0); });
  console.log('ready');`;

test('a signal reaches the hub, and its clean end is that of the launcher', async () => {
  const folder = tinyProject(waiting);
  const { child, ended } = launch(folder, []);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, out: 'ready\ntold to end\n' });
});

test('a launcher whose npm is gone ends the hub', async () => {
  const folder = tinyProject(waiting);
  const script = path.join(folder, 'scripts/start.mjs');
  const env = { ...process.env, npm_lifecycle_event: 'start' };
  // The shell stands for npm's, which does not pass signals on.
  const shell = spawn('/bin/sh', ['-c', '"$0" "$1"; true', process.execPath, script], { cwd: folder, env });
  await once(shell.stdout, 'data');
  const rest = once(shell.stdout, 'data');
  shell.kill('SIGTERM');
  expect(String((await rest)[0])).toBe('told to end\n');
});

test('the hub learns that its launcher was killed', async () => {
  const folder = tinyProject(waiting);
  const { child, ended } = launch(folder, []);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  expect((await ended).out).toBe('ready\nlauncher gone\n');
});
